/**
 * P-values adjusted for many comparisons. Agrees with R: p.adjust(p, "bonferroni" | "holm" | "hochberg" | "BH").
 * Holm (1979) and Bonferroni hold the chance of any false claim, Hochberg (1988) too for independent tests,
 * Benjamini & Hochberg (1995) the expected share of false claims.
 */
export type Adjustment = 'none' | 'bonferroni' | 'holm' | 'hochberg' | 'BH';

interface Rule {
  /** Factor of the p-value at 0-based position `rank` in increasing order of `count` tests. */
  readonly factor: (rank: number, count: number) => number;
  /** Running maximum from the smallest p-value, or running minimum from the largest. */
  readonly direction: 'up' | 'down' | 'each';
}

const rules: Readonly<Record<Adjustment, Rule>> = {
  none: { factor: () => 1, direction: 'each' },
  bonferroni: { factor: (_, count) => count, direction: 'each' },
  holm: { factor: (rank, count) => count - rank, direction: 'up' },
  hochberg: { factor: (rank, count) => count - rank, direction: 'down' },
  BH: { factor: (rank, count) => count / (rank + 1), direction: 'down' },
};

export function adjustPValues(pValues: readonly number[], adjustment: Adjustment): number[] {
  const { factor, direction } = rules[adjustment];
  const count = pValues.length;
  const order = pValues
    .map((_, index) => index)
    .sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0) || a - b);
  const ranks = order.map((_, rank) => rank);
  const adjusted = new Array<number>(count).fill(1);
  let running = direction === 'up' ? 0 : 1;
  for (const rank of direction === 'down' ? ranks.reverse() : ranks) {
    const index = order[rank] ?? 0;
    const scaled = Math.min(1, (pValues[index] ?? 1) * factor(rank, count));
    if (direction === 'up') running = Math.max(running, scaled);
    else if (direction === 'down') running = Math.min(running, scaled);
    else running = scaled;
    adjusted[index] = running;
  }
  return adjusted;
}
