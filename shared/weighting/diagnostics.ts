/** What a statistician wants to see after weighting: margins before and after, spread of the weights, iterations. */
import { compensatedDot, compensatedSum } from '../numeric/compensatedSum';
import type { CalibrationSpace } from './calibrationSpace';
import type { Bounds } from './distance';
import { sumByCell } from '../estimation/design/calibrationInfo';
import { addAt, at, intAt } from '../numeric/typedArray';

export interface MarginLine {
  readonly name: string;
  /** Weighted total before calibration. */
  readonly before: number;
  readonly after: number;
  readonly target: number;
}

export interface CalibrationDiagnostics {
  readonly iterations: number;
  /** Largest |margin error| / (1 + |total|) that remains. */
  readonly largestMarginError: number;
  /** Smallest and largest calibrated weight / base weight. */
  readonly minimumAdjustment: number;
  readonly maximumAdjustment: number;
  readonly atBoundCount: number;
  readonly negativeWeightCount: number;
  readonly kishDesignEffectBefore: number;
  readonly kishDesignEffectAfter: number;
  /** (sum w)^2 / sum w^2 after calibration. */
  readonly kishEffectiveSampleSize: number;
  readonly margins: readonly MarginLine[];
}

/**
 * Kish's design effect of unequal weighting n sum(w^2) / (sum w)^2 = 1 + cv^2 over the rows with a weight (Kish 1965).
 * @example weights [1, 1, 2] give 3 * 6 / 16 = 1.125.
 */
export function kishDesignEffect(weights: Float64Array): number {
  let count = 0;
  for (let row = 0; row < weights.length; row++) if (weights[row] !== 0) count++;
  const sum = compensatedSum(weights);
  return sum === 0 ? 1 : (count * compensatedDot(weights, weights)) / sum ** 2;
}

export interface DiagnosticInputs {
  readonly space: CalibrationSpace;
  readonly baseWeights: Float64Array;
  readonly weights: Float64Array;
  readonly solved: { readonly ratios: Float64Array; readonly error: number; readonly iterations: number };
  readonly bounds: Bounds;
}

const BOUND_TOLERANCE = 1e-9;

export function calibrationDiagnostics(inputs: DiagnosticInputs): CalibrationDiagnostics {
  const { space, baseWeights, weights, solved, bounds } = inputs;
  const rowsByCell = weightedRowsByCell(space, baseWeights);
  let minimumAdjustment = Infinity;
  let maximumAdjustment = -Infinity;
  let atBoundCount = 0;
  let negativeWeightCount = 0;
  for (let cell = 0; cell < space.cellCount; cell++) {
    const rows = at(rowsByCell, cell);
    const ratio = at(solved.ratios, cell);
    if (rows === 0) continue;
    minimumAdjustment = Math.min(minimumAdjustment, ratio);
    maximumAdjustment = Math.max(maximumAdjustment, ratio);
    if (ratio < 0) negativeWeightCount += rows;
    if (isAtBound(ratio, bounds)) atBoundCount += rows;
  }
  return {
    iterations: solved.iterations,
    largestMarginError: solved.error,
    minimumAdjustment,
    maximumAdjustment,
    atBoundCount,
    negativeWeightCount,
    kishDesignEffectBefore: kishDesignEffect(baseWeights),
    kishDesignEffectAfter: kishDesignEffect(weights),
    kishEffectiveSampleSize: compensatedSum(weights) ** 2 / compensatedDot(weights, weights),
    margins: marginLines(inputs),
  };
}

const isAtBound = (ratio: number, { lower, upper }: Bounds): boolean =>
  upper < Infinity && (ratio <= lower + BOUND_TOLERANCE || ratio >= upper - BOUND_TOLERANCE);

function weightedRowsByCell(space: CalibrationSpace, baseWeights: Float64Array): Int32Array {
  const counts = new Int32Array(space.cellCount);
  for (let row = 0; row < baseWeights.length; row++) {
    const cell = intAt(space.cellOfRow, row);
    if (baseWeights[row] !== 0) counts[cell] = intAt(counts, cell) + 1;
  }
  return counts;
}

function marginLines({ space, baseWeights, weights }: DiagnosticInputs): readonly MarginLine[] {
  const before = totalsOf(space, sumByCell(space.cellOfRow, space.cellCount, baseWeights));
  const after = totalsOf(space, sumByCell(space.cellOfRow, space.cellCount, weights));
  return space.names.map((name, k) => ({
    name,
    before: at(before, k),
    after: at(after, k),
    target: at(space.totals, k),
  }));
}

function totalsOf(space: CalibrationSpace, cellWeights: Float64Array): Float64Array {
  const totals = new Float64Array(space.variableCount);
  for (let cell = 0; cell < space.cellCount; cell++) {
    const start = cell * space.variableCount;
    for (let k = 0; k < space.variableCount; k++) {
      addAt(totals, k, at(cellWeights, cell) * at(space.variables, start + k));
    }
  }
  return totals;
}
