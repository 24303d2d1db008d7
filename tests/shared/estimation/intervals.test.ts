/** Intervals where R has none; the ordinary ones are reference case P07. */
import { describe, expect, it } from 'vitest';
import { proportionInterval, proportionIntervalMethods, studentInterval } from '@shared/estimation/intervals';
import { presentationRule } from '@shared/estimation/presentationRule';

const evidence = {
  estimate: 0.15,
  variance: 0.0004,
  respondentCount: 800,
  degreesOfFreedom: 20,
  confidenceLevel: 0.95,
};

describe.each(proportionIntervalMethods)('the interval %s', (method) => {
  it('contains the estimate and widens with the confidence level', () => {
    const narrow = proportionInterval(method, { ...evidence, confidenceLevel: 0.9 });
    const wide = proportionInterval(method, { ...evidence, confidenceLevel: 0.99 });
    expect(narrow?.lower).toBeLessThan(0.15);
    expect(narrow?.upper).toBeGreaterThan(0.15);
    expect(wide?.lower).toBeLessThan(narrow?.lower ?? 0);
    expect(wide?.upper).toBeGreaterThan(narrow?.upper ?? 1);
  });

  it.each([0, 1])('stays inside 0..1 and contains the share %d', (estimate) => {
    const interval = proportionInterval(method, { ...evidence, estimate, variance: 0 });
    expect(interval?.lower).toBeGreaterThanOrEqual(0);
    expect(interval?.upper).toBeLessThanOrEqual(1);
    expect(estimate === 0 ? interval?.lower : interval?.upper).toBe(estimate);
  });

  it('does not exist without degrees of freedom', () => {
    expect(proportionInterval(method, { ...evidence, degreesOfFreedom: 0 })).toBeNull();
  });
});

it('mirrors: the interval of the other share is the other side', () => {
  for (const method of proportionIntervalMethods) {
    const left = proportionInterval(method, evidence);
    const right = proportionInterval(method, { ...evidence, estimate: 0.85 });
    expect(left?.lower).toBeCloseTo(1 - (right?.upper ?? 0), 10);
    expect(left?.upper).toBeCloseTo(1 - (right?.lower ?? 0), 10);
  }
});

it('has no Student interval without degrees of freedom', () => {
  expect(
    studentInterval({ estimate: 1, variance: 1, degreesOfFreedom: 0, confidenceLevel: 0.95 }),
  ).toBeNull();
});

describe('the presentation rule', () => {
  it('suppresses small samples, wide intervals and figures without a variance', () => {
    const decision = (changes: object): string => presentationRule({ ...evidence, ...changes }).decision;
    expect(decision({})).toBe('present');
    expect(decision({ respondentCount: 29 })).toBe('suppressSize');
    expect(decision({ variance: 0.0075 })).toBe('suppressSize');
    expect(decision({ estimate: 0.4, variance: 0.0075 })).toBe('suppressWidth');
    expect(decision({ estimate: 0.05, variance: 0.0004 })).toBe('suppressRelativeWidth');
    expect(decision({ variance: null, degreesOfFreedom: 0 })).toBe('suppressNoVariance');
  });

  it('takes the thresholds of the survey', () => {
    const strict = {
      minimumSize: 1000,
      maximumWidth: 0.3,
      alwaysPresentableWidth: 0.05,
      maximumRelativeWidth: 1.3,
      minimumDegreesOfFreedom: 30,
    };
    expect(presentationRule(evidence, strict)).toMatchObject({
      decision: 'suppressSize',
      reviewDegreesOfFreedom: true,
    });
  });
});
