/**
 * Probabilities that two units are drawn together, for four ways of drawing n units with given unequal probabilities.
 * Horvitz-Thompson and Yates-Grundy variances need them. All matrices are row-major; the diagonal holds the
 * inclusion probabilities themselves.
 */
import { fail, ok, type Result } from '../domain/result';
import { addAt, at } from '../numeric/typedArray';
import { inclusionProbabilities } from './inclusion';
import { samplesWithout, symmetricSums } from './symmetricSums';

export type UnequalProbabilityMethod = 'systematic' | 'sampford' | 'conditionalPoisson' | 'midzuno';

const methods: Readonly<Record<UnequalProbabilityMethod, (p: Float64Array, n: number) => Float64Array>> = {
  systematic: (p) => systematicJoint(p),
  sampford: sampfordJoint,
  conditionalPoisson: conditionalPoissonJoint,
  midzuno: midzunoJoint,
};

/**
 * Joint inclusion probabilities of all pairs of units.
 * `systematic`: in frame order with a random start (Madow 1949); pairs may have probability 0, so that no unbiased
 * variance exists. `sampford`: rejective draw of Sampford (1967). `conditionalPoisson`: greatest entropy (Chen, Dempster
 * & Liu 1994). `midzuno`: complement of Tille's (1996) elimination.
 * Units with probability 1 are drawn with everyone, those with 0 with nobody.
 * Failures: INVALID_INPUT {field: 'probabilities', row} outside 0..1; {field: 'sampleSize'} when they do not add to a
 * whole number; CALIBRATION_NOT_CONVERGED {variable: 'conditionalPoisson'}.
 * Agrees with R: sampling::UPsystematicpi2, UPsampfordpi2, UPmaxentropypi2, UPmidzunopi2.
 */
export function jointInclusionProbabilities(
  probabilities: Float64Array,
  method: UnequalProbabilityMethod,
): Result<Float64Array> {
  const bad = probabilities.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) return fail('INVALID_INPUT', { field: 'probabilities', row: bad + 1 });
  const open = Int32Array.from(probabilities.keys()).filter((unit) => isOpen(at(probabilities, unit)));
  const inner = Float64Array.from(open, (unit) => at(probabilities, unit));
  const sum = inner.reduce((total, p) => total + p, 0);
  const drawn = Math.round(sum);
  if (Math.abs(sum - drawn) > 1e-6) return fail('INVALID_INPUT', { field: 'sampleSize', sum });
  const joint = methods[method](inner, drawn);
  return joint.some(Number.isNaN)
    ? fail('CALIBRATION_NOT_CONVERGED', { variable: method })
    : ok(spread(probabilities, open, joint));
}

const isOpen = (p: number): boolean => p > 1e-12 && p < 1 - 1e-12;

/** Puts the pairs of open units among the units that are always or never drawn. */
function spread(probabilities: Float64Array, open: Int32Array, inner: Float64Array): Float64Array {
  const count = probabilities.length;
  const joint = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) joint[i * count + j] = at(probabilities, i) * at(probabilities, j);
  }
  open.forEach((i, a) => {
    open.forEach((j, b) => {
      joint[i * count + j] = a === b ? at(probabilities, i) : at(inner, a * open.length + b);
    });
  });
  return joint;
}

/** Sums the lengths of the intervals of random starts that draw both units. */
function systematicJoint(probabilities: Float64Array): Float64Array {
  const count = probabilities.length;
  const ends = new Float64Array(count);
  let running = 0;
  probabilities.forEach((p, unit) => (ends[unit] = running += p));
  const cuts = ends.map((end) => fraction(end)).sort();
  const joint = new Float64Array(count * count);
  for (let cut = 0; cut <= count; cut++) {
    const lower = cut === 0 ? 0 : at(cuts, cut - 1);
    const upper = cut === count ? 1 : at(cuts, cut);
    const start = (lower + upper) / 2;
    const isDrawn = (end: number, unit: number): boolean =>
      Math.floor(end - start) > Math.floor((unit === 0 ? 0 : at(ends, unit - 1)) - start);
    const drawn = Array.from(ends.keys()).filter((unit) => isDrawn(at(ends, unit), unit));
    for (const i of drawn) for (const j of drawn) addAt(joint, i * count + j, upper - lower);
  }
  return joint;
}

