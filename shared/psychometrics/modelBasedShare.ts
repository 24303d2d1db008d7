/**
 * Model-based share above a cut: per plausible-value set the survey's own estimate of theta >= theta_c, pooled by Rubin's
 * rules. Stands beside the official raw share and is always labelled model-based: a raw share above the mean overstates
 * the true one, the more the shorter the form (question-bank-spec §3.7).
 */
import { fail, ok, type Result } from '../domain/result';
import type { DomainEstimate } from '../estimation/estimate';
import type { Estimate } from '../estimation/estimateRecord';
import { proportionInterval } from '../estimation/intervals';
import { poolEstimates, type PooledEstimate } from './irt/rubin';

/** Shares of a 0/1 outcome, one value per person, in the survey's domains: always the same domains in the same order. */
export type ShareEstimator = (outcome: Float64Array) => Result<readonly DomainEstimate[]>;

export interface ModelBasedShare {
  readonly pooled: PooledEstimate;
  /** The same as an estimate of the engine: logit interval with the pooled variance and degrees of freedom. */
  readonly estimate: Estimate;
}

const estimateOf = (domain: DomainEstimate): readonly Estimate[] =>
  domain.status === 'estimated' ? [domain.estimate] : [];

function withPooled(own: Estimate, pooled: PooledEstimate, confidenceLevel: number): Estimate {
  const { estimate, total: variance, standardError } = pooled;
  const degreesOfFreedom = pooled.degreesOfFreedom ?? 0;
  const { respondentCount } = own;
  const evidence = { estimate, variance, respondentCount, degreesOfFreedom, confidenceLevel };
  return {
    ...own,
    estimate,
    variance,
    standardError,
    degreesOfFreedom,
    interval: proportionInterval('logit', evidence),
    coefficientOfVariation: estimate === 0 ? null : standardError / estimate,
    designEffect: null,
    effectiveSampleSize: null,
  };
}

/** Null where the domain is empty or its sampling error is not known. */
function pooledShare(
  draws: readonly DomainEstimate[],
  confidenceLevel: number,
): Result<ModelBasedShare | null> {
  const found = draws.flatMap(estimateOf);
  const variances = found.flatMap(({ variance }) => (variance === null ? [] : [variance]));
  const [own] = found;
  if (own === undefined || variances.length < draws.length) return ok(null);
  const pooled = poolEstimates(
    found.map(({ estimate }) => estimate),
    variances,
    own.degreesOfFreedom,
  );
  if (!pooled.ok) return pooled;
  return ok({ pooled: pooled.value, estimate: withPooled(own, pooled.value, confidenceLevel) });
}

/**
 * Share of every domain whose ability reaches `theta`, in the estimator's order.
 * Failures: those of the estimator; INVALID_INPUT {field: 'plausibleValues'} for fewer than two sets.
 */
export function modelBasedShares(
  sets: readonly Float64Array[],
  theta: number,
  { shares, confidenceLevel }: { readonly shares: ShareEstimator; readonly confidenceLevel: number },
): Result<readonly (ModelBasedShare | null)[]> {
  const perSet: (readonly DomainEstimate[])[] = [];
  for (const abilities of sets) {
    const found = shares(abilities.map((ability) => (ability >= theta ? 1 : 0)));
    if (!found.ok) return found;
    perSet.push(found.value);
  }
  const [first] = perSet;
  if (first === undefined) return fail('INVALID_INPUT', { field: 'plausibleValues' });
  const pooled: (ModelBasedShare | null)[] = [];
  for (const place of first.keys()) {
    const draws = perSet.flatMap((domains) => domains[place] ?? []);
    const share = pooledShare(draws, confidenceLevel);
    if (!share.ok) return share;
    pooled.push(share.value);
  }
  return ok(pooled);
}
