/**
 * Predictive margins (Graubard & Korn 1999, Biometrics 55): the share or mean every level of a factor would have if all
 * respondents had that level and kept their other characteristics, so that levels compare at the same composition.
 * A model-based adjustment: it holds as far as the regression does and says nothing about causes.
 * Agrees with R: survey::svypredmeans(svyglm(outcome ~ others, design), ~factor), variance included:
 * G V(b) G' for the coefficients plus the design variance of the mean predictions for the composition of the sample.
 */
import { fail, ok, type Result } from '../../domain/result';
import { compensatedSum } from '../../numeric/compensatedSum';
import { studentCdf, studentQuantile } from '../../numeric/distributions';
import { at } from '../../numeric/typedArray';
import type { SurveyDesign } from '../design/surveyDesign';
import { domainRows, pick } from '../domainRows';
import type { Diagnostic } from '../estimateRecord';
import { contributionProduct, influenceTotals, varianceContributions } from '../variance/linearised';
import { modelMatrix, type ModelMatrix, type ModelTerm } from './modelMatrix';
import { errorOf, fitRegression, negativeVariance, type RegressionRequest } from './regression';

export interface PredictiveMarginRequest extends RegressionRequest {
  /** Name of the categorical term whose levels are compared; the other terms are adjusted for. */
  readonly factor: string;
}

export interface PredictiveMargin {
  readonly level: string;
  /** Mean prediction: a share 0..1 for `logistic`, in units of the outcome for `linear`. */
  readonly estimate: number;
  /** Null when the variance came out negative. */
  readonly standardError: number | null;
}

export interface PredictiveMargins {
  /** Levels by code point. */
  readonly margins: readonly PredictiveMargin[];
  /** Row-major levels x levels. */
  readonly covariance: Float64Array;
  /** Of the regression: design degrees of freedom + 1 - number of coefficients. */
  readonly degreesOfFreedom: number;
  readonly diagnostics: readonly Diagnostic[];
}

interface Prediction {
  /** Prediction of every row with the factor set to the level. */
  readonly fitted: Float64Array;
  readonly mean: number;
  /** Derivative of the mean prediction in every coefficient. */
  readonly gradient: Float64Array;
}

/** Failures: INVALID_INPUT {field: 'factor'} when no categorical term has that name; those of `fitRegression`. */
export function predictiveMargins(
  design: SurveyDesign,
  request: PredictiveMarginRequest,
): Result<PredictiveMargins> {
  const position = request.terms.findIndex(
    (term: ModelTerm) => term.kind === 'categorical' && term.name === request.factor,
  );
  if (position < 0) return fail('INVALID_INPUT', { field: 'factor', value: request.factor });
  const fit = fitRegression(design, request);
  if (!fit.ok) return fit;
  const { rows } = domainRows(design, request, request.domain ?? null);
  const matrix = modelMatrix(request.terms, rows);
  const block = matrix.blocks[position];
  const levels = block?.levels ?? [];
  const weights = pick(design.weights, rows);
  const predictions = levels.map((_, level) =>
    predict({ matrix, weights, coefficients: fit.value.coefficients, family: request.family }, (column) => {
      const offset = column - (block?.firstColumn ?? 0);
      return offset < 0 || offset >= levels.length - 1 ? null : offset === level - 1 ? 1 : 0;
    }),
  );
  const covariance = marginCovariance(design, { rows, weights, predictions, fit: fit.value.covariance });
  const standardErrors = levels.map((_, k) => errorOf(at(covariance, k * levels.length + k)));
  return ok({
    margins: predictions.map(({ mean }, k) => ({
      level: levels[k] ?? '',
      estimate: mean,
      standardError: standardErrors[k] ?? null,
    })),
    covariance,
    degreesOfFreedom: fit.value.residualDegreesOfFreedom,
    diagnostics: negativeVariance(standardErrors.filter((error) => error === null).length),
  });
}

interface FittedModel {
  readonly matrix: ModelMatrix;
  readonly weights: Float64Array;
  readonly coefficients: Float64Array;
  readonly family: RegressionRequest['family'];
}

