/**
 * Linear and logistic regression for a survey design: pseudo maximum likelihood with a sandwich covariance
 * (Binder 1983). Influence of a row on the coefficients: (X'WX)^-1 x (y - mu).
 * Agrees with R: survey::svyglm(family = gaussian() | quasibinomial()).
 */
import { fail, ok, type Result } from '../../domain/result';
import { compensatedDot } from '../../numeric/compensatedSum';
import { fTails, studentCdf } from '../../numeric/distributions';
import {
  choleskyFactor,
  invertCholesky,
  solveCholesky,
  type CholeskyFactor,
} from '../../numeric/linearAlgebra';
import { addAt, at } from '../../numeric/typedArray';
import type { SurveyDesign } from '../design/surveyDesign';
import { domainRows, domainSize, pick } from '../domainRows';
import type { Diagnostic } from '../estimateRecord';
import { contributionProduct, influenceTotals, varianceContributions } from '../variance/linearised';
import { modelMatrix, type ModelMatrix, type ModelTerm } from './modelMatrix';

export interface RegressionRequest {
  /** 0/1 for `logistic`; NaN leaves a row out. */
  readonly outcome: Float64Array;
  readonly terms: readonly ModelTerm[];
  readonly family: 'linear' | 'logistic';
  readonly domain?: Uint8Array | null;
}

export interface RegressionFit {
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  /** Row-major names x names. */
  readonly covariance: Float64Array;
  /** Null where the variance came out negative (designs with joint probabilities): diagnostic NEGATIVE_VARIANCE. */
  readonly standardErrors: readonly (number | null)[];
  /** Design degrees of freedom + 1 - number of coefficients. */
  readonly residualDegreesOfFreedom: number;
  /** Two-sided, Student's t; 1 when no degrees of freedom remain or an error is 0; null without an error. */
  readonly pValues: readonly (number | null)[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Problem {
  readonly matrix: ModelMatrix;
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
  readonly family: 'linear' | 'logistic';
}

const MAX_ITERATIONS = 100;
const CONVERGED = 1e-13;
/** A fitted log odds beyond this means a category that predicts the outcome perfectly. */
const SEPARATED = 30;

/**
 * Failures: EMPTY_DOMAIN; CALIBRATION_SINGULAR {variable} when a term repeats others;
 * CALIBRATION_NOT_CONVERGED {variable: 'logistic'} when a term predicts the outcome perfectly.
 */
export function fitRegression(design: SurveyDesign, request: RegressionRequest): Result<RegressionFit> {
  const { rows } = domainRows(design, request, request.domain ?? null);
  if (rows.length === 0) return fail('EMPTY_DOMAIN', { missing: 0 });
  const matrix = modelMatrix(request.terms, rows);
  const problem: Problem = {
    matrix,
    outcome: pick(request.outcome, rows),
    weights: pick(design.weights, rows),
    family: request.family,
  };
  const solved = solve(problem);
  if (!solved.ok) return solved;
  const { coefficients, factor, fitted } = solved.value;
  const contributions = coefficientContributions(design, rows, { problem, factor, fitted });
  const size = matrix.names.length;
  const covariance = new Float64Array(size * size);
  contributions.forEach((left, i) => {
    contributions.forEach(
      (right, j) => (covariance[i * size + j] = contributionProduct(design, left, right)),
    );
  });
  const { psuCount, stratumCount } = domainSize(design, rows);
  const residualDegreesOfFreedom = psuCount - stratumCount + 1 - size;
  const standardErrors = matrix.names.map((_, k) => errorOf(at(covariance, k * size + k)));
  const pValues = standardErrors.map((error, k) => {
    if (error === null) return null;
    if (error === 0 || residualDegreesOfFreedom <= 0) return 1;
    return 2 * studentCdf(-Math.abs(at(coefficients, k) / error), residualDegreesOfFreedom);
  });
  return ok({
    names: matrix.names,
    coefficients,
    covariance,
    standardErrors,
    residualDegreesOfFreedom,
    pValues,
    diagnostics: negativeVariance(standardErrors.filter((error) => error === null).length),
  });
}

/** Root of a variance; null when a quadratic form of estimated pairs made it negative. */
export const errorOf = (variance: number): number | null => (variance >= 0 ? Math.sqrt(variance) : null);

/** The diagnostic of quantities whose variance came out negative; empty when there are none. */
export const negativeVariance = (count: number): readonly Diagnostic[] =>
  count === 0 ? [] : [{ code: 'NEGATIVE_VARIANCE', params: { count } }];

interface Solved {
  readonly coefficients: Float64Array;
  readonly factor: CholeskyFactor;
  readonly fitted: Float64Array;
}

function fittedValues({ matrix, family }: Problem, coefficients: Float64Array): Float64Array {
  const size = coefficients.length;
  const rowCount = matrix.cells.length / size;
  const fitted = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    let predictor = 0;
    for (let k = 0; k < size; k++) predictor += at(matrix.cells, row * size + k) * at(coefficients, k);
    fitted[row] = family === 'linear' ? predictor : 1 / (1 + Math.exp(-predictor));
  }
  return fitted;
}

/** X'WX with W = weight, times mu (1 - mu) for the logistic family. */
function information({ matrix, weights, family }: Problem, fitted: Float64Array): Float64Array {
  const size = matrix.names.length;
  const product = new Float64Array(size * size);
  weights.forEach((weight, row) => {
    const mu = at(fitted, row);
    const scale = family === 'linear' ? weight : weight * mu * (1 - mu);
    for (let i = 0; i < size; i++) {
      const left = scale * at(matrix.cells, row * size + i);
      for (let j = 0; j < size; j++) addAt(product, i * size + j, left * at(matrix.cells, row * size + j));
    }
  });
  return product;
}

function score({ matrix, weights, outcome }: Problem, fitted: Float64Array): Float64Array {
  const size = matrix.names.length;
  const sums = new Float64Array(size);
  weights.forEach((weight, row) => {
    const residual = weight * (at(outcome, row) - at(fitted, row));
    for (let k = 0; k < size; k++) addAt(sums, k, residual * at(matrix.cells, row * size + k));
  });
  return sums;
}

/** Fisher scoring; one step for the linear family. */
function solve(problem: Problem): Result<Solved> {
  let coefficients: Float64Array = new Float64Array(problem.matrix.names.length);
  let fitted = fittedValues(problem, coefficients);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const factor = choleskyFactor(information(problem, fitted), coefficients.length);
    const repeated = factor.kept.indexOf(0);
    if (repeated >= 0)
      return fail('CALIBRATION_SINGULAR', { variable: problem.matrix.names[repeated] ?? '' });
    const step = solveCholesky(factor, score(problem, fitted));
    coefficients = coefficients.map((value, k) => value + at(step, k));
    fitted = fittedValues(problem, coefficients);
    const size = coefficients.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
    if (step.every((value) => Math.abs(value) <= CONVERGED * size))
      return ok({ coefficients, factor, fitted });
    if (problem.family === 'logistic' && size > SEPARATED) break;
  }
  return fail('CALIBRATION_NOT_CONVERGED', { variable: problem.family });
}

