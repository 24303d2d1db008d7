/**
 * Calibration of weights to known population totals by Newton's method on the Lagrange multipliers
 * (Deville & Sarndal 1992): w = d F(x'lambda) with sum(w x) = T. Rows are grouped by calibration cell first.
 * Agrees with R: survey::calibrate(calfun = "raking" | "linear" | "logit", bounds); rake() gives the same weights.
 */
import { crossProduct, sumByCell, type CalibrationInfo } from '../estimation/design/calibrationInfo';
import type { CellReweighting, NearbyMultipliers } from '../estimation/cellReweighting';
import { choleskyFactor } from '../numeric/linearAlgebra';
import { fail, ok, type Result } from '../domain/result';
import { unitCalibration } from './calibrationExpansion';
import {
  solveCalibration,
  type CalibrationProblem,
  type Solution,
  type SolverStart,
} from './calibrationSolver';
import type { CalibrationSpace } from './calibrationSpace';
import { calibrationFunction, type Bounds, type CalibrationDistance } from './distance';
import { calibrationDiagnostics, type CalibrationDiagnostics } from './diagnostics';
import { marginSpace, type CategoryColumns, type MarginTable } from './margins';
import { floatAt, intAt } from '../numeric/typedArray';

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

/** Newton aims at `TARGET_ERROR`; a calibration with a larger relative margin error than this one fails. */
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
  const found = solveCells(cellsOf(space, baseWeights), options);
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
 * from no change: worth it where rows are cells of their own (numeric auxiliaries). There a linear replicate needs only
 * sums per PSU, and the others start from what these sums tell (`unitCalibration`). Failures: those of `calibrate`.
 */
export function cellCalibration(
  space: CalibrationSpace,
  options: CalibrationOptions,
  baseWeights: Float64Array | null = null,
): Result<CellReweighting> {
  const { cellOfRow, cellCount } = space;
  const full = baseWeights && solveCells(cellsOf(space, baseWeights), options);
  if (full?.ok === false) return full;
  const multipliers = full?.value.multipliers ?? new Float64Array(space.variableCount);
  const room = new Float64Array(cellCount);
  const ratios = (base: Float64Array, nearby?: NearbyMultipliers): Result<Float64Array> => {
    const cells = { space, base, ratios: room };
    const near = nearby && solveCells(cells, options, nearby);
    const solved = near?.ok === true ? near : solveCells(cells, options, { multipliers });
    return solved.ok ? ok(solved.value.ratios) : solved;
  };
  const distance = calibrationFunction(options.distance, boundsOf(options));
  const byUnits = unitCalibration({ space, distance, multipliers, isLinear: options.distance === 'linear' });
  return ok({ cellOfRow, cellCount, ratios, byUnits });
}

const boundsOf = (options: CalibrationOptions): Bounds => options.bounds ?? { lower: 0, upper: Infinity };

type Cells = Omit<CalibrationProblem, 'distance'>;

const cellsOf = (space: CalibrationSpace, weights: Float64Array): Cells => ({
  space,
  base: sumByCell(space.cellOfRow, space.cellCount, weights),
  ratios: new Float64Array(space.cellCount),
});

function solveCells(
  cells: Cells,
  options: CalibrationOptions,
  start: SolverStart = { multipliers: new Float64Array(cells.space.variableCount) },
): Result<Solution> {
  const bounds = boundsOf(options);
  if (!boundsFit(options.distance, bounds)) {
    return fail('INVALID_INPUT', { field: 'bounds', lower: bounds.lower, upper: bounds.upper });
  }
  const problem = { ...cells, distance: calibrationFunction(options.distance, bounds) };
  const solved = solveCalibration(problem, options.maxIterations ?? 100, start);
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
function failedCalibration(problem: CalibrationProblem, solved: Solution): Result<never> {
  const { space, base } = problem;
  const variable = space.names[solved.worst] ?? '';
  const size = space.variableCount;
  const distance = calibrationFunction('linear', { lower: 0, upper: Infinity });
  const { kept } = choleskyFactor(crossProduct(space, base), size);
  const start = { multipliers: new Float64Array(size) };
  return kept[solved.worst] === 0 &&
    solveCalibration({ ...problem, distance }, 10, start).error > ACCEPTED_ERROR
    ? fail('CALIBRATION_SINGULAR', { variable, gap: solved.error })
    : fail('CALIBRATION_NOT_CONVERGED', { variable, gap: solved.error, iterations: solved.iterations });
}
