/**
 * The door of the engine: point estimate, linearised variance, interval and design effect of one statistic,
 * for everyone, for one domain, or for many domains. The design is never cut down to a domain.
 */
import { compensatedSum } from '../numeric/compensatedSum';
import { fail, ok, type Result } from '../domain/result';
import type { SurveyDesign } from './design/surveyDesign';
import { designEffect, type DesignEffect, type DesignEffectReference } from './designEffect';
import {
  domainDegreesOfFreedom,
  domainRows,
  domainRowsOf,
  domainSize,
  pick,
  type DomainRows,
  type Domains,
} from './domainRows';
import { commonDiagnostics, type Diagnostic, type Estimate } from './estimateRecord';
import type { EstimatorInputs } from './estimators/estimator';
import { estimators, type StatisticId } from './estimators/registry';
import {
  proportionInterval,
  studentInterval,
  type Interval,
  type ProportionIntervalMethod,
} from './intervals';
import { influenceTotals, linearisedVariance } from './variance/linearised';

export interface IntervalRequest {
  /** Form of a proportion's interval; other statistics always get Student's t. Default `logit`. */
  readonly method?: ProportionIntervalMethod;
  /** 0..1, default 0.95. */
  readonly confidenceLevel?: number;
}

export interface EstimateRequest {
  readonly statistic: StatisticId;
  /** One value per row of the design; NaN = missing, which puts the row outside the domain. */
  readonly outcome: Float64Array;
  /** Denominator of a ratio, one per row. */
  readonly denominator?: Float64Array | null;
  /** 1 = in the domain; null or absent = everyone. */
  readonly domain?: Uint8Array | null;
  readonly interval?: IntervalRequest;
  /** What the design effect compares with; default drawing without replacement. */
  readonly designEffectReference?: DesignEffectReference;
}

export type { CodedDomains, Domain, Domains } from './domainRows';

/** An empty domain is reported, never dropped. */
export type DomainEstimate =
  | { readonly id: string; readonly status: 'estimated'; readonly estimate: Estimate }
  | {
      readonly id: string;
      readonly status: 'empty';
      readonly reason: 'noRespondents' | 'allMissing' | 'zeroDenominator';
      readonly respondentCount: 0;
    };

/**
 * Estimates one statistic with its sampling error.
 * Failures: EMPTY_DOMAIN {missing} when no row has a weight and a value; EMPTY_DENOMINATOR;
 * INVALID_INPUT {field, row} when a proportion's outcome is not 0 or 1.
 * Agrees with R: svymean / svytotal / svyratio / svyciprop on `subset(design, domain)`.
 */
export function estimate(design: SurveyDesign, request: EstimateRequest): Result<Estimate> {
  const binary = requireBinary(request);
  return binary.ok
    ? estimateRows(design, request, domainRows(design, request, request.domain ?? null))
    : binary;
}

/**
 * The same statistic for many domains, in the order given. Domains that do not overlap are best given coded: hundreds
 * of them cost little more than one.
 */
export function estimateByDomain(
  design: SurveyDesign,
  request: Omit<EstimateRequest, 'domain'>,
  domains: Domains,
): Result<readonly DomainEstimate[]> {
  const binary = requireBinary(request);
  if (!binary.ok) return binary;
  const found: DomainEstimate[] = [];
  for (const selected of domainRowsOf(design, request, domains)) {
    found.push(domainEstimate(design, request, selected));
  }
  return ok(found);
}

function domainEstimate(
  design: SurveyDesign,
  request: Omit<EstimateRequest, 'domain'>,
  selected: DomainRows & { readonly id: string },
): DomainEstimate {
  const { id } = selected;
  const result = estimateRows(design, request, selected);
  if (result.ok) return { id, status: 'estimated', estimate: result.value };
  const reason =
    result.failure.code === 'EMPTY_DENOMINATOR'
      ? 'zeroDenominator'
      : selected.missingRows.length > 0
        ? 'allMissing'
        : 'noRespondents';
  return { id, status: 'empty', reason, respondentCount: 0 };
}

function requireBinary(request: Pick<EstimateRequest, 'statistic' | 'outcome'>): Result<true> {
  if (request.statistic !== 'proportion') return ok(true);
  const row = request.outcome.findIndex((value) => value !== 0 && value !== 1 && !Number.isNaN(value));
  return row < 0 ? ok(true) : fail('INVALID_INPUT', { field: 'outcome', row: row + 1 });
}

