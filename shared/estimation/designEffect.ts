/**
 * Design effect and effective sample size of means, proportions and totals.
 * V_srs of a mean = s2/n (N-n)/N with s2 = n/(n-1) sum w (y-ybar)^2 / sum w, n rows and N = sum w;
 * of a total N^2 times as much. `withReplacement` leaves out (N-n)/N.
 * Agrees with R: svymean(deff = TRUE) and deff = "replace". Kish's 1 + cv^2 of the weights is another number:
 * see shared/weighting/diagnostics.ts.
 */
import { compensatedDot } from '../numeric/compensatedSum';
import { at } from '../numeric/typedArray';

export type DesignEffectReference = 'withoutReplacement' | 'withReplacement';

export interface DesignEffectInputs {
  readonly statistic: 'mean' | 'total';
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
  readonly weightTotal: number;
  readonly variance: number;
  readonly reference: DesignEffectReference;
}

export interface DesignEffect {
  readonly designEffect: number | null;
  readonly effectiveSampleSize: number | null;
  /** false when the weights do not add to more than the number of rows, so (N-n)/N has no meaning. */
  readonly weightsInPopulationUnits: boolean;
}

export function designEffect(inputs: DesignEffectInputs): DesignEffect {
  const { outcome, weights, weightTotal, variance } = inputs;
  const n = outcome.length;
  const mean = compensatedDot(weights, outcome) / weightTotal;
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) squares[i] = (at(outcome, i) - mean) ** 2;
  const spread = compensatedDot(weights, squares) / weightTotal;
  const weightsInPopulationUnits = weightTotal > n;
  if (n < 2 || !(spread > 0) || !(variance > 0)) {
    return { designEffect: null, effectiveSampleSize: null, weightsInPopulationUnits };
  }
  const finite =
    inputs.reference === 'withoutReplacement' && weightsInPopulationUnits
      ? (weightTotal - n) / weightTotal
      : 1;
  const perMean = inputs.statistic === 'total' ? variance / weightTotal ** 2 : variance;
  return {
    designEffect: perMean / ((spread / (n - 1)) * finite),
    effectiveSampleSize: inputs.statistic === 'total' ? null : spread / variance,
    weightsInPopulationUnits,
  };
}
