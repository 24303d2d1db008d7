/** A root of a continuous function inside a bracket. */

/**
 * x in [lower, upper] where f changes sign, to the last bits of x. f(lower) and f(upper) have different signs
 * (or one is zero). Agrees with R: uniroot(f, c(lower, upper), tol = 1e-15).
 */
export function bisectRoot(f: (x: number) => number, lower: number, upper: number): number {
  let [low, high] = [lower, upper];
  const startsPositive = f(low) > 0;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) return middle;
    const value = f(middle);
    if (value === 0) return middle;
    if (value > 0 === startsPositive) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
