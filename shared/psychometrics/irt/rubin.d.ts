/**
 * Estimates from several plausible values in one (Rubin 1987) with the small-sample degrees of freedom of
 * Barnard & Rubin (1999). Agrees with R: mitools::MIcombine (estimate, error).
 */
import { type Result } from '../../domain/result';
export interface PooledEstimate {
  readonly estimate: number;
  /** Mean sampling variance. */
  readonly within: number;
  /** Variance of the estimates (m - 1). */
  readonly between: number;
  /** within + (1 + 1/m) between. */
  readonly total: number;
  readonly standardError: number;
  /** For an infinite sample; Infinity when the estimates do not differ. */
  readonly rubinDegreesOfFreedom: number;
  /** Never more than the complete-data degrees of freedom; null when these are not positive. */
  readonly degreesOfFreedom: number | null;
  /** Share of the total variance that comes from not observing ability. */
  readonly missingInformation: number;
}
/**
 * Pools estimates with their sampling variances; `completeDegreesOfFreedom` are those of the design.
 * Fails with INVALID_INPUT {field: 'plausibleValues'} for fewer than two.
 */
export declare function poolEstimates(
  estimates: readonly number[],
  variances: readonly number[],
  completeDegreesOfFreedom: number,
): Result<PooledEstimate>;
