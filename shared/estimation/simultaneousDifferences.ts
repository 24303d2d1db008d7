/**
 * Differences with limits that hold together and single-step adjusted p-values, from the distribution of max |T|.
 *
 * With one number of degrees of freedom for all (`ownDegreesOfFreedom` absent) this is the classical multivariate t:
 * all errors share one estimated scale. District errors do not: each rests on its own few PSUs, and the shared scale
 * separates equal districts far too often (ten equal districts of three PSUs: in two fifths of all surveys at the
 * design's degrees of freedom). With `ownDegreesOfFreedom` every difference therefore keeps its own t distribution
 * at Welch's degrees of freedom, and only the dependence is the estimates' own: the smallest p-value is held against
 * its distribution under a normal copula (min-P, Westfall & Young 1993, ch. 2).
 */
import { normalCdf, normalQuantile, studentQuantile } from '../numeric/distributions';
import { at } from '../numeric/typedArray';
import {
  differenceDegreesOfFreedom,
  differenceError,
  twoSidedPValue,
  type ComparedEstimates,
} from './comparisons';
import { maxTDistribution, type MaxTDistribution, type Pair } from './simultaneous';

export interface SimultaneousDifference extends Pair {
  /** Estimate i minus estimate j. */
  readonly difference: number;
  /** Null without a positive standard error or without a joint distribution. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  /** Single-step adjusted; below 1 - level exactly when the interval leaves out 0. Null with the interval. */
  readonly pValue: number | null;
}

export interface SimultaneousSet {
  readonly differences: readonly SimultaneousDifference[];
  /** Standard error of the joint confidence level from numerical integration; null without a joint distribution. */
  readonly integrationError: number | null;
}

/** Differences of the pairs, all covered together with the confidence level. */
export function simultaneousDifferences(
  compared: ComparedEstimates,
  pairs: readonly Pair[],
  confidenceLevel = 0.95,
): SimultaneousSet {
  const distribution = maxTDistribution(compared, pairs);
  const rule = distribution === null ? null : ruleOf(compared, distribution, confidenceLevel);
  const differences = pairs.map(({ i, j }): SimultaneousDifference => {
    const difference = at(compared.estimates, i) - at(compared.estimates, j);
    const error = differenceError(compared, i, j);
    if (error === null || error === 0 || rule === null)
      return { i, j, difference, interval: null, pValue: null };
    const df = differenceDegreesOfFreedom(compared, i, j);
    const half = rule.criticalValue(df) * error;
    const interval = { lower: difference - half, upper: difference + half };
    return { i, j, difference, interval, pValue: rule.pValue(Math.abs(difference) / error, df) };
  });
  return { differences, integrationError: rule?.integrationError ?? null };
}

interface Rule {
  readonly criticalValue: (df: number) => number;
  readonly pValue: (t: number, df: number) => number;
  readonly integrationError: number;
}

function ruleOf(compared: ComparedEstimates, distribution: MaxTDistribution, level: number): Rule {
  const shared = compared.ownDegreesOfFreedom === undefined ? compared.degreesOfFreedom : Infinity;
  const critical = distribution.criticalValue(level, shared);
  const integrationError = distribution.integrationError(critical, shared);
  if (compared.ownDegreesOfFreedom === undefined)
    return {
      criticalValue: () => critical,
      pValue: (t) => distribution.upperTail(t, shared),
      integrationError,
    };
  const singleTail = normalCdf(-critical);
  return {
    criticalValue: (df) => -studentQuantile(singleTail, df),
    pValue: (t, df) => distribution.upperTail(-normalQuantile(twoSidedPValue(t, df) / 2), Infinity),
    integrationError,
  };
}
