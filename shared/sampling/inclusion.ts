/**
 * Drawing units with probabilities proportional to their size (PPS): first-order inclusion probabilities and the
 * systematic draw. Joint probabilities are in `jointInclusion.ts`.
 */
import { fail, ok, type Result } from '../domain/result';
import { compensatedSum } from '../numeric/compensatedSum';
import { at } from '../numeric/typedArray';

export interface InclusionProbabilities {
  /** Probability that the unit is drawn, 0..1; they add to the sample size. */
  readonly probabilities: Float64Array;
  /** Positions (from 0) of the units that are drawn for certain. */
  readonly certainty: readonly number[];
}

/**
 * Probabilities n x size / sum(size) for a sample of n units. A unit whose probability reaches 1 is drawn for certain,
 * and the rest of the sample is shared among the others, until no probability is above 1 (Tille 2006, section 2.10).
 * Sizes are not negative; a unit of size 0 is never drawn.
 * Failures: INVALID_INPUT {field: 'size', row} (negative, missing or infinite);
 * INVALID_INPUT {field: 'sampleSize', available} (not a positive integer, or more than the units with a size).
 * Agrees with R: sampling::inclusionprobabilities(size, n).
 * @example sizes [1, 1, 8], n = 2 give [0.5, 0.5, 1].
 */
export function inclusionProbabilities(
  sizes: Float64Array,
  sampleSize: number,
): Result<InclusionProbabilities> {
  const bad = sizes.findIndex((size) => !(size >= 0 && size < Infinity));
  if (bad >= 0) return fail('INVALID_INPUT', { field: 'size', row: bad + 1 });
  const available = sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0);
  if (!Number.isInteger(sampleSize) || sampleSize < 1 || sampleSize > available) {
    return fail('INVALID_INPUT', { field: 'sampleSize', available });
  }
  const certain = new Uint8Array(sizes.length);
  let probabilities = shareOut(sizes, certain, sampleSize);
  while (markCertain(probabilities, certain)) probabilities = shareOut(sizes, certain, sampleSize);
  return ok({
    probabilities,
    certainty: Array.from(certain.keys()).filter((unit) => certain[unit] === 1),
  });
}

function shareOut(sizes: Float64Array, certain: Uint8Array, sampleSize: number): Float64Array {
  const certainCount = certain.reduce((sum, flag) => sum + flag, 0);
  const rest = compensatedSum(sizes.filter((_, unit) => certain[unit] === 0));
  return sizes.map((size, unit) =>
    certain[unit] === 1 ? 1 : rest > 0 ? ((sampleSize - certainCount) * size) / rest : 0,
  );
}

/** Marks units that reached probability 1; false when there is no new one. */
function markCertain(probabilities: Float64Array, certain: Uint8Array): boolean {
  let found = false;
  probabilities.forEach((probability, unit) => {
    if (probability < 1 || certain[unit] === 1) return;
    certain[unit] = 1;
    found = true;
  });
  return found;
}

/**
 * Systematic draw in frame order with a random start in [0, 1): unit k is drawn when an integer + start lies in
 * (C_(k-1), C_k], C the running sum of the probabilities (Madow 1949). The start comes from the caller's seed.
 * @returns positions (from 0) of the drawn units.
 * @example probabilities [0.5, 0.5, 1], start 0.25 draw units 0 and 2.
 */
export function systematicSelection(probabilities: Float64Array, start: number): readonly number[] {
  if (!(start >= 0 && start < 1)) throw new Error('a random start lies in [0, 1)');
  const drawn: number[] = [];
  let running = 0;
  let passed = Math.floor(-start);
  for (let unit = 0; unit < probabilities.length; unit++) {
    running += at(probabilities, unit);
    const reached = Math.floor(running - start + ROUNDING);
    if (reached > passed) drawn.push(unit);
    passed = reached;
  }
  return drawn;
}

/** Running sums that should be whole numbers miss them in the last bits. */
const ROUNDING = 1e-12;
