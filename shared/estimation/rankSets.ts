/**
 * Which ranks are possible: rank 1 = highest estimate. A district's rank is never shown without its set.
 * lower = 1 + number of districts significantly above, upper = J - number significantly below
 * (Mogstad, Romano, Shaikh & Wilhelm 2024); joint sets from single intervals: Klein, Wright & Wieczorek (2020).
 */
import { normalQuantile } from '../numeric/distributions';
import { at } from '../numeric/typedArray';
import { differenceError, standardisedDifference, type ComparedEstimates } from './comparisons';

export interface RankSet {
  readonly lower: number;
  readonly upper: number;
}

/** Rank by point estimate, ties get the mean of their ranks (R: rank(-x)). */
export function pointRanks(estimates: ArrayLike<number>): number[] {
  const values = Array.from(estimates);
  return values.map((value) => {
    const above = values.filter((other) => other > value).length;
    const tied = values.filter((other) => other === value).length;
    return above + (tied + 1) / 2;
  });
}

/** Set of one district from its rivals that are significantly above it and below it. */
export function rankSetFrom(count: number, clearlyAbove: number, clearlyBelow: number): RankSet {
  return { lower: 1 + clearlyAbove, upper: count - clearlyBelow };
}

/** Set of one district from a critical value of the standardised differences; a difference without error tells nothing. */
export function rankSetAt(compared: ComparedEstimates, index: number, criticalValue: number): RankSet {
  const others = compared.ids.map((_, k) => k).filter((k) => k !== index);
  const statistics = others.map((k) => standardisedDifference(compared, k, index) ?? 0);
  return rankSetFrom(
    compared.ids.length,
    statistics.filter((statistic) => statistic > criticalValue).length,
    statistics.filter((statistic) => -statistic > criticalValue).length,
  );
}

export const rankSets = (compared: ComparedEstimates, criticalValue: number): readonly RankSet[] =>
  compared.ids.map((_, index) => rankSetAt(compared, index, criticalValue));

export interface BonferroniRankSets {
  /** For a district's own page: covers its rank with the confidence level. */
  readonly marginal: { readonly criticalValue: number; readonly sets: readonly RankSet[] };
  /** For a league table: covers all ranks together. */
  readonly simultaneous: { readonly criticalValue: number; readonly sets: readonly RankSet[] };
}

/** Sets with Bonferroni critical values over J-1 or J(J-1)/2 two-sided comparisons. */
export function bonferroniRankSets(compared: ComparedEstimates, confidenceLevel = 0.95): BonferroniRankSets {
  const count = compared.ids.length;
  const error = 1 - confidenceLevel;
  const marginal = normalQuantile(1 - error / (2 * (count - 1)));
  const simultaneous = normalQuantile(1 - error / (count * (count - 1)));
  return {
    marginal: { criticalValue: marginal, sets: rankSets(compared, marginal) },
    simultaneous: { criticalValue: simultaneous, sets: rankSets(compared, simultaneous) },
  };
}

/** Joint sets from simultaneous single intervals estimate +/- z x standard error that do not overlap. */
export function intervalRankSets(compared: ComparedEstimates, z: number): readonly RankSet[] {
  const count = compared.ids.length;
  const errors = compared.ids.map((_, k) => Math.sqrt(at(compared.covariance, k * count + k)));
  const low = errors.map((error, k) => at(compared.estimates, k) - z * error);
  const high = errors.map((error, k) => at(compared.estimates, k) + z * error);
  return compared.ids.map((_, index) => ({
    lower: 1 + low.filter((limit, k) => k !== index && limit > (high[index] ?? 0)).length,
    upper: count - high.filter((limit, k) => k !== index && limit < (low[index] ?? 0)).length,
  }));
}

export interface SimulatedRankSets {
  readonly simultaneousCriticalValue: number;
  readonly simultaneous: readonly RankSet[];
  readonly marginalCriticalValues: readonly number[];
  readonly marginal: readonly RankSet[];
  /** Step-down sets on one-sided comparisons (Romano & Wolf 2005): never wider than `simultaneous` at one-sided level. */
  readonly stepDown: readonly RankSet[];
  readonly expectedRanks: readonly number[];
  readonly probabilityFirst: readonly number[];
  readonly probabilityTopThree: readonly number[];
}