/** Part behind the decimal point; a running sum a rounding error below a whole number counts as whole. */
const fraction = (value: number): number => {
  const rest = value - Math.floor(value);
  return rest > 1 - 1e-12 ? 0 : rest;
};

/**
 * P(s) is proportional to the product of odds p/(1-p) over s times the sum of 1-p over s, so that the pair sums are
 * symmetric sums over samples of n-2 of the other units.
 */
function sampfordJoint(probabilities: Float64Array, drawn: number): Float64Array {
  const odds = probabilities.map((p) => p / (1 - p));
  const slack = probabilities.map((p) => 1 - p);
  const whole = symmetricSums(odds, slack, [], drawn);
  return pairs(probabilities, (i, j) => {
    const rest = symmetricSums(odds, slack, [i, j], drawn - 2);
    const both = (at(slack, i) + at(slack, j)) * rest.plain + rest.marked;
    return drawn < 2 ? 0 : (at(odds, i) * at(odds, j) * both) / whole.marked;
  });
}

/** P(s) is proportional to the product of odds, the odds chosen so that every unit keeps its probability. */
function conditionalPoissonJoint(probabilities: Float64Array, drawn: number): Float64Array {
  const odds = greatestEntropyOdds(probabilities, drawn);
  const whole = samplesWithout(odds, [], drawn);
  return pairs(probabilities, (i, j) =>
    drawn < 2 ? 0 : (at(odds, i) * at(odds, j) * samplesWithout(odds, [i, j], drawn - 2)) / whole,
  );
}

/** Fixed point of Chen, Dempster & Liu (1994); NaN when it does not settle. */
function greatestEntropyOdds(probabilities: Float64Array, drawn: number): Float64Array {
  let working = Float64Array.from(probabilities);
  for (let round = 0; round < 1000; round++) {
    const odds = working.map((p) => p / (1 - p));
    const whole = samplesWithout(odds, [], drawn);
    const gaps = probabilities.map(
      (p, unit) => p - (at(odds, unit) * samplesWithout(odds, [unit], drawn - 1)) / whole,
    );
    if (gaps.every((gap) => Math.abs(gap) < 1e-14)) return odds;
    working = working.map((p, unit) => p + at(gaps, unit));
    if (gaps.every((gap) => Math.abs(gap) < 1e-12)) return working.map((p) => p / (1 - p));
  }
  return probabilities.map(() => NaN);
}

/**
 * Elimination (Tille 1996): from the whole frame one unit leaves at a time, and two units of the complement stay
 * together with probability product(1 - r_i - r_j); the sample is what the elimination removed.
 */
function midzunoJoint(probabilities: Float64Array, drawn: number): Float64Array {
  const complement = probabilities.map((p) => 1 - p);
  const left = probabilities.length - drawn;
  const leaving: Float64Array[] = [];
  let larger: Float64Array = new Float64Array(probabilities.length).fill(1);
  for (let size = probabilities.length - 1; size >= left; size--) {
    const smaller = sharesOf(complement, size);
    const before = larger;
    leaving.push(smaller.map((p, unit) => 1 - p / at(before, unit)));
    larger = smaller;
  }
  return pairs(probabilities, (i, j) => {
    const together = leaving.reduce((product, r) => product * (1 - at(r, i) - at(r, j)), 1);
    return Math.max(0, at(probabilities, i) + at(probabilities, j) - 1 + together);
  });
}

function sharesOf(sizes: Float64Array, sampleSize: number): Float64Array {
  if (sampleSize === 0) return new Float64Array(sizes.length);
  const found = inclusionProbabilities(sizes, sampleSize);
  if (!found.ok) throw new Error('the complement of open probabilities has sizes above zero');
  return found.value.probabilities;
}

function pairs(probabilities: Float64Array, jointOf: (i: number, j: number) => number): Float64Array {
  const count = probabilities.length;
  const joint = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    joint[i * count + i] = at(probabilities, i);
    for (let j = 0; j < i; j++) {
      const value = jointOf(i, j);
      joint[i * count + j] = value;
      joint[j * count + i] = value;
    }
  }
  return joint;
}
