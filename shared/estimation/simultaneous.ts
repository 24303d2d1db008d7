/**
 * Simultaneous inference on differences of correlated estimates: the distribution of max |T| over a set of pairs, T
 * multivariate Student with the estimates' own covariance (Tukey's method beyond independent estimates of equal
 * precision; Hothorn, Bretz & Westfall 2008).
 *
 * P(max |T| <= c) = E over directions u of F[r, df](c^2 / (r m(u)^2)), r = rank, m(u) = largest standardised
 * difference in direction u (spherical-radial form, Genz & Bretz 1999): only the direction is integrated
 * numerically, by eight randomly shifted Richtmyer lattices with a fixed seed, so the same numbers give the same
 * bits. The spread of the eight gives `integrationError`, usually below 0.0005 at a tail of 0.05.
 * Agrees with R: mvtnorm::qmvt(tail = "both.tails", corr =, df =), multcomp::glht, and for independent estimates
 * of equal precision qtukey(level, J, df) / sqrt(2).
 */
import { chiSquareTails, fTails, normalQuantile, studentQuantile } from '../numeric/distributions';
import { choleskyFactor } from '../numeric/linearAlgebra';
import { createRandom } from '../numeric/seededRandom';
import { at } from '../numeric/typedArray';
import { differenceError, type ComparedEstimates } from './comparisons';

/** Positions of two estimates: the comparison is first minus second. */
export interface Pair {
  readonly i: number;
  readonly j: number;
}

export interface MaxTDistribution {
  /** P(max |T| >= c): the single-step adjusted p-value of a difference with |t| = c. */
  readonly upperTail: (c: number, degreesOfFreedom: number) => number;
  /** c with P(max |T| <= c) = level. */
  readonly criticalValue: (level: number, degreesOfFreedom: number) => number;
  /** Standard error of `upperTail` from the numerical integration. */
  readonly integrationError: (c: number, degreesOfFreedom: number) => number;
}

const SHIFTS = 8;
const POINTS_PER_SHIFT = 512;
/** Neighbouring values of m(u) enter as one node. */
const NODE_SIZE = 32;
const SEED = 'max-t';
const ROOT_TOLERANCE = 1e-6;
const MOST_STEPS = 60;

/** Every pair once, (0,1), (0,2), (1,2), (0,3) ... */
export const allPairs = (count: number): readonly Pair[] =>
  Array.from({ length: count }, (_, j) => Array.from({ length: j }, (_unused, i) => ({ i, j }))).flat();

/**
 * Distribution of max |T| over `pairs`. Null when no pair has a positive standard error, or when the covariance is
 * no covariance (joint probabilities can make it indefinite): then there is no simultaneous statement.
 */
export function maxTDistribution(
  compared: ComparedEstimates,
  pairs: readonly Pair[],
): MaxTDistribution | null {
  const directions = standardisedRows(compared, pairs);
  if (directions === null) return null;
  const { rank } = directions;
  const shifts = largestByShift(directions);
  const nodes = condense(Float64Array.from(shifts.flatMap((values) => [...values])).sort());
  const shiftNodes = shifts.map(condense);
  const tail = (values: Float64Array, c: number, df: number): number => upperTail(values, { c, df, rank });
  return {
    upperTail: (c, degreesOfFreedom) => Math.min(1, tail(nodes, c, degreesOfFreedom)),
    criticalValue: (level, df) =>
      solve((c) => tail(nodes, c, df) - (1 - level), { level, df, count: pairs.length }),
    integrationError: (c, degreesOfFreedom) => {
      const found = shiftNodes.map((values) => tail(values, c, degreesOfFreedom));
      const mean = found.reduce((sum, value) => sum + value, 0) / SHIFTS;
      const squares = found.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return Math.sqrt(squares / (SHIFTS * (SHIFTS - 1)));
    },
  };
}

interface Directions {
  /** Row-major estimates x rank: the error of an estimate (less that of the last) in direction u is the dot product. */
  readonly rows: Float64Array;
  readonly estimateCount: number;
  readonly rank: number;
  readonly pairs: readonly (Pair & { readonly error: number })[];
}

/** A pair's variance must come back from the factor to this relative accuracy. */
const FACTOR_TOLERANCE = 1e-6;

/** Factor L of the covariance of differences from the last estimate, V = LL', without its dependent columns. */
function standardisedRows(compared: ComparedEstimates, pairs: readonly Pair[]): Directions | null {
  const estimateCount = compared.ids.length;
  const size = estimateCount - 1;
  const factor = choleskyFactor(differencesFromLast(compared), size);
  const columns = Array.from({ length: size }, (_, k) => k).filter((k) => factor.kept[k] === 1);
  const rank = columns.length;
  const rows = new Float64Array(estimateCount * rank);
  for (let row = 0; row < size; row++)
    columns.forEach((column, k) => (rows[row * rank + k] = at(factor.lower, row * size + column)));
  const kept = pairs.flatMap((pair) => {
    const error = differenceError(compared, pair.i, pair.j);
    return error === null || error === 0 ? [] : [{ ...pair, error }];
  });
  const isFaithful = ({ i, j, error }: (typeof kept)[number]): boolean => {
    let squares = 0;
    for (let k = 0; k < rank; k++) squares += (at(rows, i * rank + k) - at(rows, j * rank + k)) ** 2;
    return Math.abs(squares / error ** 2 - 1) <= FACTOR_TOLERANCE;
  };
  return kept.length > 0 && kept.every(isFaithful) ? { rows, estimateCount, rank, pairs: kept } : null;
}