/**
 * Sets from simulated or replicate errors of the whole vector (one row per draw, deviations from the estimate), so that
 * correlation between districts counts. Critical value: the ceil(level x draws)-th smallest maximum.
 */
export function simulatedRankSets(
  compared: ComparedEstimates,
  deviations: readonly Float64Array[],
  confidenceLevel = 0.95,
): SimulatedRankSets {
  const statistics = deviations.map((draw) => standardisedDraw(compared, draw));
  const position = Math.ceil(confidenceLevel * deviations.length) - 1;
  const critical = (maximum: (draw: Float64Array) => number): number =>
    Float64Array.from(statistics, maximum).sort()[position] ?? Infinity;
  const count = compared.ids.length;
  const cells = compared.ids
    .flatMap((_, i) => compared.ids.map((__, j) => ({ i, j })))
    .filter(({ i, j }) => i !== j);
  const largest = (draw: Float64Array, pairs: readonly Pair[], size: (x: number) => number): number =>
    pairs.reduce((high, { i, j }) => Math.max(high, size(at(draw, i * count + j))), -Infinity);
  const simultaneousCriticalValue = critical((draw) => largest(draw, cells, Math.abs));
  const marginalCriticalValues = compared.ids.map((_, index) => {
    const own = cells.filter(({ i }) => i === index);
    return critical((draw) => largest(draw, own, Math.abs));
  });
  const oneSided = (pairs: readonly Pair[]): number => critical((draw) => largest(draw, pairs, (x) => x));
  return {
    simultaneousCriticalValue,
    simultaneous: rankSets(compared, simultaneousCriticalValue),
    marginalCriticalValues,
    marginal: marginalCriticalValues.map((value, index) => rankSetAt(compared, index, value)),
    stepDown: stepDownSets(compared, cells, oneSided),
    ...rankShares(compared, deviations),
  };
}

interface Pair {
  readonly i: number;
  readonly j: number;
}

/** (error_i - error_j) / standard error of the difference, row-major. */
function standardisedDraw(compared: ComparedEstimates, draw: Float64Array): Float64Array {
  const count = compared.ids.length;
  const statistics = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const error = i === j ? null : differenceError(compared, i, j);
      if (error !== null) statistics[i * count + j] = (at(draw, i) - at(draw, j)) / error;
    }
  }
  return statistics;
}

/** Rejects the clearest one-sided differences, then tests the rest with a smaller critical value, until none falls. */
function stepDownSets(
  compared: ComparedEstimates,
  cells: readonly Pair[],
  criticalOver: (pairs: readonly Pair[]) => number,
): readonly RankSet[] {
  const above: Pair[] = [];
  let active = cells;
  while (active.length > 0) {
    const criticalValue = criticalOver(active);
    const found = active.filter(({ i, j }) => (standardisedDifference(compared, i, j) ?? 0) > criticalValue);
    if (found.length === 0) break;
    above.push(...found);
    active = active.filter((pair) => !found.includes(pair));
  }
  return compared.ids.map((_, index) => ({
    lower: 1 + above.filter(({ j }) => j === index).length,
    upper: compared.ids.length - above.filter(({ i }) => i === index).length,
  }));
}

function rankShares(
  compared: ComparedEstimates,
  deviations: readonly Float64Array[],
): Pick<SimulatedRankSets, 'expectedRanks' | 'probabilityFirst' | 'probabilityTopThree'> {
  const ranks = deviations.map((draw) =>
    pointRanks(draw.map((error, k) => error + at(compared.estimates, k))),
  );
  const share = (index: number, value: (rank: number) => number): number =>
    ranks.reduce((sum, draw) => sum + value(draw[index] ?? 0), 0) / ranks.length;
  const indexes = compared.ids.map((_, index) => index);
  return {
    expectedRanks: indexes.map((index) => share(index, (rank) => rank)),
    probabilityFirst: indexes.map((index) => share(index, (rank) => (rank === 1 ? 1 : 0))),
    probabilityTopThree: indexes.map((index) => share(index, (rank) => (rank <= 3 ? 1 : 0))),
  };
}
