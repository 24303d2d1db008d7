/**
 * One survey statistic, a function of weighted totals (Binder 1983).
 * `ofTotals` and `estimate` serve the point estimate and every replicate; `influence` serves linearisation.
 * None knows strata, PSUs or domains. The caller passes the rows with positive weight inside the domain:
 * rows of weight zero add nothing to any sum, and the design keeps them in the variance.
 */
import { compensatedDot, compensatedSum } from '../../numeric/compensatedSum';
import type { Result } from '../../domain/result';

export interface EstimatorInputs {
  /** Outcome per row; never missing here. */
  readonly outcome: Float64Array;
  /** Denominator per row for a ratio, else null. */
  readonly denominator: Float64Array | null;
}

/** Sums of w, w*y and w*x; the last is 0 without a denominator. */
export interface WeightedTotals {
  readonly weight: number;
  readonly outcome: number;
  readonly denominator: number;
}

export interface EstimatorDefinition {
  readonly id: string;
  /** EMPTY_DENOMINATOR when the statistic is not defined for these totals. */
  readonly ofTotals: (totals: WeightedTotals) => Result<number>;
  /** Influence u of every row, so that the sampling error is about the error of the total of weight x u. */
  readonly influence: (inputs: EstimatorInputs, weights: Float64Array, estimate: number) => Float64Array;
}

export interface Estimator extends EstimatorDefinition {
  /** The statistic of rows. */
  readonly estimate: (inputs: EstimatorInputs, weights: Float64Array) => Result<number>;
}

export const defineEstimator = (definition: EstimatorDefinition): Estimator => ({
  ...definition,
  estimate: ({ outcome, denominator }, weights) =>
    definition.ofTotals({
      weight: compensatedSum(weights),
      outcome: compensatedDot(weights, outcome),
      denominator: denominator === null ? 0 : compensatedDot(weights, denominator),
    }),
});
