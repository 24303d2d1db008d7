/**
 * Area-level small-area model (Fay & Herriot 1979): districts with few respondents borrow strength from the others
 * through covariates. The result is model-based and must be shown as such; never rank the EBLUPs themselves.
 */
import { fail, ok, type Result } from '../../domain/result';
import { compensatedSum } from '../../numeric/compensatedSum';
import { at } from '../../numeric/typedArray';
import { fitAreas, areaLogLikelihood, precisionTrace, type AreaData, type AreaFit } from './areaModel';
import { modelVariance, type AreaVarianceMethod } from './modelVariance';

export type { AreaVarianceMethod } from './modelVariance';

export interface AreaModelInput {
  /** Direct estimate of every area. */
  readonly direct: Float64Array;
  /** Its sampling variance, positive; from the design, smoothed when areas are tiny. */
  readonly samplingVariances: Float64Array;
  /** Covariates, one column per variable with one value per area; the constant is added. */
  readonly covariates: readonly Float64Array[];
}

export interface AreaEstimate {
  readonly direct: number;
  /** x'b: what the model says of an area without respondents of its own. */
  readonly synthetic: number;
  /** Weight A / (A + D) of the direct estimate. */
  readonly directWeight: number;
  /** Empirical best linear unbiased predictor: the mixture of direct and synthetic. */
  readonly eblup: number;
  /** Parts of the mean squared error: prediction, coefficients, model variance. */
  readonly g1: number;
  readonly g2: number;
  readonly g3: number;
  /** Estimated mean squared error of the EBLUP, as a variance. */
  readonly meanSquaredError: number;
}

export interface AreaModelFit {
  readonly method: AreaVarianceMethod;
  /** Variance A between areas beyond the covariates. */
  readonly modelVariance: number;
  /** true when A is 0: every EBLUP is synthetic, and its error is understated by the normal theory. */
  readonly isSynthetic: boolean;
  /** Constant first. */
  readonly coefficients: Float64Array;
  /** Row-major. */
  readonly coefficientCovariance: Float64Array;
  /** Asymptotic bias of A, subtracted in the error of `ml` and `moments`; 0 for `reml` and `adjustedReml`. */
  readonly varianceBias: number;
  /** Full (not restricted) log likelihood with its constant. */
  readonly logLikelihood: number;
  readonly areas: readonly AreaEstimate[];
}

/**
 * Fits the model and predicts every area. Mean squared errors: `reml` g1 + g2 + 2 g3 (Prasad & Rao 1990, Datta & Lahiri
 * 2000), `adjustedReml` the same (Yoshimori & Lahiri 2014); `ml` and `moments` also subtract the bias of A times (D/(A+D))^2 (Datta & Lahiri 2000; Datta, Rao & Smith 2005).
 * Failures: INVALID_INPUT {field: 'samplingVariances' | 'direct' | 'covariates', row};
 * INVALID_INPUT {field: 'areas', needed} with fewer areas than coefficients + 2; CALIBRATION_SINGULAR {variable:
 * 'covariates'} when a covariate repeats others.
 * Agrees with R: sae::mseFH(method = "REML" | "ML" | "FH"), metafor::rma(method = "REML" | "ML" | "PM") for A.
 */
export function fitFayHerriot(
  input: AreaModelInput,
  method: AreaVarianceMethod = 'reml',
): Result<AreaModelFit> {
  const checked = areaData(input);
  if (!checked.ok) return checked;
  const data = checked.value;
  const a = modelVariance(data, method);
  const fit = fitAreas(data, a);
  const bias = varianceBias(fit, method);
  const areaCount = data.direct.length;
  return ok({
    method,
    modelVariance: a,
    isSynthetic: a === 0,
    coefficients: fit.coefficients,
    coefficientCovariance: fit.covariance,
    varianceBias: bias,
    logLikelihood: areaLogLikelihood(data, a, false) - (areaCount / 2) * Math.log(2 * Math.PI),
    areas: predictAreas(data, fit, { a, bias, variance: varianceOfA(fit, method) }),
  });
}

function areaData(input: AreaModelInput): Result<AreaData> {
  const { direct, samplingVariances, covariates } = input;
  const areaCount = direct.length;
  const columnCount = covariates.length + 1;
  const needed = columnCount + 2;
  if (areaCount < needed) return fail('INVALID_INPUT', { field: 'areas', needed });
  const badDirect = direct.findIndex((value) => !Number.isFinite(value));
  if (badDirect >= 0) return fail('INVALID_INPUT', { field: 'direct', row: badDirect + 1 });
  const badVariance = Array.from(
    { length: areaCount },
    (_, area) => samplingVariances[area] ?? NaN,
  ).findIndex((value) => !(value > 0 && value < Infinity));
  if (badVariance >= 0) return fail('INVALID_INPUT', { field: 'samplingVariances', row: badVariance + 1 });
  const matrix = new Float64Array(areaCount * columnCount);
  for (let area = 0; area < areaCount; area++) {
    matrix[area * columnCount] = 1;
    for (const [k, column] of covariates.entries()) {
      const value = column[area] ?? NaN;
      if (!Number.isFinite(value)) return fail('INVALID_INPUT', { field: 'covariates', row: area + 1 });
      matrix[area * columnCount + k + 1] = value;
    }
  }
  const data = { direct, samplingVariances, matrix, columnCount };
  return fitAreas(data, 0).rank < columnCount
    ? fail('CALIBRATION_SINGULAR', { variable: 'covariates' })
    : ok(data);
}

/** Asymptotic variance of A. */
function varianceOfA({ precisions }: AreaFit, method: AreaVarianceMethod): number {
  return method === 'moments'
    ? (2 * precisions.length) / compensatedSum(precisions) ** 2
    : 2 / compensatedSum(precisions.map((v) => v * v));
}

function varianceBias(fit: AreaFit, method: AreaVarianceMethod): number {
  if (method === 'reml' || method === 'adjustedReml') return 0;
  const { precisions } = fit;
  const sum = compensatedSum(precisions);
  const squares = compensatedSum(precisions.map((v) => v * v));
  return method === 'ml'
    ? -precisionTrace(fit) / squares
    : (2 * (precisions.length * squares - sum * sum)) / sum ** 3;
}

interface VarianceFacts {
  readonly a: number;
  readonly bias: number;
  readonly variance: number;
}

function predictAreas(data: AreaData, fit: AreaFit, facts: VarianceFacts): readonly AreaEstimate[] {
  return Array.from(data.direct, (direct, area) => {
    const samplingVariance = at(data.samplingVariances, area);
    const precision = at(fit.precisions, area);
    const directWeight = facts.a * precision;
    const shrinkage = 1 - directWeight;
    const synthetic = at(fit.synthetic, area);
    const g1 = samplingVariance * directWeight;
    const g2 = shrinkage * shrinkage * at(fit.leverages, area);
    const g3 = shrinkage * shrinkage * facts.variance * precision;
    return {
      direct,
      synthetic,
      directWeight,
      eblup: synthetic + directWeight * (direct - synthetic),
      g1,
      g2,
      g3,
      meanSquaredError: g1 + g2 + 2 * g3 - facts.bias * shrinkage * shrinkage,
    };
  });
}
