/**
 * Differences with limits that hold together and single-step adjusted p-values.
 *
 * With one number of degrees of freedom for all (`ownDegreesOfFreedom` absent) this is the classical multivariate t:
 * all errors share one estimated scale and the limits come from the distribution of max |T| under the estimates' own
 * covariance (R: multcomp::glht, single-step). District errors share no scale: each rests on its own few PSUs, and
 * the classical rule separates equal districts far too often (ten equal districts of three PSUs: in two fifths of
 * all surveys at the design's degrees of freedom). With `ownDegreesOfFreedom` every difference therefore keeps its
 * own t distribution at Welch's degrees of freedom, and the level is shared out equally (Dunn 1961, Bonferroni).
 * Taking the dependence from a normal copula instead was tried: it separates equal districts in up to 6.5 % of
 * surveys at a nominal 5 %, Bonferroni in at most 4.8 % (tests/benchmarks/EQUAL_DISTRICTS.md).
 */
import { studentQuantile } from '../numeric/distributions';
import { at } from '../numeric/typedArray';
import {
  differenceDegreesOfFreedom,
  differenceError,
  twoSidedPValue,
  type ComparedEstimates,
} from './comparisons';
import { maxTDistribution, type Pair } from './simultaneous';

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
  /** Standard error of the joint level from numerical integration, 0 where none is needed; null without a rule. */
  readonly integrationError: number | null;
}

/** Differences of the pairs, all covered together with the confidence level. */
export function simultaneousDifferences(
  compared: ComparedEstimates,
  pairs: readonly Pair[],
  confidenceLevel = 0.95,
): SimultaneousSet {
  const rule =
    compared.ownDegreesOfFreedom === undefined
      ? multivariateRule(compared, pairs, confidenceLevel)
      : sharedLevelRule(pairs.length, confidenceLevel);
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

function multivariateRule(compared: ComparedEstimates, pairs: readonly Pair[], level: number): Rule | null {
  const distribution = maxTDistribution(compared, pairs);
  if (distribution === null) return null;
  const df = compared.degreesOfFreedom;
  const critical = distribution.criticalValue(level, df);
  return {
    criticalValue: () => critical,
    pValue: (t) => distribution.upperTail(t, df),
    integrationError: distribution.integrationError(critical, df),
  };
}

const sharedLevelRule = (count: number, level: number): Rule => ({
  criticalValue: (df) => -studentQuantile((1 - level) / (2 * count), df),
  pValue: (t, df) => Math.min(1, count * twoSidedPValue(t, df)),
  integrationError: 0,
});
