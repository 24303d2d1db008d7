/**
 * Several domain estimates of one statistic with their full covariance matrix (joint linearisation), and what
 * follows from it: differences, contrasts, ratios. Domains that share PSUs or calibration are correlated.
 * Agrees with R: vcov(svytotal(influence columns, design)); svyby() alone leaves the covariances out.
 */
import { fail, ok, type Result } from '../domain/result';
import { compensatedDot } from '../numeric/compensatedSum';
import { studentCdf, studentQuantile } from '../numeric/distributions';
import { at } from '../numeric/typedArray';
import type { SurveyDesign } from './design/surveyDesign';
import { domainRows, domainSize, pick } from './domainRows';
import type { Domain, EstimateRequest } from './estimate';
import { estimators } from './estimators/registry';
import type { Interval } from './intervals';
import { contributionProduct, influenceTotals, varianceContributions } from './variance/linearised';

export interface JointEstimates {
  readonly ids: readonly string[];
  readonly estimates: Float64Array;
  /** Row-major, ids x ids. */
  readonly covariance: Float64Array;
  /** Degrees of freedom of the whole design: PSUs minus strata (as Stata's lincom after over()). */
  readonly degreesOfFreedom: number;
}

/** Failures: EMPTY_DOMAIN {domain} when a domain has no respondents; EMPTY_DENOMINATOR; TOO_FEW_PSUS without df. */
export function estimateJointly(
  design: SurveyDesign,
  request: Omit<EstimateRequest, 'domain' | 'interval'>,
  domains: readonly Domain[],
): Result<JointEstimates> {
  const estimates = new Float64Array(domains.length);
  const contributions: Float64Array[] = [];
  for (const [index, domain] of domains.entries()) {
    const single = contributionOf(design, request, domain);
    if (!single.ok) return single;
    estimates[index] = single.value.estimate;
    contributions.push(single.value.contributions);
  }
  const weighted = Int32Array.from(design.weights.keys()).filter((row) => design.weights[row] !== 0);
  const { psuCount, stratumCount } = domainSize(design, weighted);
  if (psuCount <= stratumCount) return fail('TOO_FEW_PSUS', { psuCount });
  return ok({
    ids: domains.map(({ id }) => id),
    estimates,
    covariance: contributionProducts(design, contributions),
    degreesOfFreedom: psuCount - stratumCount,
  });
}

function contributionOf(
  design: SurveyDesign,
  request: Omit<EstimateRequest, 'domain' | 'interval'>,
  domain: Domain,
): Result<{ readonly estimate: number; readonly contributions: Float64Array }> {
  const { rows } = domainRows(design, request, domain.member);
  if (rows.length === 0) return fail('EMPTY_DOMAIN', { domain: domain.id });
  const estimator = estimators[request.statistic];
  const inputs = {
    outcome: pick(request.outcome, rows),
    denominator: request.denominator ? pick(request.denominator, rows) : null,
  };
  const weights = pick(design.weights, rows);
  const point = estimator.estimate(inputs, weights);
  if (!point.ok) return point;
  const influence = estimator.influence(inputs, weights, point.value);
  return ok({
    estimate: point.value,
    contributions: varianceContributions(design, influenceTotals(design, rows, influence)),
  });
}

function contributionProducts(design: SurveyDesign, contributions: readonly Float64Array[]): Float64Array {
  const count = contributions.length;
  const products = new Float64Array(count * count);
  contributions.forEach((left, i) => {
    for (let j = 0; j <= i; j++) {
      const product = contributionProduct(design, left, contributions[j] ?? left);
      products[i * count + j] = product;
      products[j * count + i] = product;
    }
  });
  return products;
}

export interface ContrastEstimate {
  readonly estimate: number;
  readonly standardError: number;
  /** estimate / standardError; null when the error is zero. */
  readonly t: number | null;
  readonly degreesOfFreedom: number;
  /** Two-sided P(|T_df| >= |t|); null when the error is zero. */
  readonly pValue: number | null;
  readonly interval: Interval;
}

/** Linear contrast sum(c_k estimate_k) with Student's t. `coefficients` has one number per domain. */
export function contrast(
  joint: JointEstimates,
  coefficients: ArrayLike<number>,
  confidenceLevel = 0.95,
): ContrastEstimate {
  const { degreesOfFreedom } = joint;
  const c = Float64Array.from(coefficients);
  const estimate = compensatedDot(c, joint.estimates);
  const standardError = Math.sqrt(Math.max(0, quadraticForm(joint.covariance, c)));
  const half = studentQuantile((1 + confidenceLevel) / 2, degreesOfFreedom) * standardError;
  const t = standardError > 0 ? estimate / standardError : null;
  return {
    estimate,
    standardError,
    t,
    degreesOfFreedom,
    pValue: t === null ? null : 2 * studentCdf(-Math.abs(t), degreesOfFreedom),
    interval: { lower: estimate - half, upper: estimate + half, level: confidenceLevel, method: 'student-t' },
  };
}

/** Coefficients of `second` minus `first`, by position. */
export function differenceOf(joint: JointEstimates, first: number, second: number): Float64Array {
  const coefficients = new Float64Array(joint.ids.length);
  coefficients[second] = 1;
  coefficients[first] = at(coefficients, first) - 1;
  return coefficients;
}

/** Coefficients of one domain minus the unweighted mean of all. */
export const deviationFromMean = (joint: JointEstimates, index: number): Float64Array =>
  Float64Array.from(joint.ids, (_, k) => (k === index ? 1 : 0) - 1 / joint.ids.length);

export interface RatioOfEstimates {
  readonly estimate: number;
  readonly standardError: number;
  /** Standard error of the log of the ratio. */
  readonly logStandardError: number;
  /** Built on the log scale, so that it stays positive. */
  readonly interval: Interval;
}

/**
 * second / first by the delta method, interval on the log scale.
 * Failure: EMPTY_DENOMINATOR when one of the two estimates is not positive.
 */
export function ratioOf(
  joint: JointEstimates,
  pair: { readonly first: number; readonly second: number },
  confidenceLevel = 0.95,
): Result<RatioOfEstimates> {
  const first = at(joint.estimates, pair.first);
  const second = at(joint.estimates, pair.second);
  if (!(first > 0 && second > 0)) return fail('EMPTY_DENOMINATOR', { statistic: 'ratioOfDomains' });
  const gradient = new Float64Array(joint.ids.length);
  gradient[pair.first] = -second / (first * first);
  gradient[pair.second] = 1 / first;
  const estimate = second / first;
  const standardError = Math.sqrt(Math.max(0, quadraticForm(joint.covariance, gradient)));
  const logStandardError = standardError / estimate;
  const half = studentQuantile((1 + confidenceLevel) / 2, joint.degreesOfFreedom) * logStandardError;
  return ok({
    estimate,
    standardError,
    logStandardError,
    interval: {
      lower: estimate * Math.exp(-half),
      upper: estimate * Math.exp(half),
      level: confidenceLevel,
      method: 'student-t',
    },
  });
}

/** c' V c for a symmetric row-major V. */
export function quadraticForm(covariance: Float64Array, c: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < c.length; i++) {
    for (let j = 0; j < c.length; j++) sum += at(c, i) * at(c, j) * at(covariance, i * c.length + j);
  }
  return sum;
}
