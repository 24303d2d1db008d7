/** Balanced half-samples: balance, exactness for totals, refusals. R's factors: tests/reference. */
import { describe, expect, it } from 'vitest';
import { estimateWithReplicates } from '@shared/estimation/replicateEstimate';
import { balancedReplicates } from '@shared/estimation/variance/balancedReplicates';
import { hadamard, hadamardAbove } from '@shared/estimation/variance/hadamard';
import { createRandom } from '@shared/numeric/seededRandom';
import { designOf, estimateOf, failureOf, floats, valueOf } from './support';

/** `count` strata of two PSUs with one person each. */
function pairs(count: number, seed = 1) {
  const random = createRandom(seed);
  const rows = Array.from({ length: 2 * count }, (_, row) => row);
  const column = (): Float64Array => Float64Array.from(rows, () => 1 + random.next());
  const stages = [{ units: rows, strata: rows.map((row) => `层${row >> 1}`) }];
  return { design: designOf({ stages, weights: column() }), outcome: column() };
}

describe('a Hadamard matrix', () => {
  it.each([2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48])('of order %i has orthogonal rows', (order) => {
    const rows = hadamard(order) ?? [];
    expect(rows).toHaveLength(order);
    expect(rows[0]?.every((value) => value === 1)).toBe(true);
    rows.forEach((left, i) => {
      rows.forEach((right, j) => {
        expect(left.reduce((sum, value, k) => sum + value * (right[k] ?? NaN), 0)).toBe(i === j ? order : 0);
      });
    });
  });

  it('is always larger than the number of strata, so that the row of ones stays free', () => {
    for (let strata = 1; strata <= 100; strata++) {
      expect(hadamardAbove(strata).length).toBeGreaterThan(strata);
    }
    expect(hadamardAbove(12)).toHaveLength(16);
  });
});

describe('balanced half-samples', () => {
  it.each([1, 3, 4, 7, 12, 31])('give the exact variance of a total of %i strata', (count) => {
    const { design, outcome } = pairs(count, count);
    const everyone = [{ id: 'all', member: new Uint8Array(2 * count).fill(1) }];
    const request = { statistic: 'total', outcome } as const;
    const exact = estimateOf(design, request).variance ?? NaN;
    for (const rho of [0, 0.3, 0.5]) {
      const [found] = valueOf(
        estimateWithReplicates(design, request, valueOf(balancedReplicates(design, rho)), everyone),
      );
      expect((found?.variance ?? NaN) / exact).toBeCloseTo(1, 10);
    }
  });

  it('are refused with other than two PSUs in a stratum, and with rho outside 0..1', () => {
    const three = designOf({
      stages: [{ units: [1, 2, 3], strata: ['甲', '甲', '甲'] }],
      weights: floats(1, 1, 1),
    });
    expect(failureOf(balancedReplicates(three)).params).toMatchObject({ stratum: '甲', count: 3 });
    const single = designOf({
      stages: [{ units: [1, 2, 3], strata: ['甲', '甲', '乙'] }],
      weights: floats(1, 1, 1),
      singlePsuRule: 'certainty',
    });
    expect(failureOf(balancedReplicates(single)).code).toBe('SINGLE_PSU_STRATUM');
    expect(failureOf(balancedReplicates(pairs(3).design, 1)).params).toMatchObject({ field: 'rho' });
  });
});
