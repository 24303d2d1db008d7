/**
 * Neumaier's compensated summation (Neumaier 1974): the error of a long sum stays near one rounding,
 * so totals over 300,000 weighted rows do not depend on how the rows were ordered.
 */
export function compensatedSum(values: ArrayLike<number>): number {
  let sum = 0;
  let correction = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const next = sum + value;
    correction += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + correction;
}

/** Sum of `left[i] * right[i]`, compensated as above. The arrays have equal length. */
export function compensatedDot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  let correction = 0;
  for (let i = 0; i < left.length; i++) {
    const value = (left[i] ?? 0) * (right[i] ?? 0);
    const next = sum + value;
    correction += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + correction;
}
