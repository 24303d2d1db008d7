/**
 * Small dense linear algebra on row-major Float64Array matrices.
 * The Cholesky factor skips columns that depend on earlier ones, so margins that repeat each other
 * (every margin adds to the same population) need no manual choice of a dropped category.
 */
import { addAt, at } from './typedArray';

export interface CholeskyFactor {
  readonly size: number;
  /** Lower triangle L, row-major, with M = L L' on the kept columns. */
  readonly lower: Float64Array;
  /** 1 where the column is used, 0 where it depends linearly on the columns before it. */
  readonly kept: Uint8Array;
  readonly rank: number;
  /** A pivot came out clearly negative: the matrix is no covariance matrix. */
  readonly isIndefinite: boolean;
}

/** A pivot below this share of its diagonal element means: linearly dependent. */
const DEPENDENCE_TOLERANCE = 1e-11;

/** Factor of a symmetric non-negative definite matrix (row-major, size x size). */
export function choleskyFactor(matrix: Float64Array, size: number): CholeskyFactor {
  const lower = new Float64Array(size * size);
  const kept = new Uint8Array(size);
  let rank = 0;
  let isIndefinite = false;
  for (let j = 0; j < size; j++) {
    const diagonal = at(matrix, j * size + j);
    const pivot = diagonal - rowProduct(lower, size, j, j);
    if (pivot < -DEPENDENCE_TOLERANCE * Math.abs(diagonal)) isIndefinite = true;
    if (!(pivot > DEPENDENCE_TOLERANCE * diagonal)) continue;
    kept[j] = 1;
    rank++;
    const root = Math.sqrt(pivot);
    lower[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      lower[i * size + j] = (at(matrix, i * size + j) - rowProduct(lower, size, i, j)) / root;
    }
  }
  return { size, lower, kept, rank, isIndefinite };
}

function rowProduct(lower: Float64Array, size: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < j; k++) sum += at(lower, i * size + k) * at(lower, j * size + k);
  return sum;
}

/** Solves M x = b; dependent columns get x = 0. */
export function solveCholesky(factor: CholeskyFactor, rightSide: Float64Array): Float64Array {
  const { size, lower, kept } = factor;
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (kept[i] === 0) continue;
    let value = at(rightSide, i);
    for (let k = 0; k < i; k++) value -= at(lower, i * size + k) * at(x, k);
    x[i] = value / at(lower, i * size + i);
  }
  for (let i = size - 1; i >= 0; i--) {
    if (kept[i] === 0) continue;
    let value = at(x, i);
    for (let k = i + 1; k < size; k++) {
      if (kept[k] === 1) value -= at(lower, k * size + i) * at(x, k);
    }
    x[i] = value / at(lower, i * size + i);
  }
  return x;
}

/** Inverse of a positive definite matrix from its factor. */
export function invertCholesky(factor: CholeskyFactor): Float64Array {
  const { size } = factor;
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const unit = new Float64Array(size);
    unit[j] = 1;
    const column = solveCholesky(factor, unit);
    for (let i = 0; i < size; i++) inverse[i * size + j] = at(column, i);
  }
  return inverse;
}

/**
 * Least squares by Householder QR: the b that minimises |A b - y|, A row-major (rows x columns) of full column rank.
 * Returns null when A does not have full column rank.
 */
export function leastSquares(
  matrix: Float64Array,
  rows: number,
  rightSide: Float64Array,
): Float64Array | null {
  const columns = matrix.length / rows;
  const a = Float64Array.from(matrix);
  const y = Float64Array.from(rightSide);
  for (let j = 0; j < columns; j++) {
    if (!reflectColumn(a, y, { rows, columns, column: j })) return null;
  }
  const b = new Float64Array(columns);
  for (let j = columns - 1; j >= 0; j--) {
    let value = at(y, j);
    for (let k = j + 1; k < columns; k++) value -= at(a, j * columns + k) * at(b, k);
    b[j] = value / at(a, j * columns + j);
  }
  return b;
}

interface Pivot {
  readonly rows: number;
  readonly columns: number;
  readonly column: number;
}

/** Applies the Householder reflection of one column to the matrix and the right side; false: dependent column. */
function reflectColumn(a: Float64Array, y: Float64Array, pivot: Pivot): boolean {
  const { rows, columns, column: j } = pivot;
  let whole = 0;
  let rest = 0;
  for (let i = 0; i < rows; i++) {
    const square = at(a, i * columns + j) ** 2;
    whole += square;
    if (i >= j) rest += square;
  }
  if (!(rest > 1e-24 * whole)) return false;
  const head = at(a, j * columns + j);
  const length = head > 0 ? -Math.sqrt(rest) : Math.sqrt(rest);
  const v = new Float64Array(rows);
  for (let i = j; i < rows; i++) v[i] = at(a, i * columns + j);
  v[j] = head - length;
  const scale = 2 / (rest - 2 * head * length + length * length);
  for (let k = j; k < columns; k++) reflect(a, v, { start: k, stride: columns, scale });
  reflect(y, v, { start: 0, stride: 1, scale });
  return true;
}

/** Subtracts scale v (v'x) from the column x that starts at `start` with the given stride. */
function reflect(
  target: Float64Array,
  v: Float64Array,
  layout: { readonly start: number; readonly stride: number; readonly scale: number },
): void {
  const { start, stride, scale } = layout;
  let product = 0;
  for (let i = 0; i < v.length; i++) product += at(v, i) * at(target, start + i * stride);
  for (let i = 0; i < v.length; i++) addAt(target, start + i * stride, -scale * product * at(v, i));
}
