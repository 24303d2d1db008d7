/** Interval and design effect of an estimate that was put together from sums over PSUs. */
import type { DesignEffectReference } from '../estimation/designEffect';
import type { IntervalRequest } from '../estimation/estimate';
import { commonDiagnostics, type Diagnostic, type Estimate } from '../estimation/estimateRecord';
import type { StatisticId } from '../estimation/estimators/registry';
import { proportionInterval, studentInterval, type Interval } from '../estimation/intervals';

export interface FederatedRequest {
  readonly interval?: IntervalRequest;
  /** What the design effect compares with; default drawing without replacement. */
  readonly designEffectReference?: DesignEffectReference;
}

interface StatisticRequest extends FederatedRequest {
  readonly statistic: StatisticId;
}

export function federatedInterval(
  found: Estimate,
  respondentCount: number,
  { statistic, interval }: StatisticRequest,
): Interval | null {
  const evidence = {
    estimate: found.estimate,
    variance: found.variance ?? 0,
    respondentCount,
    degreesOfFreedom: found.degreesOfFreedom,
    confidenceLevel: interval?.confidenceLevel ?? 0.95,
  };
  return statistic === 'proportion'
    ? proportionInterval(interval?.method ?? 'logit', evidence)
    : studentInterval(evidence);
}

interface DomainSums {
  readonly respondents: number;
  readonly weight: number;
  readonly outcome: number;
  readonly squaredOutcome: number;
}

/** As `designEffect`, with the spread of the outcome from sum w y^2 / sum w - mean^2. */
export function federatedEffect(
  found: Estimate,
  sums: DomainSums,
  { statistic, designEffectReference }: StatisticRequest,
): Pick<Estimate, 'designEffect' | 'effectiveSampleSize'> {
  const { respondents: n, weight } = sums;
  const { variance } = found;
  const spread = sums.squaredOutcome / weight - (sums.outcome / weight) ** 2;
  if (statistic === 'ratio' || variance === null || !(variance > 0) || n < 2 || !(spread > 0)) {
    return { designEffect: null, effectiveSampleSize: null };
  }
  const finite = designEffectReference !== 'withReplacement' && weight > n ? (weight - n) / weight : 1;
  const perMean = statistic === 'total' ? variance / weight ** 2 : variance;
  return {
    designEffect: perMean / ((spread / (n - 1)) * finite),
    effectiveSampleSize: statistic === 'total' ? null : spread / variance,
  };
}

/** The warnings `estimate` would give on the pooled file. */
export function federatedDiagnostics(
  numbers: Omit<Estimate, 'diagnostics'>,
  fromPsus: Estimate,
  facts: StatisticRequest & {
    readonly missing: number;
    readonly respondents: number;
    readonly weight: number;
  },
): readonly Diagnostic[] {
  const { interval, variance } = numbers;
  const asked = facts.interval?.method ?? 'logit';
  const found = commonDiagnostics(numbers);
  if (facts.missing > 0) found.push({ code: 'MISSING_OUTCOMES', params: { count: facts.missing } });
  found.push(...fromPsus.diagnostics.filter(({ code }) => code === 'SINGLE_PSU_STRATA'));
  if (facts.statistic !== 'ratio' && variance !== null && facts.weight <= facts.respondents) {
    found.push({ code: 'WEIGHTS_NOT_IN_POPULATION_UNITS', params: {} });
  }
  if (facts.statistic === 'proportion' && interval !== null && interval.method !== asked) {
    found.push({ code: 'INTERVAL_FALLBACK', params: { method: interval.method } });
  }
  return found;
}
