/**
 * Whether a sub-score tells more about its own true score than the total does (Haberman 2008). With moments weighted by
 * the survey, PRMSE = proportional reduction of mean squared error in predicting the true sub-score:
 *   from the sub-score   PRMSE_s = alpha_s
 *   from the total       PRMSE_x = (cov(s, x) - var(s)(1 - alpha_s))^2 / (alpha_s var(s) var(x))
 * since the errors of the sub-score are part of those of the total. A sub-score has value when PRMSE_s > PRMSE_x.
 * Sources: Haberman (2008), J. Educ. Behav. Stat. 33, 204-229; Sinharay (2010). Agrees with R: subscore::CTTsub.
 */
import { ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import { classicalStatistics } from './classical';
import { rawScores, responseAt, weightAt, type ResponseMatrix } from './responses';

export interface SubScore {
  readonly id: string;
  readonly itemIds: readonly string[];
}

export interface SubScoreValue {
  readonly id: string;
  readonly itemCount: number;
  /** Coefficient alpha of the sub-score = PRMSE_s; null without variation or with one item. */
  readonly alpha: number | null;
  /** Null where alpha is missing or not positive: there is no true sub-score to predict. */
  readonly totalReduction: number | null;
  /** Correlation of the true sub-score with the true total, null as above; may pass 1 by sampling error. */
  readonly trueCorrelation: number | null;
  /** individual: the sub-score itself predicts better than the total; group: report means of groups only. */
  readonly verdict: 'individual' | 'group';
}

function columnsOf(matrix: ResponseMatrix, itemIds: readonly string[]): ResponseMatrix {
  const places = itemIds.map((id) => matrix.itemIds.indexOf(id)).filter((place) => place >= 0);
  const values = new Uint8Array(matrix.personCount * places.length);
  for (let person = 0; person < matrix.personCount; person++)
    places.forEach((place, k) => (values[person * places.length + k] = responseAt(matrix, person, place)));
  return { ...matrix, itemIds: places.map((place) => matrix.itemIds[place] ?? ''), values };
}

interface Moments {
  readonly variance: number;
  readonly totalVariance: number;
  readonly covariance: number;
}

/** Weighted moments; the divisor cancels in every ratio that is made of them. */
function momentsOf(matrix: ResponseMatrix, own: Int32Array, total: Int32Array): Moments {
  let [weights, sumS, sumX, sumSS, sumXX, sumSX] = [0, 0, 0, 0, 0, 0];
  for (let person = 0; person < matrix.personCount; person++) {
    const weight = weightAt(matrix, person);
    const [s, x] = [at(own, person), at(total, person)];
    weights += weight;
    sumS += weight * s;
    sumX += weight * x;
    sumSS += weight * s * s;
    sumXX += weight * x * x;
    sumSX += weight * s * x;
  }
  const [meanS, meanX] = [sumS / weights, sumX / weights];
  return {
    variance: sumSS / weights - meanS * meanS,
    totalVariance: sumXX / weights - meanX * meanX,
    covariance: sumSX / weights - meanS * meanX,
  };
}

type Prediction = Pick<SubScoreValue, 'totalReduction' | 'trueCorrelation'>;

function predictionOf(moments: Moments, alpha: number | null, totalAlpha: number | null): Prediction {
  const { variance, totalVariance, covariance } = moments;
  if (alpha === null || alpha <= 0 || !(totalVariance > 0))
    return { totalReduction: null, trueCorrelation: null };
  const trueCovariance = covariance - variance * (1 - alpha);
  const trueVariance = alpha * variance;
  const hasTotal = totalAlpha !== null && totalAlpha > 0;
  return {
    totalReduction: trueCovariance ** 2 / (trueVariance * totalVariance),
    trueCorrelation: hasTotal ? trueCovariance / Math.sqrt(trueVariance * totalAlpha * totalVariance) : null,
  };
}

/**
 * Values of sub-scores counted in right answers, against the number right of all items of the matrix. Sub-scores without
 * items in the matrix are left out. Failures: those of `classicalStatistics`.
 */
export function subScoreValues(
  matrix: ResponseMatrix,
  subScores: readonly SubScore[],
): Result<readonly SubScoreValue[]> {
  const whole = classicalStatistics(matrix);
  if (!whole.ok) return whole;
  const total = rawScores(matrix);
  const found: SubScoreValue[] = [];
  for (const { id, itemIds } of subScores) {
    const own = columnsOf(matrix, itemIds);
    if (own.itemIds.length === 0) continue;
    const statistics = classicalStatistics(own);
    if (!statistics.ok) return statistics;
    const { alpha } = statistics.value;
    const prediction = predictionOf(momentsOf(matrix, rawScores(own), total), alpha, whole.value.alpha);
    const isOwnBetter =
      alpha !== null && prediction.totalReduction !== null && alpha > prediction.totalReduction;
    found.push({
      id,
      itemCount: own.itemIds.length,
      alpha,
      ...prediction,
      verdict: isOwnBetter ? 'individual' : 'group',
    });
  }
  return ok(found);
}
