/**
 * Estimates from a sample without known selection probabilities (walk-in, quota, online push).
 * The weights are calibrated to population margins and the interval comes from a pseudo-design bootstrap:
 * sites (or respondents, where there are no sites) are resampled as if they were drawn at random, and every
 * replicate is calibrated again (Elliott & Valliant 2017, section 4). It describes the spread under that model and
 * says nothing about who never came. It is never a design-based confidence interval: method and diagnostics say so.
 */
import { compensatedSum } from '../numeric/compensatedSum';
import { createRandom, type SeededRandom } from '../numeric/seededRandom';
import { fail, ok, type Result } from '../domain/result';
import { codeColumn, type IdColumn } from './design/idColumn';
import type { Domain, DomainEstimate, EstimateRequest } from './estimate';
import { commonDiagnostics, type Diagnostic, type Estimate } from './estimateRecord';
import type { EstimatorInputs } from './estimators/estimator';
import { estimators } from './estimators/registry';
import { proportionInterval, studentInterval, type Interval } from './intervals';
import { pick } from './domainRows';
import { addAt, at } from '../numeric/typedArray';

export interface NonprobabilitySample {
  /** Weights before calibration; ones when nothing is known. */
  readonly baseWeights: Float64Array;
  /** Site (or PSU-like unit) of every row; null: respondents are resampled. */
  readonly sites: IdColumn | null;
  /** Re-weights base weights to the margins; absent: the base weights are used as they are. */
  readonly calibrate?: (baseWeights: Float64Array) => Result<{ readonly weights: Float64Array }>;
  readonly seed: number | string;
  /** Default 500. */
  readonly replicateCount?: number;
}

const DEFAULT_REPLICATES = 500;
/** Replicates that cannot be calibrated are drawn again, at most this share of them. */
const REDRAW_SHARE = 0.2;

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
 * Failures: those of the calibration; NO_RESPONDENTS; CALIBRATION_NOT_CONVERGED {replicates} when too many
 * resamples cannot be calibrated (margins too fine for the sample).
 */
export function modelBasedEstimateByDomain(
  sample: NonprobabilitySample,
  request: Omit<EstimateRequest, 'domain'>,
  domains: readonly Domain[],
): Result<readonly DomainEstimate[]> {
  if (sample.baseWeights.length === 0) return fail('NO_RESPONDENTS');
  const calibrate = sample.calibrate ?? ((weights) => ok({ weights }));
  const calibrated = calibrate(sample.baseWeights);
  if (!calibrated.ok) return calibrated;
  const weights = calibrated.value.weights;
  const targets = domains.map((domain) => prepareTarget(domain, request, weights));
  const found = targets.flatMap((target) => ('rows' in target ? [target] : []));
  const units = codeColumn(sample.sites ?? Int32Array.from(weights, (_, row) => row));
  const replicates = replicate(
    { sample, calibrate, request, unitOfRow: units.codes, unitCount: units.labels.length },
    found,
  );
  if (!replicates.ok) return replicates;
  const byId = new Map(
    found.map((target, index) => [
      target,
      summarise(request, target, {
        values: replicates.value.values[index] ?? [],
        redrawn: replicates.value.redrawn,
        unitCount: countUnits(units.codes, target.rows),
      }),
    ]),
  );
  return ok(
    targets.map((target): DomainEstimate => {
      if (!('rows' in target)) return target;
      const estimate = byId.get(target);
      if (estimate === undefined) throw new Error('every target has an estimate');
      return { id: target.id, status: 'estimated', estimate };
    }),
  );
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

interface Resampling {
  readonly sample: NonprobabilitySample;
  readonly calibrate: NonNullable<NonprobabilitySample['calibrate']>;
  readonly request: Omit<EstimateRequest, 'domain'>;
  readonly unitOfRow: Int32Array;
  readonly unitCount: number;
}

interface Replicates {
  /** Replicate values of every target; replicates in which the domain came out empty are left out. */
  readonly values: readonly (readonly number[])[];
  readonly redrawn: number;
}

/** Rao & Wu (1988) resampling of n-1 of n units with factor n/(n-1) x times drawn. */
function replicate(resampling: Resampling, targets: readonly Target[]): Result<Replicates> {
  const { sample, calibrate, unitCount } = resampling;
  const count = sample.replicateCount ?? DEFAULT_REPLICATES;
  const random = createRandom(sample.seed);
  const values: number[][] = targets.map(() => []);
  let redrawn = 0;
  for (let done = 0; unitCount > 1 && done < count;) {
    const weights = calibrate(drawWeights(resampling, random));
    if (!weights.ok) {
      redrawn++;
      if (redrawn > REDRAW_SHARE * count) return fail('CALIBRATION_NOT_CONVERGED', { replicates: redrawn });
      continue;
    }
    targets.forEach((target, index) => {
      const value = estimators[resampling.request.statistic].estimate(
        target.inputs,
        pick(weights.value.weights, target.rows),
      );
      if (value.ok) values[index]?.push(value.value);
    });
    done++;
  }
  return ok({ values, redrawn });
}

function drawWeights({ sample, unitOfRow, unitCount }: Resampling, random: SeededRandom): Float64Array {
  const times = new Float64Array(unitCount);
  for (let k = 0; k < unitCount - 1; k++) {
    const unit = random.int(unitCount);
    addAt(times, unit, 1);
  }
  const factor = unitCount / (unitCount - 1);
  return sample.baseWeights.map((weight, row) => weight * factor * at(times, at(unitOfRow, row)));
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
