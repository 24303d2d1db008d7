/**
 * One survey statistic.
 * `estimate` serves the point estimate and every replicate; `influence` serves linearisation (Binder 1983).
 * Neither knows strata, PSUs or domains. The caller passes the rows with positive weight inside the domain:
 * rows of weight zero add nothing to any sum, and the design keeps them in the variance.
 */
import type { Result } from '../../domain/result';

export interface EstimatorInputs {
  /** Outcome per row; never missing here. */
  readonly outcome: Float64Array;
  /** Denominator per row for a ratio, else null. */
  readonly denominator: Float64Array | null;
}

export interface Estimator {
  readonly id: string;
  /** EMPTY_DENOMINATOR when the statistic is not defined for these rows. */
  readonly estimate: (inputs: EstimatorInputs, weights: Float64Array) => Result<number>;
  /** Influence u of every row, so that the sampling error is about the error of the total of weight x u. */
  readonly influence: (inputs: EstimatorInputs, weights: Float64Array, estimate: number) => Float64Array;
}
