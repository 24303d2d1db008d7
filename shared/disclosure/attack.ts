/**
 * The attacker's linear program: how far the hidden values can move together without contradicting anything printed.
 * A move is a shift of every unknown from its true value; the truth itself is the move of zeros, so every program is
 * feasible and every answer is a witness: two tables that print the same figures.
 */
import { solve } from 'yalps';
import type { Component } from './unknowns';

/** Shift of every unknown of a component. */
export type Move = Float64Array;

const pivotLimit = 20_000;
const solverPrecision = 1e-9;
/** A witness may miss a sum or bound by this share of the component's scale. */
const witnessTolerance = 1e-6;

/** The size of what can move, so that the solver works with numbers around one. */
function scaleOf({ unknowns }: Component): number {
  const sizes = unknowns.flatMap(({ rise, fall }) => [rise, fall]).filter((size) => Number.isFinite(size));
  return Math.max(1e-300, ...sizes);
}

/** Lines through every unknown, as [line, sign]. */
function columnsOf({ unknowns, lines }: Component): readonly (readonly (readonly [number, number])[])[] {
  const columns: [number, number][][] = unknowns.map(() => []);
  lines.forEach((line, index) => {
    for (const { cell, sign } of line) columns[cell]?.push([index, sign]);
  });
  return columns;
}

/** The move with the largest weighted sum of shifts; 'unbounded' when nothing holds it, null when none was found. */
export function largestMove(component: Component, objective: Float64Array): Move | 'unbounded' | null {
  const scale = scaleOf(component);
  const { unknowns, lines } = component;
  const constraints = new Map<string, { equal?: number; max?: number }>();
  lines.forEach((_line, index) => constraints.set(`line${index}`, { equal: 0 }));
  const variables: [number, [string, number][]][] = [];
  columnsOf(component).forEach((column, index) => {
    const unknown = unknowns[index];
    if (unknown === undefined) return;
    for (const [direction, room] of [
      [1, unknown.rise],
      [-1, unknown.fall],
    ] as const) {
      const terms = column.map(([line, sign]): [string, number] => [`line${line}`, direction * sign]);
      terms.push(['objective', direction * (objective[index] ?? 0)]);
      if (Number.isFinite(room)) {
        const bound = `${direction}/${index}`;
        constraints.set(bound, { max: room / scale });
        terms.push([bound, 1]);
      }
      variables.push([direction * (index + 1), terms]);
    }
  });
  const solution = solve<number, string>(
    { direction: 'maximize', objective: 'objective', constraints, variables },
    { precision: solverPrecision, maxPivots: pivotLimit },
  );
  if (solution.status === 'unbounded') return 'unbounded';
  if (solution.status !== 'optimal') return null;
  const move = new Float64Array(unknowns.length);
  for (const [key, value] of solution.variables) {
    const index = Math.abs(key) - 1;
    move[index] = (move[index] ?? 0) + Math.sign(key) * value * scale;
  }
  return isWitness(component, move, witnessTolerance * scale) ? move : null;
}

/** Whether the shifted values keep every sum and every bound: an answer of the solver is checked, not believed. */
function isWitness({ unknowns, lines }: Component, move: Move, tolerance: number): boolean {
  const isInside = unknowns.every(({ rise, fall }, index) => {
    const shift = move[index] ?? 0;
    return shift <= rise + tolerance && -shift <= fall + tolerance;
  });
  return (
    isInside &&
    lines.every(
      (line) =>
        Math.abs(line.reduce((sum, { cell, sign }) => sum + sign * (move[cell] ?? 0), 0)) <= tolerance,
    )
  );
}
