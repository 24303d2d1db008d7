/**
 * Gaps of the weakest: best minus weakest, and a whole minus its weakest part. The weakest is picked by its estimate,
 * which overstates the gap and spoils an ordinary interval; limits that hold for every difference at once do not
 * care which one is picked. On the event that all simultaneous intervals cover, the true range lies between the
 * largest lower and the largest upper limit (as in multiple comparisons with the best, Hsu 1996, ch. 4).
 */
import { at } from '../numeric/typedArray';
import type { ComparedEstimates } from './comparisons';
import { allPairs } from './simultaneous';
import { simultaneousDifferences, type SimultaneousDifference } from './simultaneousDifferences';

export interface GapEstimate {
  readonly best: number;
  readonly weakest: number;
  /** Difference of the two as estimated; too large on average, because they were picked. */
  readonly estimate: number;
  /** Selection-aware limits of the true gap, never below 0. */
  readonly interval: { readonly lower: number; readonly upper: number };
}

const lowest = (estimates: Float64Array, indexes: readonly number[]): number =>
  indexes.reduce((best, k) => (at(estimates, k) < at(estimates, best) ? k : best));
const highest = (estimates: Float64Array, indexes: readonly number[]): number =>
  indexes.reduce((best, k) => (at(estimates, k) > at(estimates, best) ? k : best));

type Limits = NonNullable<SimultaneousDifference['interval']>;

/** Largest lower and largest upper limit of differences taken in both directions or in one. */
function outermost(differences: readonly SimultaneousDifference[], bothWays: boolean): Limits | null {
  const limits = differences.flatMap(({ interval }) => {
    if (interval === null) return [];
    return bothWays ? [interval, { lower: -interval.upper, upper: -interval.lower }] : [interval];
  });
  if (limits.length < (bothWays ? 2 : 1) * differences.length) return null;
  return {
    lower: Math.max(0, ...limits.map(({ lower }) => lower)),
    upper: Math.max(0, ...limits.map(({ upper }) => upper)),
  };
}

/** Best minus weakest of all estimates. Null with fewer than two, or when a difference has no error. */
export function rangeGap(compared: ComparedEstimates, confidenceLevel = 0.95): GapEstimate | null {
  const count = compared.ids.length;
  if (count < 2) return null;
  const pairs = allPairs(count);
  const interval = outermost(simultaneousDifferences(compared, pairs, confidenceLevel).differences, true);
  const indexes = compared.ids.map((_, k) => k);
  const [best, weakest] = [highest(compared.estimates, indexes), lowest(compared.estimates, indexes)];
  const estimate = at(compared.estimates, best) - at(compared.estimates, weakest);
  return interval === null ? null : { best, weakest, estimate, interval };
}

/** The estimate at `whole` minus the weakest of the others; `best` is the whole. Null as in `rangeGap`. */
export function gapToWhole(
  compared: ComparedEstimates,
  whole: number,
  confidenceLevel = 0.95,
): GapEstimate | null {
  const parts = compared.ids.map((_, k) => k).filter((k) => k !== whole);
  if (parts.length < 2) return null;
  const pairs = parts.map((j) => ({ i: whole, j }));
  const interval = outermost(simultaneousDifferences(compared, pairs, confidenceLevel).differences, false);
  const weakest = lowest(compared.estimates, parts);
  const estimate = at(compared.estimates, whole) - at(compared.estimates, weakest);
  return interval === null ? null : { best: whole, weakest, estimate, interval };
}
