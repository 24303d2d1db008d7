/**
 * How far one dimension carries a test: the first two eigenvalues of the tetrachoric correlations of its items, weighted
 * by the survey. A ratio above 3 supports reporting one total (question-bank-spec §3.2); it is a rule of thumb, and
 * tetrachoric matrices of small samples have eigenvalues that are too spread.
 */
import { symmetricEigenvalues } from '../numeric/eigenvalues';
import { at } from '../numeric/typedArray';
import { responseAt, weightAt, type ResponseMatrix } from './responses';
import { tetrachoric, type FourfoldTable } from './tetrachoric';

/** Ratio of the first to the second eigenvalue above which one total may be reported. */
export const dominantRatio = 3;

export interface Dimensionality {
  readonly first: number;
  readonly second: number;
  readonly ratio: number;
  readonly isDominant: boolean;
}

/** Weighted counts of right answers, alone and in pairs (row-major); weights scaled to the number of persons. */
function jointRight(matrix: ResponseMatrix): Float64Array {
  const size = matrix.itemIds.length;
  const counts = new Float64Array(size * size);
  let total = 0;
  for (let person = 0; person < matrix.personCount; person++) total += weightAt(matrix, person);
  for (let person = 0; person < matrix.personCount; person++) {
    const weight = (weightAt(matrix, person) * matrix.personCount) / total;
    const right: number[] = [];
    for (let item = 0; item < size; item++) if (responseAt(matrix, person, item) === 1) right.push(item);
    for (const i of right) for (const j of right) counts[i * size + j] = at(counts, i * size + j) + weight;
  }
  return counts;
}

/** A difference of sums of weights that is nothing but rounding. */
const cellOf = (count: number): number => (count < 1e-9 ? 0 : count);

/** Tetrachoric correlations of all items of a matrix without gaps; 0 where an item does not vary. */
export function tetrachoricMatrix(matrix: ResponseMatrix): Float64Array {
  const size = matrix.itemIds.length;
  const counts = jointRight(matrix);
  const correlations = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    correlations[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      const both = at(counts, i * size + j);
      const first = cellOf(at(counts, i * size + i) - both);
      const second = cellOf(at(counts, j * size + j) - both);
      const neither = cellOf(matrix.personCount - both - first - second);
      const table: FourfoldTable = { both, first, second, neither };
      const found = tetrachoric(table) ?? 0;
      correlations[i * size + j] = found;
      correlations[j * size + i] = found;
    }
  }
  return correlations;
}

/** Null below three items or when the second eigenvalue is not positive. */
export function dimensionalityOf(matrix: ResponseMatrix): Dimensionality | null {
  const size = matrix.itemIds.length;
  if (size < 3) return null;
  const eigenvalues = symmetricEigenvalues(tetrachoricMatrix(matrix), size);
  const [first, second] = [at(eigenvalues, 0), at(eigenvalues, 1)];
  if (!(second > 0)) return null;
  const ratio = first / second;
  return { first, second, ratio, isDominant: ratio > dominantRatio };
}
