/**
 * Small dense linear algebra on row-major Float64Array matrices.
 * The Cholesky factor skips columns that depend on earlier ones, so margins that repeat each other
 * (every margin adds to the same population) need no manual choice of a dropped category.
 */
export interface CholeskyFactor {
  readonly size: number;
  /** Lower triangle L, row-major, with M = L L' on the kept columns. */
  readonly lower: Float64Array;
  /** 1 where the column is used, 0 where it depends linearly on the columns before it. */
  readonly kept: Uint8Array;
  readonly rank: number;
}

/** A pivot below this share of its diagonal element means: linearly dependent. */
const DEPENDENCE_TOLERANCE = 1e-11;

/** Factor of a symmetric non-negative definite matrix (row-major, size x size). */
export function choleskyFactor(matrix: Float64Array, size: number): CholeskyFactor {
  const lower = new Float64Array(size * size);
  const kept = new Uint8Array(size);
  let rank = 0;
  for (let j = 0; j < size; j++) {
    const diagonal = matrix[j * size + j] ?? 0;
    const pivot = diagonal - rowProduct(lower, size, j, j);
    if (!(pivot > DEPENDENCE_TOLERANCE * diagonal)) continue;
    kept[j] = 1;
    rank++;
    const root = Math.sqrt(pivot);
    lower[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      lower[i * size + j] = ((matrix[i * size + j] ?? 0) - rowProduct(lower, size, i, j)) / root;
    }
  }
  return { size, lower, kept, rank };
}

function rowProduct(lower: Float64Array, size: number, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < j; k++) sum += (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
  return sum;
}

/** Solves M x = b; dependent columns get x = 0. */
export function solveCholesky(factor: CholeskyFactor, rightSide: Float64Array): Float64Array {
  const { size, lower, kept } = factor;
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (kept[i] === 0) continue;
    let value = rightSide[i] ?? 0;
    for (let k = 0; k < i; k++) value -= (lower[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = value / (lower[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i--) {
    if (kept[i] === 0) continue;
    let value = x[i] ?? 0;
    for (let k = i + 1; k < size; k++) {
      if (kept[k] === 1) value -= (lower[k * size + i] ?? 0) * (x[k] ?? 0);
    }
    x[i] = value / (lower[i * size + i] ?? 1);
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
    for (let i = 0; i < size; i++) inverse[i * size + j] = column[i] ?? 0;
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
    let value = y[j] ?? 0;
    for (let k = j + 1; k < columns; k++) value -= (a[j * columns + k] ?? 0) * (b[k] ?? 0);
    b[j] = value / (a[j * columns + j] ?? 1);
  }
  return b;
}

function reflectColumn(
  a: Float64Array,
  y: Float64Array,
  at: { readonly rows: number; readonly columns: number; readonly column: number },
): boolean {
  const { rows, columns, column: j } = at;
  let whole = 0;
  let rest = 0;
  for (let i = 0; i < rows; i++) {
    const square = (a[i * columns + j] ?? 0) ** 2;
    whole += square;
    if (i >= j) rest += square;
  }
  if (!(rest > 1e-24 * whole)) return false;
  const head = a[j * columns + j] ?? 0;
  const length = head > 0 ? -Math.sqrt(rest) : Math.sqrt(rest);
  const v = new Float64Array(rows);
  for (let i = j; i < rows; i++) v[i] = a[i * columns + j] ?? 0;
  v[j] = head - length;
  const scale = 2 / (rest - 2 * head * length + length * length);
  for (let k = j; k < columns; k++) {
    let product = 0;
    for (let i = j; i < rows; i++) product += (v[i] ?? 0) * (a[i * columns + k] ?? 0);
    for (let i = j; i < rows; i++) {
      a[i * columns + k] = (a[i * columns + k] ?? 0) - scale * product * (v[i] ?? 0);
    }
  }
  let product = 0;
  for (let i = j; i < rows; i++) product += (v[i] ?? 0) * (y[i] ?? 0);
  for (let i = j; i < rows; i++) y[i] = (y[i] ?? 0) - scale * product * (v[i] ?? 0);
  return true;
}
