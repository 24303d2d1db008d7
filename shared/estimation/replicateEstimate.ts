/**
 * Estimates whose sampling error comes from replicate weights: the statistic is computed again with every replicate.
 * With `reweigh`, every replicate goes through the weighting again (nonresponse, calibration), as it should.
 */
import { fail, ok, type Result } from '../domain/result';
import {
  domainDegreesOfFreedom,
  domainRowsOf,
  domainSize,
  pick,
  type DomainRows,
  type Domains,
} from './domainRows';
import type { SurveyDesign } from './design/surveyDesign';
import type { EstimateRequest } from './estimate';
import { estimators } from './estimators/registry';
import type { CellReweighting } from './cellReweighting';
import { summedStatistics } from './replicateSums';
import type { Statistics } from './summedColumns';
import {
  replicateCovariance,
  replicateVariance,
  weightsWithFactors,
  type ReplicateCentre,
  type ReplicateValues,
  type ReplicateWeights,
} from './variance/replicates';

export type { CellReweighting } from './cellReweighting';

/** Any re-weighting of rows; slow with many rows, because every replicate makes all row weights. */
export type RowReweighting = (weights: Float64Array) => Result<{ readonly weights: Float64Array }>;

export interface ReplicateRequest extends Omit<EstimateRequest, 'domain' | 'interval'> {
  readonly centre?: ReplicateCentre;
  /** Applied to the base weights and to every replicate of them. By cells wherever the weighting allows it. */
  readonly reweigh?: RowReweighting | CellReweighting;
}

export interface ReplicateEstimate extends ReplicateValues {
  readonly id: string;
  readonly variance: number;
  readonly standardError: number;
  /** The design's rule, not the number of replicates: PSUs minus strata with rows of the domain. */
  readonly degreesOfFreedom: number;
  readonly respondentCount: number;
}

type SelectedRows = DomainRows & { readonly id: string };

/**
 * One statistic for many domains, all from the same replicates. `design` holds the weights before `reweigh`.
 * Failures: EMPTY_DOMAIN {domain}, EMPTY_DENOMINATOR, and those of `reweigh` (with the replicate's number).
 */
export function estimateWithReplicates(
  design: SurveyDesign,
  request: ReplicateRequest,
  replicates: ReplicateWeights,
  domains: Domains,
): Result<readonly ReplicateEstimate[]> {
  const selected = [...domainRowsOf(design, request, domains)];
  const empty = selected.find(({ rows }) => rows.length === 0);
  if (empty !== undefined) return fail('EMPTY_DOMAIN', { domain: empty.id });
  const statistics =
    typeof request.reweigh === 'function'
      ? rowStatistics(design, request, selected, request.reweigh)
      : summedStatistics(design, request, selected, request.reweigh);
  const full = statistics(new Float64Array(design.psuCount).fill(1));
  if (!full.ok) return full;
  const series = selected.map(() => new Float64Array(replicates.replicateCount));
  for (let index = 0; index < replicates.replicateCount; index++) {
    const start = index * design.psuCount;
    const found = statistics(replicates.factors.subarray(start, start + design.psuCount));
    if (!found.ok) return fail(found.failure.code, { ...found.failure.params, replicate: index + 1 });
    series.forEach((values, domain) => (values[index] = found.value[domain] ?? 0));
  }
  const centre = request.centre ?? 'replicateMean';
  return ok(
    selected.map((rows, domain) => {
      const values = series[domain] ?? new Float64Array(0);
      const estimate = full.value[domain] ?? 0;
      const variance = replicateVariance(values, estimate, replicates, centre);
      return {
        id: rows.id,
        estimate,
        values,
        variance,
        standardError: Math.sqrt(variance),
        degreesOfFreedom: domainDegreesOfFreedom(design, rows, domainSize(design, rows.rows)),
        respondentCount: rows.rows.length,
      };
    }),
  );
}

function rowStatistics(
  design: SurveyDesign,
  request: ReplicateRequest,
  selected: readonly SelectedRows[],
  reweigh: RowReweighting,
): Statistics {
  const targets = selected.map(({ rows }) => ({
    rows,
    inputs: {
      outcome: pick(request.outcome, rows),
      denominator: request.denominator ? pick(request.denominator, rows) : null,
    },
  }));
  const { estimate } = estimators[request.statistic];
  return (factors) => {
    const reweighed = reweigh(weightsWithFactors(design, factors));
    if (!reweighed.ok) return reweighed;
    const values: number[] = [];
    for (const { rows, inputs } of targets) {
      const value = estimate(inputs, pick(reweighed.value.weights, rows));
      if (!value.ok) return value;
      values.push(value.value);
    }
    return ok(values);
  };
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
