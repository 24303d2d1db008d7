/**
 * Linear algebra of the area-level model y_i = x_i'b + v_i + e_i, v ~ N(0, A), e ~ N(0, D_i) at a given A:
 * weighted least squares, log likelihoods and their slopes in A.
 */
import { compensatedSum } from '../../numeric/compensatedSum';
import { choleskyFactor, invertCholesky, solveCholesky } from '../../numeric/linearAlgebra';
import { addAt, at } from '../../numeric/typedArray';

export interface AreaData {
  readonly direct: Float64Array;
  readonly samplingVariances: Float64Array;
  /** Row-major areas x columns, the constant included. */
  readonly matrix: Float64Array;
  readonly columnCount: number;
}

export interface AreaFit {
  readonly coefficients: Float64Array;
  /** (X'V^-1 X)^-1, row-major. */
  readonly covariance: Float64Array;
  readonly rank: number;
  readonly synthetic: Float64Array;
  /** x_i' (X'V^-1 X)^-1 x_i. */
  readonly leverages: Float64Array;
  /** 1 / (A + D_i). */
  readonly precisions: Float64Array;
  /** Half the log determinant of X'V^-1 X. */
  readonly halfLogDeterminant: number;
}

/** Weighted least squares with the model variance A. */
export function fitAreas(data: AreaData, modelVariance: number): AreaFit {
  const { direct, samplingVariances, matrix, columnCount: size } = data;
  const precisions = samplingVariances.map((d) => 1 / (modelVariance + d));
  const product = new Float64Array(size * size);
  const right = new Float64Array(size);
  precisions.forEach((precision, area) => {
    for (let i = 0; i < size; i++) {
      const scaled = precision * at(matrix, area * size + i);
      addAt(right, i, scaled * at(direct, area));
      for (let j = 0; j < size; j++) addAt(product, i * size + j, scaled * at(matrix, area * size + j));
    }
  });
  const factor = choleskyFactor(product, size);
  const coefficients = solveCholesky(factor, right);
  const covariance = invertCholesky(factor);
  const perArea = (value: (x: Float64Array) => number): Float64Array =>
    direct.map((_, area) => value(matrix.subarray(area * size, (area + 1) * size)));
  let halfLogDeterminant = 0;
  for (let k = 0; k < size; k++) halfLogDeterminant += Math.log(at(factor.lower, k * size + k));
  return {
    coefficients,
    covariance,
    rank: factor.rank,
    synthetic: perArea((x) => coefficients.reduce((sum, b, k) => sum + b * at(x, k), 0)),
    leverages: perArea((x) => bilinear(covariance, x)),
    precisions,
    halfLogDeterminant,
  };
}

function bilinear(matrix: Float64Array, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < x.length; j++) sum += at(x, i) * at(matrix, i * x.length + j) * at(x, j);
  }
  return sum;
}

/** Trace of (X'V^-1 X)^-1 X'V^-2 X = sum of precision^2 x leverage. */
export const precisionTrace = ({ precisions, leverages }: AreaFit): number =>
  compensatedSum(precisions.map((precision, area) => precision * precision * at(leverages, area)));

/** Sum of precision x squared residual. */
export const weightedResiduals = (data: AreaData, { precisions, synthetic }: AreaFit): number =>
  compensatedSum(precisions.map((v, area) => v * (at(data.direct, area) - at(synthetic, area)) ** 2));

/** Log likelihood without its constant; `restricted` for REML. */
export function areaLogLikelihood(data: AreaData, modelVariance: number, restricted: boolean): number {
  const fit = fitAreas(data, modelVariance);
  const logs = compensatedSum(fit.precisions.map((precision) => Math.log(precision)));
  const value = (logs - weightedResiduals(data, fit)) / 2;
  return restricted ? value - fit.halfLogDeterminant : value;
}

/** Slope of the (restricted) log likelihood in A. */
export function areaScore(data: AreaData, modelVariance: number, restricted: boolean): number {
  const fit = fitAreas(data, modelVariance);
  const squares = compensatedSum(
    fit.precisions.map((v, area) => (v * (at(data.direct, area) - at(fit.synthetic, area))) ** 2),
  );
  const trace = compensatedSum(fit.precisions) - (restricted ? precisionTrace(fit) : 0);
  return (squares - trace) / 2;
}
