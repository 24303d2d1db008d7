/**
 * Several domain estimates of one statistic with their full covariance matrix (joint linearisation), and what
 * follows from it: differences, contrasts, ratios. Domains that share PSUs or calibration are correlated.
 * Agrees with R: vcov(svytotal(influence columns, design)); svyby() alone leaves the covariances out.
 */
import { fail, ok, type Result } from '../domain/result';
import { compensatedDot } from '../numeric/compensatedSum';
import { studentQuantile } from '../numeric/distributions';
import { at } from '../numeric/typedArray';
import type { SurveyDesign } from './design/surveyDesign';
import { errorOf, twoSidedPValue, type ComparedEstimates } from './comparisons';
import { domainDegreesOfFreedom, domainRows, domainSize, pick } from './domainRows';
import type { Domain, EstimateRequest } from './estimate';
import type { Diagnostic } from './estimateRecord';
import { estimators } from './estimators/registry';
import type { Interval } from './intervals';
import { contributionProduct, influenceTotals, varianceContributions } from './variance/linearised';

/** `degreesOfFreedom` are those of the whole design: PSUs minus strata (as Stata's lincom after over()). */
export interface JointEstimates extends ComparedEstimates {
  /** PSUs minus strata with rows of the domain, for every domain. */
  readonly ownDegreesOfFreedom: Float64Array;
}

/** Failures: EMPTY_DOMAIN {domain} when a domain has no respondents; EMPTY_DENOMINATOR; TOO_FEW_PSUS without df. */
export function estimateJointly(
  design: SurveyDesign,
  request: Omit<EstimateRequest, 'domain' | 'interval'>,
  domains: readonly Domain[],
): Result<JointEstimates> {
  const estimates = new Float64Array(domains.length);
  const ownDegreesOfFreedom = new Float64Array(domains.length);
  const contributions: Float64Array[] = [];
  for (const [index, domain] of domains.entries()) {
    const single = contributionOf(design, request, domain);
    if (!single.ok) return single;
    estimates[index] = single.value.estimate;
    ownDegreesOfFreedom[index] = single.value.degreesOfFreedom;
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
    ownDegreesOfFreedom,
  });
}

interface DomainContribution {
  readonly estimate: number;
  readonly degreesOfFreedom: number;
  readonly contributions: Float64Array;
}

function contributionOf(
  design: SurveyDesign,
  request: Omit<EstimateRequest, 'domain' | 'interval'>,
  domain: Domain,
): Result<DomainContribution> {
  const selected = domainRows(design, request, domain.member);
  const { rows } = selected;
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
    degreesOfFreedom: domainDegreesOfFreedom(design, selected, domainSize(design, rows)),
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
  /** Null when joint probabilities make the variance negative (diagnostic NEGATIVE_VARIANCE), never 0 instead. */
  readonly standardError: number | null;
  /** estimate / standardError; null when there is no error or it is zero. */
  readonly t: number | null;
  readonly degreesOfFreedom: number;
  /** Two-sided P(|T_df| >= |t|); null with t. */
  readonly pValue: number | null;
  readonly interval: Interval | null;
  readonly diagnostics: readonly Diagnostic[];
}

const negativeVariance: readonly Diagnostic[] = [{ code: 'NEGATIVE_VARIANCE', params: {} }];

/** Root of c'Vc, null when it is negative beyond rounding. */
function contrastError(covariance: Float64Array, c: Float64Array): number | null {
  const scale = quadraticForm(covariance.map(Math.abs), c.map(Math.abs));
  return errorOf(quadraticForm(covariance, c), scale);
}

/** Linear contrast sum(c_k estimate_k) with Student's t. `coefficients` has one number per domain. */
export function contrast(
  joint: ComparedEstimates,
  coefficients: ArrayLike<number>,
  confidenceLevel = 0.95,
): ContrastEstimate {
  const { degreesOfFreedom } = joint;
  const c = Float64Array.from(coefficients);
  const estimate = compensatedDot(c, joint.estimates);
  const standardError = contrastError(joint.covariance, c);
  if (standardError === null)
    return {
      ...{ estimate, standardError, t: null, degreesOfFreedom, pValue: null, interval: null },
      diagnostics: negativeVariance,
    };
  const half = studentQuantile((1 + confidenceLevel) / 2, degreesOfFreedom) * standardError;
  const t = standardError > 0 ? estimate / standardError : null;
  return {
    estimate,
    standardError,
    t,
    degreesOfFreedom,
    pValue: t === null ? null : twoSidedPValue(t, degreesOfFreedom),
    interval: { lower: estimate - half, upper: estimate + half, level: confidenceLevel, method: 'student-t' },
    diagnostics: [],
  };
}

/** Coefficients of `second` minus `first`, by position. */
export function differenceOf(joint: ComparedEstimates, first: number, second: number): Float64Array {
  const coefficients = new Float64Array(joint.ids.length);
  coefficients[second] = 1;
  coefficients[first] = at(coefficients, first) - 1;
  return coefficients;
}

/** Coefficients of one domain minus the unweighted mean of all. */
export const deviationFromMean = (joint: ComparedEstimates, index: number): Float64Array =>
  Float64Array.from(joint.ids, (_, k) => (k === index ? 1 : 0) - 1 / joint.ids.length);

export interface RatioOfEstimates {
  readonly estimate: number;
  /** Null, with the interval, when joint probabilities make the variance negative. */
  readonly standardError: number | null;
  /** Standard error of the log of the ratio. */
  readonly logStandardError: number | null;
  /** Built on the log scale, so that it stays positive. */
  readonly interval: Interval | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * second / first by the delta method, interval on the log scale.
 * Failure: EMPTY_DENOMINATOR when one of the two estimates is not positive.
 */
export function ratioOf(
  joint: ComparedEstimates,
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
  const standardError = contrastError(joint.covariance, gradient);
  if (standardError === null)
    return ok({
      ...{ estimate, standardError, logStandardError: null, interval: null },
      diagnostics: negativeVariance,
    });
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
    diagnostics: [],
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
