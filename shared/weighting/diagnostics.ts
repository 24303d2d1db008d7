/** What a statistician wants to see after weighting: margins before and after, spread of the weights, iterations. */
import { compensatedDot, compensatedSum } from '../numeric/compensatedSum';
import type { CalibrationSpace } from './calibrationSpace';
import type { Bounds } from './distance';
import { addAt, at } from '../numeric/typedArray';

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
  const count = weights.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1), 0);
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

export function calibrationDiagnostics(inputs: DiagnosticInputs): CalibrationDiagnostics {
  const { baseWeights, weights, solved, bounds } = inputs;
  const adjustments = Float64Array.from(weights, (weight, row) => weight / at(baseWeights, row)).filter(
    (ratio) => !Number.isNaN(ratio),
  );
  const atBound = (ratio: number): boolean => ratio <= bounds.lower + 1e-9 || ratio >= bounds.upper - 1e-9;
  return {
    iterations: solved.iterations,
    largestMarginError: solved.error,
    minimumAdjustment: adjustments.reduce((low, ratio) => Math.min(low, ratio), Infinity),
    maximumAdjustment: adjustments.reduce((high, ratio) => Math.max(high, ratio), -Infinity),
    atBoundCount: bounds.upper < Infinity ? adjustments.filter(atBound).length : 0,
    negativeWeightCount: weights.filter((weight) => weight < 0).length,
    kishDesignEffectBefore: kishDesignEffect(baseWeights),
    kishDesignEffectAfter: kishDesignEffect(weights),
    kishEffectiveSampleSize: compensatedSum(weights) ** 2 / compensatedDot(weights, weights),
    margins: marginLines(inputs),
  };
}

function marginLines({ space, baseWeights, weights }: DiagnosticInputs): readonly MarginLine[] {
  const before = totalsOf(space, baseWeights);
  const after = totalsOf(space, weights);
  return space.names.map((name, k) => ({
    name,
    before: at(before, k),
    after: at(after, k),
    target: at(space.totals, k),
  }));
}

function totalsOf(space: CalibrationSpace, weights: Float64Array): Float64Array {
  const totals = new Float64Array(space.variableCount);
  for (let row = 0; row < weights.length; row++) {
    const start = at(space.cellOfRow, row) * space.variableCount;
    for (let k = 0; k < space.variableCount; k++) {
      addAt(totals, k, at(weights, row) * at(space.variables, start + k));
    }
  }
  return totals;
}
