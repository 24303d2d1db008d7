/**
 * How far districts really lie apart: the variance of their estimates minus what sampling error adds to it.
 * With weights w (sum 1), Q = sum w (y - ybar_w)^2 = y'Ay, A = diag(w) - ww', E Q = trace(AV) + tau^2 (1 - sum w^2),
 * so tau^2 = (Q - trace(AV)) / (1 - sum w^2): general method of moments (DerSimonian & Kacker 2007), Hedges'
 * estimator for equal weights, here with the full covariance V. Interval by Q-profile (Viechtbauer 2007): the tau^2
 * whose generalised least-squares Q lies between the chi-square quantiles; it takes V as known.
 * Agrees with R for diagonal V: metafor::rma(y, v, method = "HE"), rma(y, v, weights = w, method = "GENQ"), and
 * confint() of an rma fit by method "REML" or "HE" for the interval.
 */
import { compensatedDot, compensatedSum } from '../numeric/compensatedSum';
import { chiSquareQuantile } from '../numeric/distributions';
import { choleskyFactor, solveCholesky } from '../numeric/linearAlgebra';
import { at } from '../numeric/typedArray';
import type { ComparedEstimates } from './comparisons';

export interface Dispersion {
  /** Weighted mean of the estimates. */
  readonly mean: number;
  /** Variance of the estimates as observed: Q / (1 - sum w^2), s^2 for equal weights. */
  readonly observedVariance: number;
  /** The part of it that sampling error explains on average: mean variance minus mean covariance. */
  readonly samplingVariance: number;
  /** tau^2, never negative. */
  readonly betweenVariance: number;
  /** The difference was negative: the districts differ no more than their errors explain. */
  readonly isTruncated: boolean;
  /** Of tau^2. */
  readonly interval: { readonly lower: number; readonly upper: number };
}

/** `weights` positive, scaled here; absent: all equal. Null for fewer than two estimates or none with an error. */
export function betweenDispersion(
  compared: Pick<ComparedEstimates, 'estimates' | 'covariance'>,
  options: { readonly weights?: Float64Array; readonly confidenceLevel?: number } = {},
): Dispersion | null {
  const { estimates, covariance } = compared;
  const size = estimates.length;
  const variances = estimates.map((_, k) => at(covariance, k * size + k));
  if (size < 2 || !variances.every((variance) => variance > 0)) return null;
  const given = options.weights ?? new Float64Array(size).fill(1);
  const total = compensatedSum(given);
  const w = given.map((weight) => weight / total);
  const mean = compensatedDot(w, estimates);
  const scale = 1 - compensatedDot(w, w);
  const observed = compensatedSum(w.map((weight, k) => weight * (at(estimates, k) - mean) ** 2));
  const sampling = compensatedDot(w, variances) - weightedCovariance(covariance, w);
  const between = (observed - sampling) / scale;
  return {
    mean,
    observedVariance: observed / scale,
    samplingVariance: sampling / scale,
    betweenVariance: Math.max(0, between),
    isTruncated: between < 0,
    interval: profileInterval(compared, variances, options.confidenceLevel ?? 0.95),
  };
}

function weightedCovariance(covariance: Float64Array, w: Float64Array): number {
  return compensatedSum(
    w.map((weight, i) => weight * compensatedDot(w, covariance.subarray(i * w.length, (i + 1) * w.length))),
  );
}

function profileInterval(
  compared: Pick<ComparedEstimates, 'estimates' | 'covariance'>,
  variances: Float64Array,
  confidenceLevel: number,
): Dispersion['interval'] {
  const error = (1 - confidenceLevel) / 2;
  const df = variances.length - 1;
  // A singular covariance has no inverse; this much is added to its diagonal in place of zero.
  const floor = 1e-10 * Math.max(...variances);
  const root = (quantile: number): number => {
    const gap = (tau: number): number => profile(compared, floor + tau) - quantile;
    if (gap(0) <= 0) return 0;
    let [low, high] = [0, Math.max(...variances)];
    while (gap(high) > 0) [low, high] = [high, 2 * high];
    while (high - low > 1e-12 * high) {
      const middle = (low + high) / 2;
      if (middle <= low || middle >= high) break;
      if (gap(middle) > 0) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return { lower: root(chiSquareQuantile(1 - error, df)), upper: root(chiSquareQuantile(error, df)) };
}

/** Q(tau^2) = min over the mean of (y - m)' (V + tau^2 I)^-1 (y - m), falling in tau^2. */
function profile(compared: Pick<ComparedEstimates, 'estimates' | 'covariance'>, tau: number): number {
  const { estimates, covariance } = compared;
  const size = estimates.length;
  const matrix = covariance.map((value, cell) => (cell % (size + 1) === 0 ? value + tau : value));
  const factor = choleskyFactor(matrix, size);
  const ones = solveCholesky(factor, new Float64Array(size).fill(1));
  const mean = compensatedDot(ones, estimates) / compensatedSum(ones);
  const residuals = estimates.map((value) => value - mean);
  return compensatedDot(residuals, solveCholesky(factor, residuals));
}
