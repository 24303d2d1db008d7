/**
 * Weighted quantiles with Woodruff intervals (Woodruff 1952): an interval for the share at or below the estimated
 * quantile is turned back into values with the same rule. Standard error = width / (2 t).
 * Agrees with R: survey::svyquantile(qrule = "math" | "school" | "hf4" | "hf7", interval.type = "mean" | "xlogit").
 */
import { ok, type Result } from '../domain/result';
import { studentQuantile } from '../numeric/distributions';
import { at } from '../numeric/typedArray';
import type { SurveyDesign } from './design/surveyDesign';
import { domainRows, pick } from './domainRows';
import { estimate } from './estimate';
import type { Estimate } from './estimateRecord';
import { proportionInterval, type Interval } from './intervals';

/**
 * `math`: smallest value with F >= p (inverse distribution function). `school`: the same, halfway where F = p exactly.
 * `hf4`, `hf7`: Hyndman & Fan (1996) types 4 and 7 with weights. `hf4` and `hf7` depend on the order of tied rows.
 */
export type QuantileRule = 'math' | 'school' | 'hf4' | 'hf7';

export interface QuantileRequest {
  readonly outcome: Float64Array;
  readonly domain?: Uint8Array | null;
  /** Each 0..1 exclusive. */
  readonly probabilities: readonly number[];
  /** Default `math`. */
  readonly rule?: QuantileRule;
  /** Interval of the share that is inverted; default `mean`. */
  readonly interval?: 'mean' | 'xlogit';
  readonly confidenceLevel?: number;
}

export interface QuantileEstimate {
  readonly probability: number;
  readonly estimate: number;
  /** Null without degrees of freedom, or when the share's interval leaves 0..1. */
  readonly interval: Interval | null;
  readonly standardError: number | null;
  readonly degreesOfFreedom: number;
  readonly respondentCount: number;
}

interface SortedSample {
  readonly values: Float64Array;
  /** Running sum of the weights in the order of the values. */
  readonly cumulated: Float64Array;
  readonly weightTotal: number;
}

/** Failures: those of `estimate`. */
export function estimateQuantiles(
  design: SurveyDesign,
  request: QuantileRequest,
): Result<readonly QuantileEstimate[]> {
  const { rows } = domainRows(design, request, request.domain ?? null);
  const sorted = sortSample(pick(request.outcome, rows), pick(design.weights, rows));
  const found: QuantileEstimate[] = [];
  for (const probability of request.probabilities) {
    const value = quantileOf(sorted, probability, request.rule ?? 'math');
    const below = request.outcome.map((y) => (Number.isNaN(y) ? NaN : y <= value ? 1 : 0));
    const share = estimate(design, { statistic: 'mean', outcome: below, domain: request.domain ?? null });
    if (!share.ok) return share;
    found.push({
      probability,
      estimate: value,
      ...woodruff(sorted, share.value, request),
      degreesOfFreedom: share.value.degreesOfFreedom,
      respondentCount: rows.length,
    });
  }
  return ok(found);
}

/**
 * Weighted quantile of values by a rule; rows of weight zero do not count.
 * @example values 1, 2, 3 with weights 1, 1, 2 have the median 2 under `math`.
 */
export function weightedQuantile(
  values: Float64Array,
  weights: Float64Array,
  probability: number,
  rule: QuantileRule = 'math',
): number {
  const used = values.filter((_, row) => at(weights, row) !== 0);
  return quantileOf(
    sortSample(
      used,
      weights.filter((weight) => weight !== 0),
    ),
    probability,
    rule,
  );
}

function sortSample(values: Float64Array, weights: Float64Array): SortedSample {
  const order = Array.from(values.keys()).sort((a, b) => at(values, a) - at(values, b) || a - b);
  const cumulated = new Float64Array(order.length);
  let sum = 0;
  let correction = 0;
  order.forEach((row, position) => {
    const weight = at(weights, row);
    const next = sum + weight;
    correction += sum >= weight ? sum - next + weight : weight - next + sum;
    sum = next;
    cumulated[position] = sum + correction;
  });
  return {
    values: Float64Array.from(order, (row) => at(values, row)),
    cumulated,
    weightTotal: at(cumulated, cumulated.length - 1),
  };
}

/** Last position with running weight <= limit, or 0. */
function lastAtMost(cumulated: Float64Array, limit: number): number {
  let low = 0;
  let high = cumulated.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(cumulated, middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function quantileOf(sorted: SortedSample, probability: number, rule: QuantileRule): number {
  if (rule === 'hf7') return interpolateFromZero(sorted, probability);
  const { values, cumulated, weightTotal } = sorted;
  const position = lastAtMost(cumulated, probability * weightTotal);
  const next = Math.min(position + 1, values.length - 1);
  const below = probability - at(cumulated, position) / weightTotal;
  const above = at(cumulated, next) / weightTotal - probability;
  const [lower, upper] = [at(values, position), at(values, next)];
  if (rule === 'hf4') {
    const share = below + above === 0 ? 0 : below / (below + above);
    return lower * (1 - share) + upper * share;
  }
  if (below !== 0) return firstReaches(sorted, probability) ? lower : upper;
  return rule === 'school' ? (lower + upper) / 2 : lower;
}

/** The very first value already holds more than the asked share. */
const firstReaches = ({ cumulated, weightTotal }: SortedSample, probability: number): boolean =>
  at(cumulated, 0) > probability * weightTotal;

/** Type 7: the running weights before each value, as a share of all but the last, carry the values. */
function interpolateFromZero({ values, cumulated }: SortedSample, probability: number): number {
  const last = values.length - 1;
  const total = at(cumulated, last - 1);
  if (last === 0 || probability >= 1) return at(values, last);
  const target = probability * total;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (at(cumulated, middle - 1) <= target) low = middle;
    else high = middle;
  }
  const before = low === 0 ? 0 : at(cumulated, low - 1);
  const share = (target - before) / (at(cumulated, high - 1) - before);
  return at(values, low) + share * (at(values, high) - at(values, low));
}

function woodruff(
  sorted: SortedSample,
  share: Estimate,
  request: QuantileRequest,
): Pick<QuantileEstimate, 'interval' | 'standardError'> {
  const level = request.confidenceLevel ?? 0.95;
  const around =
    share.variance === null
      ? null
      : proportionInterval(request.interval ?? 'mean', {
          ...share,
          variance: share.variance,
          confidenceLevel: level,
        });
  if (around === null || around.lower < 0 || around.upper > 1) return { interval: null, standardError: null };
  const rule = request.rule ?? 'math';
  const lower = quantileOf(sorted, around.lower, rule);
  const upper = quantileOf(sorted, around.upper, rule);
  const t = studentQuantile((1 + level) / 2, share.degreesOfFreedom);
  return { interval: { lower, upper, level, method: 'woodruff' }, standardError: (upper - lower) / (2 * t) };
}
