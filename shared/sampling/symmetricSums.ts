/** Sums over all samples of a fixed size: products of odds, by recursion over the units; every term is positive. */
import { addAt, at } from '../numeric/typedArray';

export interface SymmetricSums {
  /** Sum over samples of the product of the odds. */
  readonly plain: number;
  /** The same with each product multiplied by the sum of the marks of the sample. */
  readonly marked: number;
}

/**
 * Sums over all samples of `size` units without the units `left`.
 * @example odds [1, 2, 3], marks [1, 1, 1], size 2: plain 1*2 + 1*3 + 2*3 = 11, marked 22.
 */
export function symmetricSums(
  odds: Float64Array,
  marks: Float64Array,
  left: readonly number[],
  size: number,
): SymmetricSums {
  if (size < 0) return { plain: 0, marked: 0 };
  const plain = new Float64Array(size + 1);
  const marked = new Float64Array(size + 1);
  plain[0] = 1;
  for (let unit = 0; unit < odds.length; unit++) {
    if (left.includes(unit)) continue;
    const odd = at(odds, unit);
    const mark = at(marks, unit);
    for (let k = size; k > 0; k--) {
      addAt(marked, k, odd * (at(marked, k - 1) + mark * at(plain, k - 1)));
      addAt(plain, k, odd * at(plain, k - 1));
    }
  }
  return { plain: at(plain, size), marked: at(marked, size) };
}

/** Sum of the products of odds over all samples of `size` units without the units `left`. */
export const samplesWithout = (odds: Float64Array, left: readonly number[], size: number): number =>
  symmetricSums(odds, odds, left, size).plain;
