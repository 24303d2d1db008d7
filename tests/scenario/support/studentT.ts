/**
 * Two-sided 95 % t value from the finite series of the t distribution for whole degrees of freedom
 * (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4), solved by bisection. Written for the tests alone.
 */

/** P(|T| < t) with `df` degrees of freedom. */
function centralMass(t: number, df: number): number {
  const angle = Math.atan(t / Math.sqrt(df));
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  if (df % 2 === 0) {
    let term = 1;
    let sum = 1;
    for (let k = 2; k <= df - 2; k += 2) {
      term *= ((k - 1) / k) * cosine * cosine;
      sum += term;
    }
    return sine * sum;
  }
  let term = cosine;
  let sum = df > 1 ? cosine : 0;
  for (let k = 3; k <= df - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return (2 / Math.PI) * (angle + sine * sum);
}

/** t with P(|T| < t) = 0.95. */
export function t95(df: number): number {
  let low = 0;
  let high = 13;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (centralMass(middle, df) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
