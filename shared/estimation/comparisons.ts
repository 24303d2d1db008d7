/**
 * All pairwise differences of domain estimates with their adjusted p-values.
 * Covariances count: districts that share calibration margins are not independent.
 */
import { studentCdf } from '../numeric/distributions';
import { studentizedRangeUpper } from '../numeric/studentizedRange';
import { at } from '../numeric/typedArray';
import { adjustPValues, type Adjustment } from './multiplicity';

export interface ComparedEstimates {
  readonly ids: readonly string[];
  readonly estimates: Float64Array;
  /** Row-major, ids x ids. */
  readonly covariance: Float64Array;
  /** Of the whole design; Infinity for the normal distribution. */
  readonly degreesOfFreedom: number;
  /**
   * Of every estimate by itself (PSUs minus strata with rows of the domain). Where given, a difference has Welch's
   * degrees of freedom: the error of a district with four PSUs is itself known from four PSUs only.
   */
  readonly ownDegreesOfFreedom?: Float64Array;
}

export interface PairwiseDifference {
  readonly first: string;
  readonly second: string;
  /** first minus second. */
  readonly difference: number;
  /** Null (with statistic and p-values) when joint probabilities make the variance negative. */
  readonly standardError: number | null;
  readonly degreesOfFreedom: number;
  /** difference / standardError; 0 when both are 0. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Adjusted over the pairs that have a p-value. */
  readonly adjustedPValue: number | null;
}

export interface DescribedDifference extends PairwiseDifference {
  /** P-value of Tukey's studentized range; description only, exact for independent estimates of equal precision. */
  readonly tukeyPValue: number | null;
}

/** Independent estimates from standard errors: a diagonal covariance matrix. */
export function independentEstimates(
  ids: readonly string[],
  estimates: Float64Array,
  standardErrors: Float64Array,
): ComparedEstimates {
  const covariance = new Float64Array(ids.length ** 2);
  standardErrors.forEach((error, k) => (covariance[k * ids.length + k] = error * error));
  return { ids, estimates, covariance, degreesOfFreedom: Infinity };
}

/** A variance that is negative by no more than this share of its terms is a zero met by rounding. */
const ROUNDING = 1e-12;

/** Root of a variance made of terms of size `scale`; null when it is negative beyond rounding, never 0 instead. */
export function errorOf(variance: number, scale: number): number | null {
  if (variance >= 0) return Math.sqrt(variance);
  return variance >= -ROUNDING * scale ? 0 : null;
}

/** Standard error of estimate i minus estimate j; null when its variance is negative. */
export function differenceError(compared: ComparedEstimates, i: number, j: number): number | null {
  const [own, other, shared] = [cell(compared, i, i), cell(compared, j, j), cell(compared, i, j)];
  return errorOf(own + other - 2 * shared, Math.abs(own) + Math.abs(other) + 2 * Math.abs(shared));
}

const cell = ({ covariance, ids }: ComparedEstimates, row: number, column: number): number =>
  at(covariance, row * ids.length + column);

/**
 * Degrees of freedom of estimate i minus estimate j: (Vi + Vj)^2 / (Vi^2/dfi + Vj^2/dfj) (Welch 1947; Games & Howell
 * 1976), at most the design's; the design's where single estimates have none of their own.
 */
export function differenceDegreesOfFreedom(compared: ComparedEstimates, i: number, j: number): number {
  const { ownDegreesOfFreedom: own, degreesOfFreedom } = compared;
  if (own === undefined) return degreesOfFreedom;
  const parts = [i, j].map((k) => ({ variance: cell(compared, k, k), df: at(own, k) }));
  const sum = parts.reduce((total, { variance }) => total + variance, 0);
  const spread = parts.reduce(
    (total, { variance, df }) => total + (variance === 0 ? 0 : variance ** 2 / df),
    0,
  );
  return spread > 0 ? Math.min(degreesOfFreedom, sum ** 2 / spread) : degreesOfFreedom;
}

/** Difference over its standard error; 0 for equal estimates, null without a standard error. */
export function standardisedDifference(compared: ComparedEstimates, i: number, j: number): number | null {
  const difference = at(compared.estimates, i) - at(compared.estimates, j);
  const error = differenceError(compared, i, j);
  if (error === null) return null;
  return difference === 0 ? 0 : difference / error;
}

/** Two-sided P(|T| >= |t|); normal at infinite degrees of freedom. */
export const twoSidedPValue = (t: number, degreesOfFreedom: number): number =>
  2 * studentCdf(-Math.abs(t), degreesOfFreedom);

/** Adjusts the p-values there are; those missing stay missing and do not count as tests. */
export function adjustKnown(
  pValues: readonly (number | null)[],
  adjustment: Adjustment,
): readonly (number | null)[] {
  const adjusted = adjustPValues(
    pValues.filter((p) => p !== null),
    adjustment,
  );
  let next = 0;
  return pValues.map((p) => (p === null ? null : (adjusted[next++] ?? null)));
}

/** Pairs (first, second) ordered as R's upper triangle by columns: (1,2), (1,3), (2,3), (1,4) ... */
export function pairwiseDifferences(
  compared: ComparedEstimates,
  adjustment: Adjustment = 'holm',
): readonly PairwiseDifference[] {
  const { ids } = compared;
  const pairs = ids.flatMap((second, j) =>
    ids.slice(0, j).map((first, i) => ({
      first,
      second,
      difference: at(compared.estimates, i) - at(compared.estimates, j),
      standardError: differenceError(compared, i, j),
      degreesOfFreedom: differenceDegreesOfFreedom(compared, i, j),
      statistic: standardisedDifference(compared, i, j),
    })),
  );
  const pValues = pairs.map(({ statistic, degreesOfFreedom }) =>
    statistic === null ? null : twoSidedPValue(statistic, degreesOfFreedom),
  );
  const adjusted = adjustKnown(pValues, adjustment);
  return pairs.map((pair, index) => ({
    ...pair,
    pValue: pValues[index] ?? null,
    adjustedPValue: adjusted[index] ?? null,
  }));
}

/** The same with Tukey's p-values; `maxTDistribution` gives exact simultaneous ones for any covariance. */
export const withTukeyPValues = (
  pairs: readonly PairwiseDifference[],
  estimateCount: number,
): readonly DescribedDifference[] =>
  pairs.map((pair) => ({
    ...pair,
    tukeyPValue:
      pair.statistic === null
        ? null
        : studentizedRangeUpper(Math.abs(pair.statistic) * Math.SQRT2, estimateCount, pair.degreesOfFreedom),
  }));