function differencesFromLast({ covariance, ids }: ComparedEstimates): Float64Array {
  const last = ids.length - 1;
  const v = (i: number, j: number): number => at(covariance, i * ids.length + j);
  return Float64Array.from({ length: last * last }, (_, cell) => {
    const [i, j] = [Math.floor(cell / last), cell % last];
    return v(i, j) - v(i, last) - v(last, j) + v(last, last);
  });
}

/** m(u) for every point of every shifted lattice, each shift sorted. */
function largestByShift(directions: Directions): readonly Float64Array[] {
  const { rank } = directions;
  const unit = unitDirections(rank);
  return Array.from({ length: SHIFTS }, (_, shift) => {
    const values = new Float64Array(POINTS_PER_SHIFT);
    for (let point = 0; point < POINTS_PER_SHIFT; point++) {
      const start = (shift * POINTS_PER_SHIFT + point) * rank;
      values[point] = largest(directions, unit.subarray(start, start + rank));
    }
    return values.sort();
  });
}

/** The lattices depend on the number of dimensions only and serve every comparison of a survey. */
const latticesByRank = new Map<number, Float64Array>();

/** Unit vectors of all shifted lattices, row-major. */
function unitDirections(rank: number): Float64Array {
  const known = latticesByRank.get(rank);
  if (known !== undefined) return known;
  const random = createRandom(SEED);
  const generators = rootsOfPrimes(rank);
  const unit = new Float64Array(SHIFTS * POINTS_PER_SHIFT * rank);
  for (let shift = 0; shift < SHIFTS; shift++) {
    const offset = Float64Array.from({ length: rank }, () => random.next());
    for (let point = 0; point < POINTS_PER_SHIFT; point++) {
      const start = (shift * POINTS_PER_SHIFT + point) * rank;
      let squares = 0;
      for (let k = 0; k < rank; k++) {
        const position = ((point + 1) * at(generators, k) + at(offset, k)) % 1;
        const value = normalQuantile(Math.min(Math.max(position, 1e-12), 1 - 1e-12));
        unit[start + k] = value;
        squares += value * value;
      }
      for (let k = 0; k < rank; k++) unit[start + k] = at(unit, start + k) / Math.sqrt(squares);
    }
  }
  latticesByRank.set(rank, unit);
  return unit;
}

function largest({ rows, estimateCount, rank, pairs }: Directions, direction: Float64Array): number {
  const errors = new Float64Array(estimateCount);
  for (let row = 0; row < estimateCount; row++) {
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += at(rows, row * rank + k) * at(direction, k);
    errors[row] = sum;
  }
  let best = 0;
  for (const { i, j, error } of pairs) best = Math.max(best, Math.abs(at(errors, i) - at(errors, j)) / error);
  return best;
}

/** Fractional parts of the square roots of the first primes: the generators of the Richtmyer lattice. */
function rootsOfPrimes(count: number): Float64Array {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  return Float64Array.from(primes, (prime) => Math.sqrt(prime) % 1);
}

/** Sorted values as nodes of equal weight: means of neighbours. */
function condense(sorted: Float64Array): Float64Array {
  return Float64Array.from({ length: sorted.length / NODE_SIZE }, (_, node) => {
    const group = sorted.subarray(node * NODE_SIZE, (node + 1) * NODE_SIZE);
    return group.reduce((sum, value) => sum + value, 0) / NODE_SIZE;
  });
}

function upperTail(
  values: Float64Array,
  at: { readonly c: number; readonly df: number; readonly rank: number },
): number {
  const { c, df, rank } = at;
  const sum = values.reduce((total, m) => {
    const square = (c / m) ** 2;
    return total + (df === Infinity ? chiSquareTails(square, rank) : fTails(square / rank, rank, df)).upper;
  }, 0);
  return sum / values.length;
}

/** Root of a function falling in c, between the single and the Bonferroni critical value (Illinois rule). */
function solve(
  gap: (c: number) => number,
  from: { readonly level: number; readonly df: number; readonly count: number },
): number {
  const error = (1 - from.level) / 2;
  let low = studentQuantile(1 - error, from.df) * 0.999;
  // Numerical integration may put the root a hair above Bonferroni's bound.
  let high = studentQuantile(1 - error / from.count, from.df) * 1.01;
  let [lowGap, highGap] = [gap(low), gap(high)];
  let wasAbove: boolean | null = null;
  for (let step = 0; step < MOST_STEPS && high - low > ROOT_TOLERANCE * high; step++) {
    const c = (low * highGap - high * lowGap) / (highGap - lowGap);
    const value = gap(c);
    if (Math.abs(value) < ROOT_TOLERANCE * error) return c;
    const isAbove = value > 0;
    if (isAbove) [low, lowGap] = [c, value];
    else [high, highGap] = [c, value];
    if (isAbove === wasAbove && isAbove) highGap /= 2;
    else if (isAbove === wasAbove) lowGap /= 2;
    wasAbove = isAbove;
  }
  return (low + high) / 2;
}
