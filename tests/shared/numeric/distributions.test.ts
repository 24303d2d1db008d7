/** Quantiles against values computed with 40 digits (mpmath; tests/reference/data/quantiles.json). */
import { describe, expect, it } from 'vitest';
import {
  betaQuantile,
  chiSquareCdf,
  chiSquareQuantile,
  fCdf,
  fQuantile,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from '@shared/numeric/distributions';
import { readJson } from '../../reference/support/referenceCase';

const quantiles: Readonly<Record<string, (args: readonly number[]) => number>> = {
  norm: ([p = NaN]) => normalQuantile(p),
  t: ([p = NaN, df = NaN]) => studentQuantile(p, df),
  chi2: ([p = NaN, df = NaN]) => chiSquareQuantile(p, df),
  f: ([p = NaN, df1 = NaN, df2 = NaN]) => fQuantile(p, df1, df2),
  beta: ([p = NaN, a = NaN, b = NaN]) => betaQuantile(p, a, b),
};

describe('quantiles agree with 40-digit values to 1e-12', () => {
  const table = readJson('data/quantiles.json') as [string, number[], string][];
  it.each(table)('%s quantile at %j', (name, args, expected) => {
    const actual = quantiles[name]?.(args) ?? NaN;
    expect(Math.abs(actual / Number(expected) - 1)).toBeLessThan(1e-12);
  });
});

describe('distribution functions undo their quantiles', () => {
  it.each([0.001, 0.025, 0.3, 0.5, 0.8, 0.999])('at p = %f', (p) => {
    expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 14);
    expect(studentCdf(studentQuantile(p, 3.5), 3.5)).toBeCloseTo(p, 14);
    expect(studentCdf(studentQuantile(p, Infinity), Infinity)).toBeCloseTo(p, 14);
    expect(chiSquareCdf(chiSquareQuantile(p, 7), 7)).toBeCloseTo(p, 14);
    expect(fCdf(fQuantile(p, 4, 11), 4, 11)).toBeCloseTo(p, 14);
  });
});

describe('the ends of the range', () => {
  it('are the ends of the support', () => {
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(studentQuantile(1, 5)).toBe(Infinity);
    expect(studentQuantile(0.5, 5)).toBe(0);
    expect(betaQuantile(0, 2, 3)).toBe(0);
    expect(betaQuantile(1, 2, 3)).toBe(1);
    expect(chiSquareQuantile(0, 3)).toBe(0);
    expect(fQuantile(1, 3, 4)).toBe(Infinity);
  });
});
