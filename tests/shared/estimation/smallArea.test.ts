/** Small-area model in cases that can be worked by hand. R: reference case P11. */
import { describe, expect, it } from 'vitest';
import { fitArcsineFayHerriot } from '@shared/estimation/smallArea/arcsine';
import { benchmark } from '@shared/estimation/smallArea/benchmark';
import { fitFayHerriot } from '@shared/estimation/smallArea/fayHerriot';
import { failureOf, floats, valueOf } from './support';

const direct = floats(0.1, 0.2, 0.3, 0.4);
const equalErrors = (variance: number) => ({
  direct,
  samplingVariances: new Float64Array(4).fill(variance),
  covariates: [],
});

describe('a Fay-Herriot model of areas with equal sampling errors and no covariates', () => {
  // Sample variance of the direct estimates is 1/60; mean 0.25.
  it('has A = spread between areas - sampling variance, and mixes area and mean by A / (A + D)', () => {
    for (const method of ['reml', 'moments'] as const) {
      const fit = valueOf(fitFayHerriot(equalErrors(1 / 240), method));
      expect(fit.modelVariance).toBeCloseTo(1 / 80, 12);
      expect(fit.coefficients[0]).toBeCloseTo(0.25, 12);
      expect(fit.areas[0]?.directWeight).toBeCloseTo(0.75, 12);
      expect(fit.areas[0]?.eblup).toBeCloseTo(0.25 - 0.75 * 0.15, 12);
      expect(fit.isSynthetic).toBe(false);
    }
  });

  it('divides by the areas, not by areas - 1, under maximum likelihood', () => {
    const fit = valueOf(fitFayHerriot(equalErrors(1 / 240), 'ml'));
    expect(fit.modelVariance).toBeCloseTo(1 / 80 - 1 / 240, 12);
  });

  it('says that all areas are synthetic when they differ less than their errors', () => {
    for (const method of ['reml', 'ml', 'moments'] as const) {
      const fit = valueOf(fitFayHerriot(equalErrors(0.1), method));
      expect(fit).toMatchObject({ modelVariance: 0, isSynthetic: true });
      expect(fit.areas.map(({ eblup }) => eblup)).toEqual(fit.areas.map(({ synthetic }) => synthetic));
      expect(fit.areas.every(({ meanSquaredError }) => meanSquaredError > 0)).toBe(true);
    }
  });

  it('names what it cannot use', () => {
    const bad = { ...equalErrors(0.1), samplingVariances: floats(0.1, 0, 0.1, 0.1) };
    expect(failureOf(fitFayHerriot(bad)).params).toEqual({ field: 'samplingVariances', row: 2 });
    const repeated = { ...equalErrors(0.1), covariates: [floats(2, 2, 2, 2)] };
    expect(failureOf(fitFayHerriot(repeated)).code).toBe('CALIBRATION_SINGULAR');
    const few = { direct: floats(1, 2), samplingVariances: floats(1, 1), covariates: [] };
    expect(failureOf(fitFayHerriot(few)).params).toEqual({ field: 'areas', needed: 3 });
  });
});

describe('benchmarking', () => {
  const input = {
    estimates: floats(0.1, 0.3),
    populations: floats(30, 10),
    target: 0.2,
    samplingVariances: floats(1, 3),
  };

  it('meets the target by ratio, difference or where the uncertainty is', () => {
    // Shares 3/4 and 1/4: sum 0.15, gap 0.05.
    const by = (method: 'ratio' | 'difference' | 'uncertainty'): number[] =>
      [...valueOf(benchmark(input, method)).estimates].map((value) => Math.round(value * 1e12) / 1e12);
    expect(by('ratio')).toEqual([0.133333333333, 0.4]);
    expect(by('difference')).toEqual([0.15, 0.35]);
    // Pull 3/4 and 3/4, so both move by 0.05.
    expect(by('uncertainty')).toEqual([0.15, 0.35]);
  });

  it('refuses populations that add to nothing and a ratio of nothing', () => {
    expect(failureOf(benchmark({ ...input, populations: floats(0, 0) }, 'ratio')).code).toBe(
      'WEIGHT_NOT_POSITIVE',
    );
    expect(failureOf(benchmark({ ...input, estimates: floats(0, 0) }, 'ratio')).code).toBe(
      'EMPTY_DENOMINATOR',
    );
  });
});

describe('shares on the arcsine scale', () => {
  it('stay inside 0..1, also where the direct share is 0', () => {
    const found = valueOf(
      fitArcsineFayHerriot({
        shares: floats(0, 0.02, 0.05, 0.3),
        effectiveSampleSizes: floats(12, 40, 60, 25),
        covariates: [],
      }),
    );
    for (const { lower, share, upper } of found.areas) {
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(lower).toBeLessThan(share);
      expect(share).toBeLessThan(upper);
      expect(upper).toBeLessThanOrEqual(1);
    }
  });

  it('refuses a share outside 0..1 by its row', () => {
    const input = { shares: floats(0.1, 12, 0.2), effectiveSampleSizes: floats(9, 9, 9), covariates: [] };
    expect(failureOf(fitArcsineFayHerriot(input)).params).toEqual({ field: 'shares', row: 2 });
  });
});
