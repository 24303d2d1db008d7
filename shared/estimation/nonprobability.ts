/**
 * Estimates from a sample without known selection probabilities (walk-in, quota, online push).
 * The weights are calibrated to population margins and the interval comes from a pseudo-design bootstrap:
 * sites (or respondents, where there are no sites) are resampled as if they were drawn at random, and every
 * replicate is calibrated again (Elliott & Valliant 2017, section 4). It describes the spread under that model and
 * says nothing about who never came. It is never a design-based confidence interval: method and diagnostics say so.
 */
import { compensatedSum } from '../numeric/compensatedSum';
import { fail, ok, type Result } from '../domain/result';
import type { Domain, DomainEstimate, EstimateRequest } from './estimate';
import { commonDiagnostics, type Diagnostic, type Estimate } from './estimateRecord';
import type { EstimatorInputs } from './estimators/estimator';
import { estimators } from './estimators/registry';
import { proportionInterval, studentInterval, type Interval } from './intervals';
import { pick } from './domainRows';
import { createModelReplicates, type ModelReplicates, type NonprobabilitySample } from './modelReplicates';

export type { NonprobabilitySample } from './modelReplicates';

interface Target {
  readonly id: string;
  readonly rows: Int32Array;
  readonly missingCount: number;
  readonly inputs: EstimatorInputs;
  readonly point: number;
  readonly weightTotal: number;
}

/**
 * Model-based estimates of one statistic for many domains; replicates are shared, so domains are comparable.
 * Failures: those of `createModelReplicates`.
 */
export function modelBasedEstimateByDomain(
  sample: NonprobabilitySample,
  request: Omit<EstimateRequest, 'domain'>,
  domains: readonly Domain[],
): Result<readonly DomainEstimate[]> {
  const replicates = createModelReplicates(sample);
  return replicates.ok ? ok(estimateWithModelReplicates(replicates.value, request, domains)) : replicates;
}

/** The same from replicates drawn before: many outcomes of one report share one set. */
export function estimateWithModelReplicates(
  replicates: ModelReplicates,
  request: Omit<EstimateRequest, 'domain'>,
  domains: readonly Domain[],
): readonly DomainEstimate[] {
  return domains.map((domain): DomainEstimate => {
    const target = prepareTarget(domain, request, replicates.weights);
    if (!('rows' in target)) return target;
    const values = replicates.replicateWeights.flatMap((weights) => {
      const value = estimators[request.statistic].estimate(target.inputs, pick(weights, target.rows));
      return value.ok ? [value.value] : [];
    });
    const drawn = {
      values,
      redrawn: replicates.redrawn,
      unitCount: countUnits(replicates.unitOfRow, target.rows),
    };
    return { id: target.id, status: 'estimated', estimate: summarise(request, target, drawn) };
  });
}

/** The same for everyone or one domain. Failures: as above; EMPTY_DOMAIN. */
export function modelBasedEstimate(sample: NonprobabilitySample, request: EstimateRequest): Result<Estimate> {
  const member = request.domain ?? new Uint8Array(sample.baseWeights.length).fill(1);
  const results = modelBasedEstimateByDomain(sample, request, [{ id: 'all', member }]);
  if (!results.ok) return results;
  const first = results.value[0];
  return first?.status === 'estimated' ? ok(first.estimate) : fail('EMPTY_DOMAIN', { missing: 0 });
}

function prepareTarget(
  domain: Domain,
  request: Omit<EstimateRequest, 'domain'>,
  weights: Float64Array,
): Target | Extract<DomainEstimate, { status: 'empty' }> {
  const rows: number[] = [];
  let missingCount = 0;
  domain.member.forEach((inside, row) => {
    if (inside === 0 || weights[row] === 0) return;
    const denominatorMissing = request.denominator ? Number.isNaN(request.denominator[row]) : false;
    if (Number.isNaN(request.outcome[row]) || denominatorMissing) missingCount++;
    else rows.push(row);
  });
  const empty = { id: domain.id, status: 'empty', respondentCount: 0 } as const;
  if (rows.length === 0) return { ...empty, reason: missingCount > 0 ? 'allMissing' : 'noRespondents' };
  const at = Int32Array.from(rows);
  const inputs = {
    outcome: pick(request.outcome, at),
    denominator: request.denominator ? pick(request.denominator, at) : null,
  };
  const picked = pick(weights, at);
  const point = estimators[request.statistic].estimate(inputs, picked);
  if (!point.ok) return { ...empty, reason: 'zeroDenominator' };
  return {
    id: domain.id,
    rows: at,
    missingCount,
    inputs,
    point: point.value,
    weightTotal: compensatedSum(picked),
  };
}

function countUnits(unitOfRow: Int32Array, rows: Int32Array): number {
  return new Set(Array.from(rows, (row) => unitOfRow[row])).size;
}

function summarise(
  request: Omit<EstimateRequest, 'domain'>,
  target: Target,
  drawn: { readonly values: readonly number[]; readonly redrawn: number; readonly unitCount: number },
): Estimate {
  const degreesOfFreedom = drawn.unitCount - 1;
  const variance = degreesOfFreedom > 0 && drawn.values.length > 1 ? sampleVariance(drawn.values) : null;
  const standardError = variance === null ? null : Math.sqrt(variance);
  const numbers = {
    estimate: target.point,
    variance,
    standardError,
    degreesOfFreedom,
    interval: modelInterval(request, target, { variance, degreesOfFreedom }),
    coefficientOfVariation:
      standardError === null || target.point === 0 ? null : standardError / Math.abs(target.point),
    designEffect: null,
    effectiveSampleSize: null,
    respondentCount: target.rows.length,
    psuCount: drawn.unitCount,
    stratumCount: 1,
    weightTotal: target.weightTotal,
  };
  const diagnostics: Diagnostic[] = [
    { code: 'NONPROBABILITY_BASIS', params: {} },
    ...commonDiagnostics(numbers),
  ];
  if (drawn.redrawn > 0) diagnostics.push({ code: 'REPLICATES_REDRAWN', params: { count: drawn.redrawn } });
  if (target.missingCount > 0) {
    diagnostics.push({ code: 'MISSING_OUTCOMES', params: { count: target.missingCount } });
  }
  return { ...numbers, method: 'model-based-bootstrap', diagnostics };
}

function modelInterval(
  request: Omit<EstimateRequest, 'domain'>,
  target: Target,
  spread: { readonly variance: number | null; readonly degreesOfFreedom: number },
): Interval | null {
  if (spread.variance === null) return null;
  const evidence = {
    estimate: target.point,
    variance: spread.variance,
    respondentCount: target.rows.length,
    degreesOfFreedom: spread.degreesOfFreedom,
    confidenceLevel: request.interval?.confidenceLevel ?? 0.95,
  };
  const interval =
    request.statistic === 'proportion' ? proportionInterval('logit', evidence) : studentInterval(evidence);
  return interval && { ...interval, method: 'model-based-bootstrap' };
}

function sampleVariance(values: readonly number[]): number {
  const mean = compensatedSum(values) / values.length;
  return compensatedSum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}
