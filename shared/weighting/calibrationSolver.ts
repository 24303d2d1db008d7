/**
 * The equations of a calibration and their solution: sum over cells of w F(x'lambda) x = T, by Newton's method on the
 * Lagrange multipliers lambda with halved steps (Deville & Sarndal 1992, section 2).
 */
import { choleskyFactor, solveCholesky } from '../numeric/linearAlgebra';
import { at, floatAt } from '../numeric/typedArray';
import type { CalibrationSpace } from './calibrationSpace';
import type { CalibrationFunction } from './distance';

/** Newton stops at this relative margin error. */
export const TARGET_ERROR = 1e-12;

export interface CalibrationProblem {
  readonly space: CalibrationSpace;
  /** Sum of the weights of every cell before calibration. */
  readonly base: Float64Array;
  readonly distance: CalibrationFunction;
  /** Room for the ratios of all cells at the point looked at last; problems solved in turn may share it. */
  readonly ratios: Float64Array;
}

export interface Solution {
  readonly multipliers: Float64Array;
  /** Weight ratio g of every cell; 0 where the cell has no weight. The problem's own array. */
  readonly ratios: Float64Array;
  /** Largest |margin error| / (1 + |total|). */
  readonly error: number;
  /** Variable with that error. */
  readonly worst: number;
  readonly iterations: number;
}

/** Where Newton begins; with the slope of the totals there if that is known without the cells. */
export interface SolverStart {
  readonly multipliers: Float64Array;
  /** Derivative of the totals by the multipliers, row-major; only the lower triangle is read. */
  readonly slope?: Float64Array;
}

interface Point extends Solution {
  /** Totals still missing. */
  readonly gaps: Float64Array;
}

/** The best point found, met or not: `error` tells. */
export function solveCalibration(
  problem: CalibrationProblem,
  maxIterations: number,
  start: SolverStart,
): Solution {
  const size = problem.space.variableCount;
  let point = evaluatePoint(problem, start.multipliers, 0);
  for (let iteration = 1; iteration <= maxIterations && point.error > TARGET_ERROR; iteration++) {
    const slope = (iteration === 1 ? start.slope : undefined) ?? slopeAt(problem);
    const step = solveCholesky(choleskyFactor(slope, size), point.gaps);
    const next = lineSearch(point, step, (multipliers) => evaluatePoint(problem, multipliers, iteration));
    if (next === null) return evaluatePoint(problem, point.multipliers, point.iterations);
    point = next;
  }
  return point;
}

/** Ratios (0 where a cell has no weight) and missing totals at some multipliers, from one walk over the cells. */
function evaluatePoint(problem: CalibrationProblem, multipliers: Float64Array, iterations: number): Point {
  const { base, distance, space, ratios } = problem;
  const { cellCount, variableCount: size, variables, totals } = space;
  const gaps = Float64Array.from(totals);
  for (let cell = 0; cell < cellCount; cell++) {
    const weight = floatAt(base, cell);
    // Cells without weight move no total: a bootstrap replicate leaves out a third of the PSUs.
    if (weight === 0) {
      ratios[cell] = 0;
      continue;
    }
    const start = cell * size;
    let predictor = 0;
    for (let k = 0; k < size; k++) predictor += floatAt(variables, start + k) * floatAt(multipliers, k);
    const ratio = distance.value(predictor);
    ratios[cell] = ratio;
    const adjusted = weight * ratio;
    for (let k = 0; k < size; k++) gaps[k] = floatAt(gaps, k) - adjusted * floatAt(variables, start + k);
  }
  return { ratios, ...largestError(gaps, totals), iterations, multipliers, gaps };
}

/** Derivative of the totals by the multipliers at the problem's ratios, lower triangle: sum of w F'(x'lambda) x x'. */
function slopeAt({ base, distance, space, ratios }: CalibrationProblem): Float64Array {
  const { cellCount, variableCount: size, variables } = space;
  const slope = new Float64Array(size * size);
  for (let cell = 0; cell < cellCount; cell++) {
    const weight = floatAt(base, cell);
    if (weight === 0) continue;
    const start = cell * size;
    const steep = weight * distance.slope(floatAt(ratios, cell));
    for (let i = 0; i < size; i++) {
      const scaled = steep * floatAt(variables, start + i);
      // Most variables of a margin cell are 0.
      if (scaled === 0) continue;
      const line = i * size;
      for (let j = 0; j <= i; j++) {
        slope[line + j] = floatAt(slope, line + j) + scaled * floatAt(variables, start + j);
      }
    }
  }
  return slope;
}

/** The largest |gap| / (1 + |total|) and its variable; Infinity when a gap is not a number. */
export function largestError(gaps: Float64Array, totals: Float64Array): Pick<Solution, 'error' | 'worst'> {
  let error = 0;
  let worst = 0;
  gaps.forEach((gap, k) => {
    const relative = Math.abs(gap) / (1 + Math.abs(at(totals, k)));
    if (relative > error || Number.isNaN(relative)) {
      error = Number.isNaN(relative) ? Infinity : relative;
      worst = k;
    }
  });
  return { error, worst };
}

/** Halves the step until the largest gap shrinks; null when no step helps. */
function lineSearch(
  point: Point,
  step: Float64Array,
  evaluate: (multipliers: Float64Array) => Point,
): Point | null {
  let length = 1;
  for (let k = 0; k < 40; k++) {
    const next = evaluate(point.multipliers.map((value, i) => value + length * at(step, i)));
    if (next.error < point.error) return next;
    length /= 2;
  }
  return null;
}
