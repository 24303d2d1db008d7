/** The unknowns of one measure while some cells are hidden, split into parts that no line connects. */
import type { AdditiveTable, CellMeasure, SignedLine } from './additiveTable';

export interface Unknown {
  readonly cell: number;
  /** How far the value may rise or fall from the truth by the bounds alone. */
  readonly rise: number;
  readonly fall: number;
}

/** Unknowns with the sums that tie them; lines name unknowns by their position here. */
export interface Component {
  readonly unknowns: readonly Unknown[];
  readonly lines: readonly SignedLine[];
}

export interface HiddenState {
  readonly table: AdditiveTable;
  readonly lines: readonly SignedLine[];
  /** By cell number: true = not printed. */
  readonly isHidden: readonly boolean[];
}

/** The measure of a hidden cell when an attacker has to work it out; null when it is printed, public or absent. */
export function unknownMeasure(state: HiddenState, cell: number, measure: string): CellMeasure | null {
  if (state.isHidden[cell] !== true) return null;
  const found = state.table.cells[cell]?.measures[measure];
  return found === undefined || found.isPublic ? null : found;
}

/** Follows a chain of parents to its root, shortening it on the way. */
function rootOf(parents: Int32Array, start: number): number {
  let node = start;
  for (;;) {
    const parent = parents[node] ?? node;
    if (parent === node) return node;
    parents[node] = parents[parent] ?? parent;
    node = parent;
  }
}

function unknownTerms(state: HiddenState, line: SignedLine, measure: string): SignedLine {
  const { cells } = state.table;
  const isComplete = line.every(({ cell }) => cells[cell]?.measures[measure] !== undefined);
  return isComplete ? line.filter(({ cell }) => unknownMeasure(state, cell, measure) !== null) : [];
}

/** Components of the unknowns of a measure, in cell order. */
export function componentsOf(state: HiddenState, measure: string): readonly Component[] {
  const { cells } = state.table;
  const parents = Int32Array.from(cells.keys());
  const tied = state.lines
    .map((line) => unknownTerms(state, line, measure))
    .filter((line) => line.length > 0);
  for (const [first, ...others] of tied)
    for (const other of others)
      if (first !== undefined) parents[rootOf(parents, other.cell)] = rootOf(parents, first.cell);

  const members = new Map<number, Unknown[]>();
  const positions = new Int32Array(cells.length);
  cells.forEach((_cell, cell) => {
    const known = unknownMeasure(state, cell, measure);
    if (known === null) return;
    const root = rootOf(parents, cell);
    const unknowns = members.get(root) ?? [];
    positions[cell] = unknowns.length;
    unknowns.push({ cell, rise: known.upper - known.value, fall: known.value - known.lower });
    members.set(root, unknowns);
  });
  const lines = new Map<number, SignedLine[]>();
  for (const line of tied) {
    const root = rootOf(parents, line[0]?.cell ?? 0);
    const local = line.map(({ cell, sign }) => ({ cell: positions[cell] ?? 0, sign }));
    lines.set(root, [...(lines.get(root) ?? []), local]);
  }
  return [...members].map(([root, unknowns]) => ({ unknowns, lines: lines.get(root) ?? [] }));
}