/** Variance contributions of every coefficient. */
function coefficientContributions(
  design: SurveyDesign,
  rows: Int32Array,
  fit: { readonly problem: Problem; readonly factor: CholeskyFactor; readonly fitted: Float64Array },
): Float64Array[] {
  const { matrix, outcome } = fit.problem;
  const size = matrix.names.length;
  const inverse = invertCholesky(fit.factor);
  return matrix.names.map((_, coefficient) => {
    const influence = outcome.map((value, row) => {
      let leverage = 0;
      for (let k = 0; k < size; k++) {
        leverage += at(inverse, coefficient * size + k) * at(matrix.cells, row * size + k);
      }
      return leverage * (value - at(fit.fitted, row));
    });
    return varianceContributions(design, influenceTotals(design, rows, influence));
  });
}

export interface WaldTest {
  /** Null, like `f` and `pValue`, when the covariance is not one (diagnostic NEGATIVE_VARIANCE). */
  readonly statistic: number | null;
  readonly f: number | null;
  readonly numeratorDegreesOfFreedom: number;
  readonly denominatorDegreesOfFreedom: number;
  readonly pValue: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tests that the coefficients at `positions` are all zero: F = b'V^-1 b / k. Agrees with R: regTermTest.
 * Failure: TOO_FEW_PSUS without degrees of freedom for the test.
 */
export function waldTest(fit: RegressionFit, positions: readonly number[]): Result<WaldTest> {
  const size = fit.names.length;
  const count = positions.length;
  const part = new Float64Array(count * count);
  positions.forEach((p, i) => {
    positions.forEach((q, j) => (part[i * count + j] = at(fit.covariance, p * size + q)));
  });
  const factor = choleskyFactor(part, count);
  const numbers = {
    numeratorDegreesOfFreedom: count,
    denominatorDegreesOfFreedom: fit.residualDegreesOfFreedom,
  };
  if (factor.isIndefinite) {
    return ok({ statistic: null, f: null, pValue: null, ...numbers, diagnostics: negativeVariance(1) });
  }
  if (factor.rank < count || fit.residualDegreesOfFreedom <= 0) {
    return fail('TOO_FEW_PSUS', { degreesOfFreedom: fit.residualDegreesOfFreedom });
  }
  const b = Float64Array.from(positions, (p) => at(fit.coefficients, p));
  const statistic = compensatedDot(b, solveCholesky(factor, b));
  const f = statistic / count;
  return ok({
    statistic,
    f,
    ...numbers,
    pValue: fTails(f, count, fit.residualDegreesOfFreedom).upper,
    diagnostics: [],
  });
}
