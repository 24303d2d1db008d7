/** Sums, linear algebra and random numbers. */
import { describe, expect, it } from 'vitest';
import { compensatedDot, compensatedSum } from '@shared/numeric/compensatedSum';
import { choleskyFactor, invertCholesky, leastSquares, solveCholesky } from '@shared/numeric/linearAlgebra';
import { createRandom } from '@shared/numeric/seededRandom';

describe('compensated sums', () => {
  it('keep what plain sums lose', () => {
    expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(compensatedDot([1, 1e100, 1, 1e100], [1, 1, 1, -1])).toBe(2);
    expect(compensatedSum([])).toBe(0);
  });
});

describe('Cholesky', () => {
  // M = [[4, 2], [2, 3]]: L = [[2, 0], [1, sqrt 2]], inverse = [[3, -2], [-2, 4]] / 8.
  const matrix = Float64Array.of(4, 2, 2, 3);

  it('solves and inverts', () => {
    const factor = choleskyFactor(matrix, 2);
    expect([...factor.lower]).toEqual([2, 0, 1, Math.SQRT2]);
    expect([...solveCholesky(factor, Float64Array.of(8, 7))].map((x) => Math.round(x * 1e12) / 1e12)).toEqual(
      [1.25, 1.5],
    );
    [0.375, -0.25, -0.25, 0.5].forEach((value, k) =>
      expect(invertCholesky(factor)[k]).toBeCloseTo(value, 14),
    );
  });

  it('skips a column that repeats another', () => {
    const factor = choleskyFactor(Float64Array.of(4, 4, 4, 4), 2);
    expect(factor.rank).toBe(1);
    expect([...solveCholesky(factor, Float64Array.of(8, 8))]).toEqual([2, 0]);
  });
});

describe('least squares', () => {
  it('fits the line through three points', () => {
    // y = 1, 3, 4 at x = 0, 1, 2: slope 1.5, intercept 7/6.
    const fit = leastSquares(Float64Array.of(1, 0, 1, 1, 1, 2), 3, Float64Array.of(1, 3, 4));
    expect(fit?.[0]).toBeCloseTo(7 / 6, 14);
    expect(fit?.[1]).toBeCloseTo(1.5, 14);
  });

  it('has no answer when columns repeat', () => {
    expect(leastSquares(Float64Array.of(1, 1, 1, 1, 1, 1), 3, Float64Array.of(1, 3, 4))).toBeNull();
  });
});

describe('seeded random numbers', () => {
  it('repeat with the seed and differ between seeds', () => {
    const stream = (seed: number | string): number[] => Array.from({ length: 5 }, createRandom(seed).next);
    expect(stream('苏州')).toEqual(stream('苏州'));
    expect(stream('苏州')).not.toEqual(stream('扬州'));
    expect(stream(1)).not.toEqual(stream('1'));
  });

  it('are uniform and normal', () => {
    const random = createRandom(2026);
    const uniform = Array.from({ length: 20_000 }, random.next);
    const counts = new Array<number>(10).fill(0);
    for (const value of uniform) counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    // chi-square with 9 degrees of freedom: 99.9 % quantile 27.88
    expect(counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.88);
    const normal = Array.from({ length: 20_000 }, random.normal);
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
    const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length;
    expect(Math.abs(mean)).toBeLessThan(0.025);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  });

  it('shuffle a copy', () => {
    const items = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8]);
    const shuffled = createRandom(5).shuffle(items);
    expect([...shuffled].sort()).toEqual([...items]);
    expect(shuffled).not.toEqual([...items]);
    expect(createRandom(1).int(1)).toBe(0);
  });
});
