/** Comparison of numbers that two derivations must share, and the seeds they are tried with. */
import fc from 'fast-check';
import { expect } from 'vitest';

export const seeds = fc.integer({ min: 1, max: 1_000_000 });
export const runs = { numRuns: 60 };

/** Equal up to a relative difference; two missing numbers are equal too. */
export function expectClose(
  actual: number | null | undefined,
  expected: number | null | undefined,
  tolerance = 1e-12,
): void {
  if (typeof actual !== 'number' || typeof expected !== 'number') expect(actual).toEqual(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected) + 1e-300);
}
