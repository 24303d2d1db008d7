/**
 * Splitting a sample over strata (districts): proportional, Neyman, optimal for given costs, and the power allocation
 * between equal and proportional shares (Cochran 1977 ch. 5; Bankier 1988), with a floor per published district.
 */
import { fail, ok, type Result } from '../domain/result';

export interface AllocationStratum {
  readonly populationCount: number;
  /** Standard deviation of the outcome. */
  readonly standardDeviation: number;
  readonly costPerRespondent: number;
}

export const allocationRules = ['proportional', 'power', 'neyman', 'optimalCost'] as const;
export type AllocationRule = (typeof allocationRules)[number];

/** Exponent of the power allocation that statistics.md recommends: 0 gives equal shares, 1 proportional ones. */
export const usualPowerExponent = 0.5;

const shareOfStratum: Readonly<
  Record<AllocationRule, (stratum: AllocationStratum, exponent: number) => number>
> = {
  proportional: ({ populationCount }) => populationCount,
  neyman: ({ populationCount, standardDeviation }) => populationCount * standardDeviation,
  optimalCost: ({ populationCount, standardDeviation, costPerRespondent }) =>
    (populationCount * standardDeviation) / Math.sqrt(costPerRespondent),
  power: ({ populationCount }, exponent) => populationCount ** exponent,
};

/** Splits `total` respondents over strata; not rounded, no floor. */
export function allocate(
  strata: readonly AllocationStratum[],
  total: number,
  rule: AllocationRule,
  exponent = usualPowerExponent,
): number[] {
  const shares = strata.map((stratum) => shareOfStratum[rule](stratum, exponent));
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.map((share) => (total * share) / sum);
}

export interface FloorAllocation {
  readonly total: number;
  readonly rule: AllocationRule;
  readonly exponent?: number;
  /** Fewest respondents in any stratum; a stratum with fewer inhabitants is asked in full. */
  readonly minimum: number;
}

/**
 * Whole respondents per stratum, adding to `total`: strata below the floor are raised to it, none gets more than its
 * inhabitants, and the others share what is left by the rule (water filling); fractions go to the largest remainders.
 * Failure: INVALID_INPUT {field: 'total', needed} when the floors alone exceed the total, {field: 'total', possible}
 * when there are fewer inhabitants than respondents.
 */
export function allocateWithMinimum(
  strata: readonly AllocationStratum[],
  plan: FloorAllocation,
): Result<readonly number[]> {
  const floors = strata.map(({ populationCount }) => Math.min(plan.minimum, populationCount));
  const needed = floors.reduce((sum, floor) => sum + floor, 0);
  if (needed > plan.total) return fail('INVALID_INPUT', { field: 'total', needed });
  const possible = strata.reduce((sum, { populationCount }) => sum + populationCount, 0);
  if (possible < plan.total) return fail('INVALID_INPUT', { field: 'total', possible });
  const fixed = new Map<number, number>();
  for (;;) {
    const counts = fillFree(strata, plan, fixed);
    const excess = counts.map((count, h) => Math.max(0, count - (strata[h]?.populationCount ?? 0)));
    const deficit = counts.map((count, h) => Math.max(0, (floors[h] ?? 0) - count));
    const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
    if (sumOf(excess) + sumOf(deficit) < 1e-9) return ok(wholeNumbers(counts, plan.total));
    // Fixing the side with the larger violation never has to be undone.
    const raise = sumOf(deficit) >= sumOf(excess);
    (raise ? deficit : excess).forEach((violation, h) => {
      if (violation > 0) fixed.set(h, raise ? (floors[h] ?? 0) : (strata[h]?.populationCount ?? 0));
    });
  }
}

/** Strata that are fixed keep their number, the others share the rest by the rule. */
function fillFree(
  strata: readonly AllocationStratum[],
  plan: FloorAllocation,
  fixed: ReadonlyMap<number, number>,
): number[] {
  const taken = [...fixed.values()].reduce((sum, count) => sum + count, 0);
  const free = strata.flatMap((_, h) => (fixed.has(h) ? [] : [h]));
  const shares = allocate(
    free.flatMap((h) => strata[h] ?? []),
    plan.total - taken,
    plan.rule,
    plan.exponent,
  );
  const counts = strata.map((_, h) => fixed.get(h) ?? 0);
  free.forEach((h, index) => (counts[h] = shares[index] ?? 0));
  return counts;
}

/** Largest remainders (Hamilton): whole numbers that keep the total. */
function wholeNumbers(counts: readonly number[], total: number): number[] {
  const whole = counts.map((count) => Math.floor(count + 1e-9));
  const left = Math.round(total - whole.reduce((sum, count) => sum + count, 0));
  const order = counts
    .map((count, h) => ({ h, rest: count - (whole[h] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.h - b.h);
  for (const { h } of order.slice(0, Math.max(0, left))) whole[h] = (whole[h] ?? 0) + 1;
  return whole;
}
