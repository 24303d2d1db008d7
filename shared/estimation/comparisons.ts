/**
 * All pairwise differences of domain estimates with their adjusted p-values.
 * Covariances count: districts that share calibration margins are not independent.
 */
import { normalCdf, studentCdf } from '../numeric/distributions';
import { studentizedRangeUpper } from '../numeric/studentizedRange';
import { at } from '../numeric/typedArray';
import { adjustPValues, type Adjustment } from './multiplicity';

export interface ComparedEstimates {
  readonly ids: readonly string[];
  readonly estimates: Float64Array;
  /** Row-major, ids x ids. */
  readonly covariance: Float64Array;
  /** Infinity for the normal distribution. */
  readonly degreesOfFreedom: number;
}

export interface PairwiseDifference {
  readonly first: string;
  readonly second: string;
  /** first minus second. */
  readonly difference: number;
  readonly standardError: number;
  /** difference / standardError; 0 when both are 0. */
  readonly statistic: number;
  readonly pValue: number;
  readonly adjustedPValue: number;
  /** P-value of Tukey's studentized range; description only, exact for independent estimates of equal precision. */
  readonly tukeyPValue: number;
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

/** Standard error of estimate i minus estimate j. */
export function differenceError(compared: ComparedEstimates, i: number, j: number): number {
  const { covariance, ids } = compared;
  const cell = (row: number, column: number): number => at(covariance, row * ids.length + column);
  return Math.sqrt(Math.max(0, cell(i, i) + cell(j, j) - 2 * cell(i, j)));
}

export const standardisedDifference = (compared: ComparedEstimates, i: number, j: number): number => {
  const difference = at(compared.estimates, i) - at(compared.estimates, j);
  return difference === 0 ? 0 : difference / differenceError(compared, i, j);
};

/** Pairs (first, second) ordered as R's upper triangle by columns: (1,2), (1,3), (2,3), (1,4) ... */
export function pairwiseDifferences(
  compared: ComparedEstimates,
  adjustment: Adjustment = 'holm',
): readonly PairwiseDifference[] {
  const { ids, degreesOfFreedom } = compared;
  const tail = (t: number): number =>
    degreesOfFreedom === Infinity ? normalCdf(-Math.abs(t)) : studentCdf(-Math.abs(t), degreesOfFreedom);
  const pairs = ids.flatMap((second, j) => ids.slice(0, j).map((first, i) => ({ first, second, i, j })));
  const statistics = pairs.map(({ i, j }) => standardisedDifference(compared, i, j));
  const pValues = statistics.map((statistic) => 2 * tail(statistic));
  const adjusted = adjustPValues(pValues, adjustment);
  return pairs.map(({ first, second, i, j }, index) => {
    const statistic = statistics[index] ?? 0;
    return {
      first,
      second,
      difference: at(compared.estimates, i) - at(compared.estimates, j),
      standardError: differenceError(compared, i, j),
      statistic,
      pValue: pValues[index] ?? 1,
      adjustedPValue: adjusted[index] ?? 1,
      tukeyPValue: studentizedRangeUpper(Math.abs(statistic) * Math.SQRT2, ids.length, degreesOfFreedom),
    };
  });
}
