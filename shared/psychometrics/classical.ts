/**
 * Classical item and test statistics of one booklet, weighted or not.
 * Weighted moments use weights scaled to sum 1; unweighted standard deviations divide by n - 1, and one divisor is used
 * throughout, so that KR-20 is coefficient alpha. Sources: Kuder & Richardson (1937), Cronbach (1951), Ebel (1954).
 * Agrees with R: psych::alpha (alpha, r.drop, alpha.drop), cor(item, total - item).
 */
import { fail, ok, type Result } from '../domain/result';
import { normalQuantile } from '../numeric/distributions';
import { at } from '../numeric/typedArray';
import { normalDensity, standardNormal } from './irt/latentGrid';
import { notPresented, rawScores, responseAt, weightAt, type ResponseMatrix } from './responses';

export interface ClassicalItem {
  readonly itemId: string;
  /** Weighted share right (p). */
  readonly difficulty: number;
  /** Null where the item or the score does not vary. */
  readonly itemTotalCorrelation: number | null;
  /** Corrected point-biserial: item with the score without it. */
  readonly itemRestCorrelation: number | null;
  readonly biserial: number | null;
  readonly alphaIfDeleted: number | null;
  /** p among the top 27 % of persons minus p among the bottom 27 %, unweighted. */
  readonly discriminationIndex: number;
}

export interface ClassicalStatistics {
  readonly respondentCount: number;
  /** Number-right score. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** Coefficient alpha = KR-20; null without variation or with one item. */
  readonly alpha: number | null;
  readonly kr21: number | null;
  /** Standard deviation x sqrt(1 - alpha), in right answers. */
  readonly standardErrorOfMeasurement: number | null;
  readonly items: readonly ClassicalItem[];
}

/** Share of persons in each extreme group (Kelley 1939). */
export const extremeGroupShare = 0.27;

/** Persons by ascending score, ties in file order; the first and last ceil(.27 n) are the extreme groups. */
export function extremeGroups(scores: Int32Array): { readonly bottom: Int32Array; readonly top: Int32Array } {
  const order = Int32Array.from(scores.keys()).sort((i, j) => at(scores, i) - at(scores, j) || i - j);
  const size = Math.ceil(extremeGroupShare * order.length);
  return { bottom: order.slice(0, size), top: order.slice(order.length - size) };
}

interface Weighting {
  /** Sums to 1. */
  readonly shares: Float64Array;
  /** n / (n - 1) without weights, else 1. */
  readonly correction: number;
}

function weightingOf(matrix: ResponseMatrix): Weighting {
  const weights = Float64Array.from({ length: matrix.personCount }, (_, person) => weightAt(matrix, person));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const count = matrix.personCount;
  return {
    shares: weights.map((weight) => weight / total),
    correction: matrix.weights === null && count > 1 ? count / (count - 1) : 1,
  };
}

interface ScoreMoments {
  readonly mean: number;
  readonly variance: number;
}

function momentsOf(values: ArrayLike<number>, { shares }: Weighting): ScoreMoments {
  const mean = shares.reduce((sum, share, v) => sum + share * (values[v] ?? 0), 0);
  const variance = shares.reduce((sum, share, v) => sum + share * ((values[v] ?? 0) - mean) ** 2, 0);
  return { mean, variance };
}

interface ItemMoments {
  readonly p: number;
  /** Covariance with the score. */
  readonly covariance: number;
}

function itemMoments(
  matrix: ResponseMatrix,
  scores: Int32Array,
  weighting: Weighting,
  item: number,
): ItemMoments {
  const { mean } = momentsOf(scores, weighting);
  let [p, product] = [0, 0];
  for (let person = 0; person < matrix.personCount; person++) {
    if (responseAt(matrix, person, item) !== 1) continue;
    const share = at(weighting.shares, person);
    p += share;
    product += share * (at(scores, person) - mean);
  }
  return { p, covariance: product };
}

const correlation = (covariance: number, first: number, second: number): number | null =>
  first > 0 && second > 0 ? covariance / Math.sqrt(first * second) : null;

const alphaOf = (items: number, itemVariances: number, variance: number): number | null =>
  items > 1 && variance > 0 ? (items / (items - 1)) * (1 - itemVariances / variance) : null;

function biserialOf(p: number, itemTotal: number | null): number | null {
  if (itemTotal === null) return null;
  return (itemTotal * Math.sqrt(p * (1 - p))) / normalDensity(normalQuantile(p), standardNormal);
}

interface Whole {
  readonly variance: number;
  readonly itemVariances: number;
  readonly itemCount: number;
}

function classicalItem(
  itemId: string,
  { p, covariance }: ItemMoments,
  whole: Whole,
): Omit<ClassicalItem, 'discriminationIndex'> {
  const own = p * (1 - p);
  const restVariance = whole.variance - 2 * covariance + own;
  const itemTotalCorrelation = correlation(covariance, own, whole.variance);
  return {
    itemId,
    difficulty: p,
    itemTotalCorrelation,
    itemRestCorrelation: correlation(covariance - own, own, restVariance),
    biserial: biserialOf(p, itemTotalCorrelation),
    alphaIfDeleted: alphaOf(whole.itemCount - 1, whole.itemVariances - own, restVariance),
  };
}

/**
 * Statistics of a matrix without gaps (`bookletMatrix` makes one).
 * Failures: NO_RESPONDENTS; INVALID_INPUT {field: 'responses'} when an item was not presented to everybody.
 */
export function classicalStatistics(matrix: ResponseMatrix): Result<ClassicalStatistics> {
  if (matrix.personCount === 0) return fail('NO_RESPONDENTS');
  if (matrix.values.includes(notPresented)) return fail('INVALID_INPUT', { field: 'responses' });
  const itemCount = matrix.itemIds.length;
  const [scores, weighting] = [rawScores(matrix), weightingOf(matrix)];
  const { mean, variance } = momentsOf(scores, weighting);
  const moments = matrix.itemIds.map((_, item) => itemMoments(matrix, scores, weighting, item));
  const whole = { variance, itemCount, itemVariances: moments.reduce((sum, { p }) => sum + p * (1 - p), 0) };
  const { bottom, top } = extremeGroups(scores);
  const shareRight = (persons: Int32Array, item: number): number =>
    persons.reduce((sum, person) => sum + responseAt(matrix, person, item), 0) / persons.length;
  const alpha = alphaOf(itemCount, whole.itemVariances, variance);
  const standardDeviation = Math.sqrt(variance * weighting.correction);
  return ok({
    respondentCount: matrix.personCount,
    mean,
    standardDeviation,
    alpha,
    kr21: alphaOf(itemCount, (mean * (itemCount - mean)) / itemCount, variance),
    standardErrorOfMeasurement: alpha === null ? null : standardDeviation * Math.sqrt(1 - alpha),
    items: moments.map((each, item) => ({
      ...classicalItem(matrix.itemIds[item] ?? '', each, whole),
      discriminationIndex: shareRight(top, item) - shareRight(bottom, item),
    })),
  });
}

/** Reliability of a test k times as long (Spearman 1910; Brown 1910). */
export const spearmanBrown = (reliability: number, k: number): number =>
  (k * reliability) / (1 + (k - 1) * reliability);
