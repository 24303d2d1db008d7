/**
 * Regularised incomplete gamma and beta functions, both tails, with relative accuracy in each tail.
 * Series where it converges fast, else Lentz's continued fraction (Press et al. 2007, sections 6.2 and 6.4).
 */
import { betaDensityByLogit, gammaDensityByLog } from './gammaFunction';

export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

const TINY = 1e-300;
const EPSILON = 1e-16;
const MAX_TERMS = 200_000;

const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

function gammaSeries(x: number, shape: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; k < MAX_TERMS; k++) {
    term *= x / (shape + k);
    sum += term;
    if (term < sum * EPSILON) break;
  }
  return sum;
}

function gammaFraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / awayFromZero(b);
  let fraction = d;
  for (let k = 1; k < MAX_TERMS; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / awayFromZero(a * d + b);
    c = awayFromZero(b + a / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return fraction;
}

/** P(shape, x) and Q(shape, x) for shape > 0. Agrees with R: pgamma(x, shape). */
export function incompleteGamma(x: number, shape: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const density = gammaDensityByLog(x, shape);
  if (x < shape + 1) {
    const lower = Math.min(1, density * gammaSeries(x, shape));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, density * gammaFraction(x, shape));
  return { lower: 1 - upper, upper };
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return fraction;
}

/**
 * I_x(a, b) and its complement; `y` is 1 - x, passed apart so that neither end loses digits.
 * Agrees with R: pbeta(x, a, b).
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const density = betaDensityByLogit(x, y, a, b);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (density * betaFraction(x, a, b)) / a);
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, (density * betaFraction(y, b, a)) / b);
  return { lower: 1 - upper, upper };
}
