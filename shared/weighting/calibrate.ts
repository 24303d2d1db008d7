/**
 * Calibration of weights to known population totals by Newton's method on the Lagrange multipliers
 * (Deville & Sarndal 1992): w = d F(x'lambda) with sum(w x) = T. Rows are grouped by calibration cell first.
 * Agrees with R: survey::calibrate(calfun = "raking" | "linear" | "logit", bounds); rake() gives the same weights.
 */
import { crossProduct, sumByCell, type CalibrationInfo } from '../estimation/design/calibrationInfo';
import type { CellReweighting } from '../estimation/replicateSums';
import { choleskyFactor, solveCholesky } from '../numeric/linearAlgebra';
import { fail, ok, type Result } from '../domain/result';
import type { CalibrationSpace } from './calibrationSpace';
import {
  calibrationFunction,
  type Bounds,
  type CalibrationDistance,
  type CalibrationFunction,
} from './distance';
import { calibrationDiagnostics, type CalibrationDiagnostics } from './diagnostics';
import { marginSpace, type CategoryColumns, type MarginTable } from './margins';
import { at, floatAt, intAt } from '../numeric/typedArray';

export interface CalibrationOptions {
  readonly distance: CalibrationDistance;
  /** Needed by `linear-bounded` and `logit`: bounds of weight ratio, lower < 1 < upper. */
  readonly bounds?: Bounds;
  /** Default 100. */
  readonly maxIterations?: number;
}

export interface CalibrationResult {
  /** Calibrated weight of every row. */
  readonly weights: Float64Array;
  /** What `withCalibration` needs so that variances know about the calibration. */
  readonly info: CalibrationInfo;
  readonly diagnostics: CalibrationDiagnostics;
}

/** Newton stops at this relative margin error, and fails above the second. */
const TARGET_ERROR = 1e-12;
const ACCEPTED_ERROR = 1e-9;

/**
 * Calibrates to margins (post-stratified cells, raking to several margins, crossed margins).
 * Failures: those of `marginSpace` and `calibrate`.
 */
export function calibrateToMargins(
  baseWeights: Float64Array,
  margins: readonly MarginTable[],
  columns: CategoryColumns,
  options: CalibrationOptions,
): Result<CalibrationResult> {
  const space = marginSpace(margins, columns, baseWeights.length);
  return space.ok ? calibrate(baseWeights, space.value, options) : space;
}

/**
 * Calibrates to any totals.
 * Failures: INVALID_INPUT {field: 'bounds'}; CALIBRATION_SINGULAR {variable} when a total cannot be reached because
 * the variable is a combination of others with another total; CALIBRATION_NOT_CONVERGED {variable, gap, iterations}
 * with the largest remaining relative gap (bounds too narrow for the margins, for instance).
 */
export function calibrate(
  baseWeights: Float64Array,
  space: CalibrationSpace,
  options: CalibrationOptions,
): Result<CalibrationResult> {
  const base = sumByCell(space.cellOfRow, space.cellCount, baseWeights);
  const found = solveCells(base, space, options);
  if (!found.ok) return found;
  const solved = found.value;
  const weights = adjustedWeights(baseWeights, space.cellOfRow, solved.ratios);
  return ok({
    weights,
    info: {
      cellOfRow: space.cellOfRow,
      cellCount: space.cellCount,
      variableCount: space.variableCount,
      variables: space.variables,
      baseWeights,
    },
    diagnostics: calibrationDiagnostics({ space, baseWeights, weights, solved, bounds: boundsOf(options) }),
  });
}

/**
 * The same calibration as a step that works on the cells' sums of weights, for replicates
 * (`estimateWithReplicates` with `reweigh`): the numbers are those of `calibrate` with every replicate's weights.
 * With `baseWeights`, those of the full sample, every replicate starts from the sample's own solution instead of
 * from no change: worth it where rows are cells of their own (numeric auxiliaries). Failures: those of `calibrate`.
 */
export function cellCalibration(
  space: CalibrationSpace,
  options: CalibrationOptions,
  baseWeights: Float64Array | null = null,
): Result<CellReweighting> {
  const { cellOfRow, cellCount } = space;
  const full =
    baseWeights === null ? null : solveCells(sumByCell(cellOfRow, cellCount, baseWeights), space, options);
  if (full?.ok === false) return full;
  const start = full?.value.multipliers;
  const ratios = (cellWeights: Float64Array): Result<Float64Array> => {
    const solved = solveCells(cellWeights, space, options, start);
    return solved.ok ? ok(solved.value.ratios) : solved;
  };
  return ok({ cellOfRow, cellCount, ratios });
}

const boundsOf = (options: CalibrationOptions): Bounds => options.bounds ?? { lower: 0, upper: Infinity };