/** Predictions of all rows; `fixed` gives the value of a column of the factor and null for every other column. */
function predict(model: FittedModel, fixed: (column: number) => number | null): Prediction {
  const { matrix, weights, coefficients, family } = model;
  const size = coefficients.length;
  const fixedValues = matrix.names.map((_, column) => fixed(column));
  const total = compensatedSum(weights);
  const gradient = new Float64Array(size);
  const fitted = weights.map((weight, row) => {
    const cells = fixedValues.map((value, column) => value ?? at(matrix.cells, row * size + column));
    const predictor = cells.reduce((sum, cell, column) => sum + cell * at(coefficients, column), 0);
    const value = family === 'linear' ? predictor : 1 / (1 + Math.exp(-predictor));
    const slope = family === 'linear' ? 1 : value * (1 - value);
    cells.forEach(
      (cell, column) => (gradient[column] = at(gradient, column) + (weight * slope * cell) / total),
    );
    return value;
  });
  const mean = compensatedSum(fitted.map((value, row) => value * at(weights, row))) / total;
  return { fitted, mean, gradient };
}

interface Spread {
  readonly rows: Int32Array;
  readonly weights: Float64Array;
  readonly predictions: readonly Prediction[];
  /** Covariance of the coefficients. */
  readonly fit: Float64Array;
}

function marginCovariance(design: SurveyDesign, spread: Spread): Float64Array {
  const { rows, weights, predictions } = spread;
  const count = predictions.length;
  const total = compensatedSum(weights);
  const contributions = predictions.map(({ fitted, mean }) => {
    const influence = fitted.map((value) => (value - mean) / total);
    return varianceContributions(design, influenceTotals(design, rows, influence));
  });
  const covariance = new Float64Array(count * count);
  predictions.forEach((left, i) => {
    predictions.forEach((right, j) => {
      const composition = contributionProduct(
        design,
        contributions[i] ?? left.fitted,
        contributions[j] ?? right.fitted,
      );
      covariance[i * count + j] = composition + bilinear(spread.fit, left.gradient, right.gradient);
    });
  });
  return covariance;
}

/** left' M right. */
function bilinear(matrix: Float64Array, left: Float64Array, right: Float64Array): number {
  const size = left.length;
  let sum = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) sum += at(left, i) * at(matrix, i * size + j) * at(right, j);
  return sum;
}

export interface MarginDifference {
  /** Margin of `first` minus margin of `second`. */
  readonly difference: number;
  readonly standardError: number | null;
  /** Student's t with the regression's degrees of freedom; null without an error or degrees of freedom. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  readonly pValue: number | null;
}

/**
 * Difference of two levels, with their covariance. Agrees with R: svycontrast on svypredmeans.
 * Failure: INVALID_INPUT {field: 'level'} for a level the factor does not have.
 */
export function marginDifference(
  found: PredictiveMargins,
  levels: { readonly first: string; readonly second: string },
  confidenceLevel = 0.95,
): Result<MarginDifference> {
  const { margins, covariance, degreesOfFreedom } = found;
  const i = margins.findIndex(({ level }) => level === levels.first);
  const j = margins.findIndex(({ level }) => level === levels.second);
  const [first, second] = [margins[i], margins[j]];
  if (first === undefined || second === undefined) {
    return fail('INVALID_INPUT', {
      field: 'level',
      value: first === undefined ? levels.first : levels.second,
    });
  }
  const cell = (row: number, column: number): number => at(covariance, row * margins.length + column);
  const difference = first.estimate - second.estimate;
  const standardError = errorOf(cell(i, i) + cell(j, j) - 2 * cell(i, j));
  if (standardError === null || degreesOfFreedom <= 0 || standardError === 0) {
    return ok({ difference, standardError, interval: null, pValue: null });
  }
  const half = studentQuantile((1 + confidenceLevel) / 2, degreesOfFreedom) * standardError;
  return ok({
    difference,
    standardError,
    interval: { lower: difference - half, upper: difference + half },
    pValue: 2 * studentCdf(-Math.abs(difference / standardError), degreesOfFreedom),
  });
}
