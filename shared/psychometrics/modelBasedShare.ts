/**
 * Model-based share above a cut: per plausible-value set the design-based estimate of theta >= theta_c, pooled by Rubin's
 * rules. Stands beside the official raw share and is always labelled model-based: a raw share above the mean overstates
 * the true one, the more the shorter the form (question-bank-spec §3.7).
 */
import { fail, ok, type Result } from '../domain/result';
import type { SurveyDesign } from '../estimation/design/surveyDesign';
import { estimate } from '../estimation/estimate';
import { poolEstimates, type PooledEstimate } from './irt/rubin';

export interface ModelBasedShare extends PooledEstimate {
  readonly basis: 'modelBased';
  readonly theta: number;
  readonly setCount: number;
}

/**
 * Share of the domain whose ability reaches `theta`. One row of every set per row of the design.
 * Failures: those of `estimate`; TOO_FEW_PSUS when the design gives no sampling variance.
 */
export function modelBasedShare(
  design: SurveyDesign,
  sets: readonly Float64Array[],
  theta: number,
  domain: Uint8Array | null = null,
): Result<ModelBasedShare> {
  const [estimates, variances]: [number[], number[]] = [[], []];
  let degreesOfFreedom = 0;
  for (const abilities of sets) {
    const outcome = abilities.map((ability) => (ability >= theta ? 1 : 0));
    const found = estimate(design, { statistic: 'proportion', outcome, domain });
    if (!found.ok) return found;
    if (found.value.variance === null) return fail('TOO_FEW_PSUS', { count: found.value.psuCount });
    estimates.push(found.value.estimate);
    variances.push(found.value.variance);
    degreesOfFreedom = found.value.degreesOfFreedom;
  }
  const pooled = poolEstimates(estimates, variances, degreesOfFreedom);
  return pooled.ok ? ok({ basis: 'modelBased', theta, setCount: sets.length, ...pooled.value }) : pooled;
}
