/** Eigenvalues of symmetric matrices. */
import { at } from './typedArray';

const MOST_SWEEPS = 60;
const NEGLIGIBLE = 1e-24;

function offDiagonal(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) sum += at(matrix, i * size + j) * at(matrix, i * size + j);
  return sum;
}

interface Rotation {
  readonly p: number;
  readonly q: number;
  readonly cosine: number;
  readonly sine: number;
}

/** Rotation that makes the element (p, q) zero; null where it is zero already. */
function rotationOf(matrix: Float64Array, size: number, p: number, q: number): Rotation | null {
  const apart = at(matrix, p * size + q);
  if (apart === 0) return null;
  const ratio = (at(matrix, q * size + q) - at(matrix, p * size + p)) / (2 * apart);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  return { p, q, cosine, sine: tangent * cosine };
}

function rotate(matrix: Float64Array, size: number, { p, q, cosine, sine }: Rotation): void {
  const turn = (first: number, second: number): void => {
    const [x, y] = [at(matrix, first), at(matrix, second)];
    matrix[first] = cosine * x - sine * y;
    matrix[second] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k++) turn(k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(p * size + k, q * size + k);
}

/**
 * Eigenvalues of a symmetric matrix (row-major, size x size) in descending order, by cyclic Jacobi rotations
 * (Golub & Van Loan 2013, §8.5). Agrees with R: eigen(m, symmetric = TRUE)$values.
 */
export function symmetricEigenvalues(symmetric: Float64Array, size: number): Float64Array {
  const matrix = Float64Array.from(symmetric);
  const scale = matrix.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (offDiagonal(matrix, size) <= NEGLIGIBLE * scale) break;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        const rotation = rotationOf(matrix, size, p, q);
        if (rotation !== null) rotate(matrix, size, rotation);
      }
  }
  return Float64Array.from({ length: size }, (_, k) => at(matrix, k * size + k))
    .sort()
    .reverse();
}