function estimateRows(
  design: SurveyDesign,
  request: Omit<EstimateRequest, 'domain'>,
  selected: DomainRows,
): Result<Estimate> {
  const { rows } = selected;
  const missingCount = selected.missingRows.length;
  if (rows.length === 0) return fail('EMPTY_DOMAIN', { missing: missingCount });
  const estimator = estimators[request.statistic];
  const inputs: EstimatorInputs = {
    outcome: pick(request.outcome, rows),
    denominator: request.denominator ? pick(request.denominator, rows) : null,
  };
  const weights = pick(design.weights, rows);
  const point = estimator.estimate(inputs, weights);
  if (!point.ok) return point;

  const size = domainSize(design, rows);
  const degreesOfFreedom = domainDegreesOfFreedom(design, selected, size);
  const influence = estimator.influence(inputs, weights, point.value);
  const { variance, isNegative } = usableVariance(design, { rows, influence, degreesOfFreedom });
  const weightTotal = compensatedSum(weights);
  const effect = effectOf(request, { outcome: inputs.outcome, weights, weightTotal, variance });
  const interval = isNegative
    ? null
    : intervalOf(request, {
        estimate: point.value,
        variance: variance ?? 0,
        respondentCount: rows.length,
        degreesOfFreedom,
      });
  const standardError = variance === null ? null : Math.sqrt(variance);
  const numbers = {
    estimate: point.value,
    variance,
    standardError,
    degreesOfFreedom,
    interval,
    coefficientOfVariation:
      standardError === null || point.value === 0 ? null : standardError / Math.abs(point.value),
    designEffect: effect.designEffect,
    effectiveSampleSize: effect.effectiveSampleSize,
    respondentCount: rows.length,
    ...size,
    weightTotal,
  };
  const diagnostics = [
    ...commonDiagnostics(numbers),
    ...sampleDiagnostics(design, weights, { missingCount, effect, isNegative }),
    ...fallbackDiagnostic(request, interval),
  ];
  return ok({ ...numbers, method: 'linearised', diagnostics });
}

/** No variance without degrees of freedom, and none where joint probabilities make it negative. */
function usableVariance(
  design: SurveyDesign,
  linear: { readonly rows: Int32Array; readonly influence: Float64Array; readonly degreesOfFreedom: number },
): { readonly variance: number | null; readonly isNegative: boolean } {
  if (linear.degreesOfFreedom <= 0) return { variance: null, isNegative: false };
  const variance = linearisedVariance(design, influenceTotals(design, linear.rows, linear.influence));
  return variance < 0 ? { variance: null, isNegative: true } : { variance, isNegative: false };
}

const noEffect: DesignEffect = {
  designEffect: null,
  effectiveSampleSize: null,
  weightsInPopulationUnits: true,
};

function effectOf(
  request: Omit<EstimateRequest, 'domain'>,
  numbers: {
    readonly outcome: Float64Array;
    readonly weights: Float64Array;
    readonly weightTotal: number;
    readonly variance: number | null;
  },
): DesignEffect {
  if (request.statistic === 'ratio' || numbers.variance === null) return noEffect;
  return designEffect({
    ...numbers,
    variance: numbers.variance,
    statistic: request.statistic === 'total' ? 'total' : 'mean',
    reference: request.designEffectReference ?? 'withoutReplacement',
  });
}

function intervalOf(
  request: Omit<EstimateRequest, 'domain'>,
  numbers: {
    readonly estimate: number;
    readonly variance: number;
    readonly respondentCount: number;
    readonly degreesOfFreedom: number;
  },
): Interval | null {
  const evidence = { ...numbers, confidenceLevel: request.interval?.confidenceLevel ?? 0.95 };
  return request.statistic === 'proportion'
    ? proportionInterval(request.interval?.method ?? 'logit', evidence)
    : studentInterval(evidence);
}

function fallbackDiagnostic(
  request: Omit<EstimateRequest, 'domain'>,
  interval: Interval | null,
): readonly Diagnostic[] {
  const asked = request.interval?.method ?? 'logit';
  return request.statistic === 'proportion' && interval !== null && interval.method !== asked
    ? [{ code: 'INTERVAL_FALLBACK', params: { method: interval.method } }]
    : [];
}

function sampleDiagnostics(
  design: SurveyDesign,
  weights: Float64Array,
  facts: { readonly missingCount: number; readonly effect: DesignEffect; readonly isNegative: boolean },
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (facts.missingCount > 0) found.push({ code: 'MISSING_OUTCOMES', params: { count: facts.missingCount } });
  const negative = weights.reduce((count, weight) => count + (weight < 0 ? 1 : 0), 0);
  if (negative > 0) found.push({ code: 'NEGATIVE_WEIGHTS', params: { count: negative } });
  const singles = design.stages[0]?.isSingle.reduce((sum, single) => sum + single, 0) ?? 0;
  if (singles > 0) found.push({ code: 'SINGLE_PSU_STRATA', params: { count: singles } });
  if (facts.isNegative) found.push({ code: 'NEGATIVE_VARIANCE', params: {} });
  if (!facts.effect.weightsInPopulationUnits) {
    found.push({ code: 'WEIGHTS_NOT_IN_POPULATION_UNITS', params: {} });
  }
  return found;
}
