/**
 * Calibration of weights to known population totals by Newton's method on the Lagrange multipliers
 * (Deville & Sarndal 1992): w = d F(x'lambda) with sum(w x) = T. Rows are grouped by calibration cell first.
 * Agrees with R: survey::calibrate(calfun = "raking" | "linear" | "logit", bounds); rake() gives the same weights.
 */
import { crossProduct, sumByCell, type CalibrationInfo } from '../estimation/design/calibrationInfo';
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
  const bounds = options.bounds ?? { lower: 0, upper: Infinity };
  if (!boundsFit(options.distance, bounds)) {
    return fail('INVALID_INPUT', { field: 'bounds', lower: bounds.lower, upper: bounds.upper });
  }
  const base = sumByCell(space.cellOfRow, space.cellCount, baseWeights);
  const solved = solve(
    space,
    base,
    calibrationFunction(options.distance, bounds),
    options.maxIterations ?? 100,
  );
  if (!(solved.error <= ACCEPTED_ERROR)) {
    return failedCalibration(space, base, solved);
  }
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
    diagnostics: calibrationDiagnostics({ space, baseWeights, weights, solved, bounds }),
  });
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
function failedCalibration(space: CalibrationSpace, base: Float64Array, solved: Solution): Result<never> {
  const variable = space.names[solved.worst] ?? '';
  const unbounded = calibrationFunction('linear', { lower: 0, upper: Infinity });
  const { kept } = choleskyFactor(crossProduct(space, base), space.variableCount);
  return kept[solved.worst] === 0 && solve(space, base, unbounded, 10).error > ACCEPTED_ERROR
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
}

function solve(
  space: CalibrationSpace,
  base: Float64Array,
  distance: CalibrationFunction,
  maxIterations: number,
): Solution {
  const evaluate = (multipliers: Float64Array, iterations: number): Point =>
    evaluatePoint({ space, base, distance }, multipliers, iterations);
  let point = evaluate(new Float64Array(space.variableCount), 0);
  for (let iteration = 1; iteration <= maxIterations && point.error > TARGET_ERROR; iteration++) {
    const step = newtonStep({ space, base, distance }, point);
    const next = lineSearch(point, step, (multipliers) => evaluate(multipliers, iteration));
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

const linearPredictor = (space: CalibrationSpace, multipliers: Float64Array, cell: number): number => {
  let sum = 0;
  const start = cell * space.variableCount;
  for (let k = 0; k < space.variableCount; k++) {
    sum += at(space.variables, start + k) * at(multipliers, k);
  }
  return sum;
};

function evaluatePoint(
  { space, base, distance }: Problem,
  multipliers: Float64Array,
  iterations: number,
): Point {
  const { cellCount, variableCount, variables, totals } = space;
  const ratios = new Float64Array(cellCount);
  const gaps = Float64Array.from(totals);
  for (let cell = 0; cell < cellCount; cell++) {
    const ratio = distance.value(linearPredictor(space, multipliers, cell));
    ratios[cell] = ratio;
    const weight = ratio * at(base, cell);
    for (let k = 0; k < variableCount; k++) {
      gaps[k] = at(gaps, k) - weight * at(variables, cell * variableCount + k);
    }
  }
  let error = 0;
  let worst = 0;
  gaps.forEach((gap, k) => {
    const relative = Math.abs(gap) / (1 + Math.abs(at(totals, k)));
    if (relative > error || Number.isNaN(relative)) {
      error = Number.isNaN(relative) ? Infinity : relative;
      worst = k;
    }
  });
  return { ratios, error, worst, iterations, multipliers, gaps };
}

function newtonStep({ space, base, distance }: Problem, point: Point): Float64Array {
  const slopes = base.map(
    (weight, cell) => weight * distance.slope(linearPredictor(space, point.multipliers, cell)),
  );
  return solveCholesky(choleskyFactor(crossProduct(space, slopes), space.variableCount), point.gaps);
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