function solveCells(
  base: Float64Array,
  space: CalibrationSpace,
  options: CalibrationOptions,
  start: Float64Array = new Float64Array(space.variableCount),
): Result<Point> {
  const bounds = boundsOf(options);
  if (!boundsFit(options.distance, bounds)) {
    return fail('INVALID_INPUT', { field: 'bounds', lower: bounds.lower, upper: bounds.upper });
  }
  const problem = { space, base, distance: calibrationFunction(options.distance, bounds) };
  const solved = solve(problem, options.maxIterations ?? 100, start);
  return solved.error <= ACCEPTED_ERROR ? ok(solved) : failedCalibration(problem, solved);
}

/** Every weight times the ratio of its row's cell. */
export function adjustedWeights(
  weights: Float64Array,
  cellOfRow: Int32Array,
  ratios: Float64Array,
): Float64Array {
  const adjusted = new Float64Array(weights.length);
  for (let row = 0; row < weights.length; row++) {
    adjusted[row] = floatAt(weights, row) * floatAt(ratios, intAt(cellOfRow, row));
  }
  return adjusted;
}

const boundsFit = (distance: CalibrationDistance, { lower, upper }: Bounds): boolean =>
  distance === 'raking' || distance === 'linear' || (lower < 1 && upper > 1 && upper < Infinity);

/** Totals that no weights at all can meet contradict each other; else the distance, its bounds or the rounds failed. */
function failedCalibration({ space, base }: Problem, solved: Solution): Result<never> {
  const variable = space.names[solved.worst] ?? '';
  const size = space.variableCount;
  const distance = calibrationFunction('linear', { lower: 0, upper: Infinity });
  const { kept } = choleskyFactor(crossProduct(space, base), size);
  return kept[solved.worst] === 0 &&
    solve({ space, base, distance }, 10, new Float64Array(size)).error > ACCEPTED_ERROR
    ? fail('CALIBRATION_SINGULAR', { variable, gap: solved.error })
    : fail('CALIBRATION_NOT_CONVERGED', { variable, gap: solved.error, iterations: solved.iterations });
}

export interface Solution {
  /** Weight ratio g of every cell. */
  readonly ratios: Float64Array;
  /** Largest |margin error| / (1 + |total|). */
  readonly error: number;
  /** Variable with that error. */
  readonly worst: number;
  readonly iterations: number;
}

interface Point extends Solution {
  readonly multipliers: Float64Array;
  readonly gaps: Float64Array;
  /** Derivative of the totals by the multipliers, lower triangle. */
  readonly slope: Float64Array;
}

function solve(problem: Problem, maxIterations: number, start: Float64Array): Point {
  const size = problem.space.variableCount;
  let point = evaluatePoint(problem, start, 0);
  for (let iteration = 1; iteration <= maxIterations && point.error > TARGET_ERROR; iteration++) {
    const step = solveCholesky(choleskyFactor(point.slope, size), point.gaps);
    const next = lineSearch(point, step, (multipliers) => evaluatePoint(problem, multipliers, iteration));
    if (next === null) break;
    point = next;
  }
  return point;
}

interface Problem {
  readonly space: CalibrationSpace;
  readonly base: Float64Array;
  readonly distance: CalibrationFunction;
}

/** Ratios, gaps and the slope of the totals at some multipliers, from one walk over the cells. */
function evaluatePoint(problem: Problem, multipliers: Float64Array, iterations: number): Point {
  const { base, distance, space } = problem;
  const { cellCount, variableCount: size, variables, totals } = space;
  const ratios = new Float64Array(cellCount);
  const gaps = Float64Array.from(totals);
  const slope = new Float64Array(size * size);
  for (let cell = 0; cell < cellCount; cell++) {
    const weight = floatAt(base, cell);
    // Cells without weight move no total: a bootstrap replicate leaves out a third of the PSUs.
    if (weight === 0) continue;
    const start = cell * size;
    let predictor = 0;
    for (let k = 0; k < size; k++) predictor += floatAt(variables, start + k) * floatAt(multipliers, k);
    const ratio = distance.value(predictor);
    ratios[cell] = ratio;
    const adjusted = weight * ratio;
    const steep = weight * distance.slope(ratio);
    for (let i = 0; i < size; i++) {
      const x = floatAt(variables, start + i);
      if (x === 0) continue;
      gaps[i] = floatAt(gaps, i) - adjusted * x;
      const line = i * size;
      for (let j = 0; j <= i; j++) {
        slope[line + j] = floatAt(slope, line + j) + steep * x * floatAt(variables, start + j);
      }
    }
  }
  return { ratios, ...largestError(gaps, totals), iterations, multipliers, gaps, slope };
}

function largestError(gaps: Float64Array, totals: Float64Array): Pick<Solution, 'error' | 'worst'> {
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
