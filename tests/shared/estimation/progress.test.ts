/** Path to a target and change between waves. Numbers: R 4.2.2 on the formulas of statistics.md section 8; logit: case P13. */
import { describe, expect, it } from 'vitest';
import { changeBetweenWaves, judgeProgress, requiredShare } from '@shared/estimation/progress';
import { failureOf, valueOf } from './support';

const baseline = { year: 2020, estimate: 0.1056, standardError: 0.0042 };
const current = { year: 2024, estimate: 0.1414, standardError: 0.0038 };
const linear = { scale: 'linear', baseline, current, target: 0.15, targetYear: 2025 } as const;

describe('the required path', () => {
  const path = { baselineYear: 2020, baseline: 0.167, targetYear: 2025, target: 0.23 };

  it('gives equal percentage points every year on the straight scale', () => {
    expect(requiredShare({ ...path, scale: 'linear' }, 2023)).toBeCloseTo(0.2048, 14);
  });

  it('meets both ends on either scale and runs below the straight line on the logit scale', () => {
    for (const scale of ['linear', 'logit'] as const) {
      expect(requiredShare({ ...path, scale }, 2020)).toBeCloseTo(0.167, 14);
      expect(requiredShare({ ...path, scale }, 2025)).toBeCloseTo(0.23, 14);
    }
    expect(requiredShare({ ...path, scale: 'logit' }, 2023)).toBeLessThan(0.2048);
  });
});

describe('the judgement on the way', () => {
  it('on the straight path has the distance, limits and projection of R', () => {
    const found = valueOf(judgeProgress(linear));
    expect(found.required).toBeCloseTo(0.14112, 14);
    expect(found.statistic).toBeCloseTo(0.07194734793381599, 12);
    expect(found.confidence).toBeCloseTo(0.52867809527338894, 12);
    expect(found.lowerLimit).toBeCloseTo(-0.00470745886620562, 13);
    expect(found.upperLimit).toBeCloseTo(0.00526745886620563, 13);
    expect(found.projection?.estimate).toBeCloseTo(0.15035, 13);
    expect(found.projection?.lower).toBeCloseTo(0.140815424865694, 12);
    expect(found.projection?.probabilityOfReaching).toBeCloseTo(0.528678095273388, 12);
    expect(found.achievedYearly).toBeCloseTo(0.00895, 14);
    expect(found.neededYearly).toBeCloseTo(0.0086, 14);
    expect(found.judgement).toBe('inconclusive');
  });

  it('on the logit path has the one-sided limits of R', () => {
    const found = valueOf(judgeProgress({ ...linear, scale: 'logit' }));
    expect(found.lowerLimit).toBeCloseTo(-0.00362472109050133, 12);
    expect(found.upperLimit).toBeCloseTo(0.00650142420363292, 12);
  });

  it('is less certain with a linking error and more certain with a baseline taken as known', () => {
    expect(valueOf(judgeProgress({ ...linear, linkingError: 0.003 })).statistic).toBeCloseTo(
      0.0711072271035982,
      12,
    );
    const known = valueOf(judgeProgress({ ...linear, baseline: { ...baseline, standardError: null } }));
    // (0.1414 - 0.14112) / 0.0038.
    expect(known.statistic).toBeCloseTo(0.0736842105263158, 12);
  });

  it.each([
    [0.16, 'onTrack'],
    [0.12, 'behind'],
  ] as const)('of a wave at %f is %s, and its limit agrees', (estimate, judgement) => {
    const found = valueOf(judgeProgress({ ...linear, current: { ...current, estimate } }));
    expect(found.judgement).toBe(judgement);
    expect(judgement === 'onTrack' ? found.lowerLimit > 0 : found.upperLimit < 0).toBe(true);
  });

  it('in the target year asks for the target and projects nothing', () => {
    const found = valueOf(judgeProgress({ ...linear, current: { ...current, year: 2025 } }));
    expect(found.required).toBeCloseTo(0.15, 14);
    expect([found.projection, found.neededYearly]).toEqual([null, null]);
    // Only the wave's own error counts there: (0.1414 - 0.15) / 0.0038.
    expect(found.statistic).toBeCloseTo(-2.263157894736842, 12);
  });

  it('says when the target lies further ahead than the waves are apart', () => {
    expect(valueOf(judgeProgress(linear)).isFarProjection).toBe(false);
    expect(valueOf(judgeProgress({ ...linear, targetYear: 2029 })).isFarProjection).toBe(true);
  });

  it('is refused for waves in the wrong order and shares of 0', () => {
    expect(failureOf(judgeProgress({ ...linear, current: { ...current, year: 2020 } })).params).toEqual({
      field: 'year',
      value: 2020,
    });
    expect(failureOf(judgeProgress({ ...linear, current: { ...current, estimate: 0 } })).params).toEqual({
      field: 'estimate',
      value: 0,
    });
  });
});

describe('the change between waves', () => {
  const earlier = { ...baseline, degreesOfFreedom: 40, instrumentId: 'cast-2024' };
  const later = { ...current, degreesOfFreedom: 60, instrumentId: 'cast-2024' };

  it('carries both variances and the degrees of freedom of Welch', () => {
    const found = valueOf(changeBetweenWaves(earlier, later));
    expect(found.difference).toBeCloseTo(0.0358, 14);
    expect(found.standardError).toBeCloseTo(5.66392090340252e-3, 15);
    expect(found.degreesOfFreedom).toBeCloseTo(91.4415965216773, 9);
    expect(found.interval.lower).toBeCloseTo(0.024550048846549, 12);
    expect(found.pValue / 9.35160867381527e-9).toBeCloseTo(1, 8);
    expect(found.smallestDetectable).toBeCloseTo(0.0160391912715283, 11);
  });

  it('adds the linking error when the scales were joined', () => {
    const found = valueOf(changeBetweenWaves(earlier, later, { linkingError: 0.003 }));
    expect(found.standardError).toBeCloseTo(6.40936814358483e-3, 14);
    expect(found.interval.lower).toBeCloseTo(0.0231356584811845, 12);
  });

  it('is refused across instruments unless a linking error joins them', () => {
    const other = { ...earlier, instrumentId: 'miller-3' };
    expect(failureOf(changeBetweenWaves(other, later))).toEqual({
      code: 'INSTRUMENTS_DIFFER',
      params: { first: 'miller-3', second: 'cast-2024' },
    });
    expect(valueOf(changeBetweenWaves(other, later, { linkingError: 0.01 })).difference).toBeGreaterThan(0);
  });
});
