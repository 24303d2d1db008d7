/**
 * Estimates from several plausible values in one (Rubin 1987) with the small-sample degrees of freedom of
 * Barnard & Rubin (1999). Agrees with R: mitools::MIcombine (estimate, error).
 */
import { fail, ok, type Result } from '../../domain/result';

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

/** Degrees of freedom of Barnard & Rubin, from those of the complete data. */
function barnardRubin(rubin: number, complete: number, missing: number): number | null {
  if (!(complete > 0)) return null;
  const observed =
    complete === Infinity ? Infinity : ((complete + 1) / (complete + 3)) * complete * (1 - missing);
  return 1 / (1 / rubin + 1 / observed);
}

/**
 * Pools estimates with their sampling variances; `completeDegreesOfFreedom` are those of the design.
 * Fails with INVALID_INPUT {field: 'plausibleValues'} for fewer than two.
 */
export function poolEstimates(
  estimates: readonly number[],
  variances: readonly number[],
  completeDegreesOfFreedom: number,
): Result<PooledEstimate> {
  const count = estimates.length;
  if (count < 2 || variances.length !== count) return fail('INVALID_INPUT', { field: 'plausibleValues' });
  const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / count;
  const [estimate, within] = [meanOf(estimates), meanOf(variances)];
  const between = estimates.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / (count - 1);
  const added = (1 + 1 / count) * between;
  const total = within + added;
  const missingInformation = total > 0 ? added / total : 0;
  const rubin = added > 0 ? (count - 1) * (1 + within / added) ** 2 : Infinity;
  return ok({
    estimate,
    within,
    between,
    total,
    standardError: Math.sqrt(total),
    rubinDegreesOfFreedom: rubin,
    degreesOfFreedom: barnardRubin(rubin, completeDegreesOfFreedom, missingInformation),
    missingInformation,
  });
}
