/**
 * Estimates whose sampling error comes from replicate weights: the statistic is computed again with every replicate.
 * With `reweigh`, every replicate goes through the weighting again (nonresponse, calibration), as it should.
 */
import { fail, ok, type Result } from '../domain/result';
import { pick, domainDegreesOfFreedom, domainRows, domainSize, type DomainRows } from './domainRows';
import type { SurveyDesign } from './design/surveyDesign';
import type { Domain, EstimateRequest } from './estimate';
import { estimators } from './estimators/registry';
import {
  replicateCovariance,
  replicateVariance,
  replicateWeights,
  type ReplicateCentre,
  type ReplicateValues,
  type ReplicateWeights,
} from './variance/replicates';

export interface ReplicateRequest extends Omit<EstimateRequest, 'domain' | 'interval'> {
  readonly centre?: ReplicateCentre;
  /** Applied to the base weights and to every replicate of them. */
  readonly reweigh?: (weights: Float64Array) => Result<{ readonly weights: Float64Array }>;
}

export interface ReplicateEstimate extends ReplicateValues {
  readonly id: string;
  readonly variance: number;
  readonly standardError: number;
  /** The design's rule, not the number of replicates: PSUs minus strata with rows of the domain. */
  readonly degreesOfFreedom: number;
  readonly respondentCount: number;
}

/**
 * One statistic for many domains, all from the same replicates. `design` holds the weights before `reweigh`.
 * Failures: EMPTY_DOMAIN {domain}, EMPTY_DENOMINATOR, and those of `reweigh` (with the replicate's number).
 */
export function estimateWithReplicates(
  design: SurveyDesign,
  request: ReplicateRequest,
  replicates: ReplicateWeights,
  domains: readonly Domain[],
): Result<readonly ReplicateEstimate[]> {
  const selected = domains.map(({ member }) => domainRows(design, request, member));
  const empty = selected.findIndex(({ rows }) => rows.length === 0);
  if (empty >= 0) return fail('EMPTY_DOMAIN', { domain: domains[empty]?.id ?? '' });
  const full = valuesWith(design.weights, request, selected);
  if (!full.ok) return full;
  const values = domains.map(() => new Float64Array(replicates.replicateCount));
  for (let index = 0; index < replicates.replicateCount; index++) {
    const found = valuesWith(replicateWeights(design, replicates, index), request, selected);
    if (!found.ok) return fail(found.failure.code, { ...found.failure.params, replicate: index + 1 });
    found.value.forEach((value, domain) => {
      const series = values[domain];
      if (series !== undefined) series[index] = value;
    });
  }
  return ok(
    domains.map(({ id }, domain) => {
      const estimate = full.value[domain] ?? 0;
      const series = values[domain] ?? new Float64Array(0);
      const rows = selected[domain] ?? { rows: new Int32Array(0), missingRows: new Int32Array(0) };
      const variance = replicateVariance(series, estimate, replicates, request.centre ?? 'replicateMean');
      return {
        id,
        estimate,
        values: series,
        variance,
        standardError: Math.sqrt(variance),
        degreesOfFreedom: domainDegreesOfFreedom(design, rows, domainSize(design, rows.rows)),
        respondentCount: rows.rows.length,
      };
    }),
  );
}

function valuesWith(
  baseWeights: Float64Array,
  request: ReplicateRequest,
  selected: readonly DomainRows[],
): Result<readonly number[]> {
  const reweighed = request.reweigh?.(baseWeights) ?? ok({ weights: baseWeights });
  if (!reweighed.ok) return reweighed;
  const values: number[] = [];
  for (const { rows } of selected) {
    const inputs = {
      outcome: pick(request.outcome, rows),
      denominator: request.denominator ? pick(request.denominator, rows) : null,
    };
    const value = estimators[request.statistic].estimate(inputs, pick(reweighed.value.weights, rows));
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
}

/** Covariance matrix (row-major) of estimates from the same replicates. */
export function replicateCovarianceMatrix(
  estimates: readonly ReplicateEstimate[],
  replicates: ReplicateWeights,
  centre: ReplicateCentre = 'replicateMean',
): Float64Array {
  const count = estimates.length;
  const matrix = new Float64Array(count * count);
  estimates.forEach((left, i) => {
    estimates.forEach((right, j) => {
      matrix[i * count + j] = replicateCovariance(left, right, replicates, centre);
    });
  });
  return matrix;
}
