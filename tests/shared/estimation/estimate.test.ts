/** Estimates checked by hand, and the promises every estimate keeps. */
import { describe, expect, it } from 'vitest';
import { estimate, estimateByDomain } from '@shared/estimation/estimate';
import { designOf, estimateOf, failureOf, flags, floats, valueOf } from './support';

describe('a simple random sample of five from one hundred', () => {
  // y = 1, 3, 5, 7, 9: mean 5, sample variance 10; V = (1 - 5/100) * 10 / 5 = 1.9.
  const outcome = floats(1, 3, 5, 7, 9);
  const design = designOf({
    stages: [
      {
        units: [1, 2, 3, 4, 5],
        finitePopulation: { kind: 'populationCount', values: [100, 100, 100, 100, 100] },
      },
    ],
    weights: floats(20, 20, 20, 20, 20),
  });

  it('has the textbook mean, variance and interval', () => {
    const found = estimateOf(design, { statistic: 'mean', outcome });
    expect(found.estimate).toBe(5);
    expect(found.variance).toBeCloseTo(1.9, 14);
    expect(found.degreesOfFreedom).toBe(4);
    // t_4(.975) = 2.776445105; 5 +/- 2.776445105 * sqrt(1.9)
    expect(found.interval?.lower).toBeCloseTo(5 - 2.7764451051977987 * Math.sqrt(1.9), 12);
    expect(found.interval?.method).toBe('student-t');
    expect(found.designEffect).toBeCloseTo(1, 12);
    expect(found.weightTotal).toBe(100);
  });

  it('has the textbook total with a hundred squared times the variance', () => {
    const found = estimateOf(design, { statistic: 'total', outcome });
    expect(found.estimate).toBe(500);
    expect(found.variance).toBeCloseTo(19_000, 9);
  });

  it('differs from the variance of a sample from which the other rows were deleted', () => {
    const domain = flags(1, 1, 1, 0, 0);
    const kept = estimateOf(design, { statistic: 'total', outcome, domain });
    const deleted = estimateOf(
      designOf({
        stages: [
          { units: [1, 2, 3], finitePopulation: { kind: 'populationCount', values: [100, 100, 100] } },
        ],
        weights: floats(20, 20, 20),
      }),
      { statistic: 'total', outcome: floats(1, 3, 5) },
    );
    // z = 20, 60, 100, 0, 0: mean 36, SS = 7520, V = .95 * 5/4 * 7520 = 8930; deleted: SS = 3200, V = .97 * 3/2 * 3200.
    expect(kept.variance).toBeCloseTo(8930, 9);
    expect(deleted.variance).toBeCloseTo(4656, 9);
  });
});

describe('a design in two strata with two PSUs each', () => {
  const design = designOf({
    stages: [{ units: ['a', 'b', 'c', 'd'], strata: [1, 1, 2, 2] }],
    weights: floats(10, 10, 30, 30),
  });

  it('adds squared half differences of the PSU totals', () => {
    // totals 10, 0, 30, 0: V = (10-0)^2 + (30-0)^2 = 1000.
    const found = estimateOf(design, { statistic: 'total', outcome: floats(1, 0, 1, 0) });
    expect(found.variance).toBeCloseTo(1000, 12);
    expect(found.degreesOfFreedom).toBe(2);
  });

  it('estimates a ratio of totals', () => {
    const request = { outcome: floats(2, 4, 6, 8), denominator: floats(1, 2, 3, 4) } as const;
    expect(estimateOf(design, { statistic: 'ratio', ...request }).estimate).toBe(2);
  });

  it('reports a domain inside one PSU without variance instead of a variance of zero', () => {
    const found = estimateOf(design, {
      statistic: 'proportion',
      outcome: floats(1, 0, 1, 0),
      domain: flags(1, 0, 0, 0),
    });
    expect(found).toMatchObject({ estimate: 1, variance: null, standardError: null, interval: null });
    expect(found.diagnostics.map(({ code }) => code)).toContain('NO_DEGREES_OF_FREEDOM');
  });

  it('gives the Korn-Graubard interval when everybody passes, and says so', () => {
    const found = estimateOf(design, { statistic: 'proportion', outcome: floats(1, 1, 1, 1) });
    expect(found.interval?.method).toBe('korn-graubard');
    expect(found.interval?.upper).toBe(1);
    expect(found.diagnostics.map(({ code }) => code)).toContain('INTERVAL_FALLBACK');
  });

  it('leaves rows without an outcome outside the domain and counts them', () => {
    const found = estimateOf(design, { statistic: 'mean', outcome: floats(1, NaN, 3, 5) });
    expect(found.respondentCount).toBe(3);
    expect(found.estimate).toBeCloseTo((10 + 90 + 150) / 70, 14);
    expect(found.diagnostics).toContainEqual({ code: 'MISSING_OUTCOMES', params: { count: 1 } });
  });

  it('reports empty domains in their place, with the reason', () => {
    const results = valueOf(
      estimateByDomain(design, { statistic: 'mean', outcome: floats(1, NaN, 3, 5) }, [
        { id: 'nobody', member: flags(0, 0, 0, 0) },
        { id: 'everyone', member: flags(1, 1, 1, 1) },
        { id: 'silent', member: flags(0, 1, 0, 0) },
      ]),
    );
    expect(results.map((result) => (result.status === 'empty' ? result.reason : result.status))).toEqual([
      'noRespondents',
      'estimated',
      'allMissing',
    ]);
  });

  it('refuses an empty domain, a zero denominator and a share that is not 0 or 1', () => {
    const outcome = floats(1, 0, 1, 0);
    const empty = estimate(design, { statistic: 'mean', outcome, domain: flags(0, 0, 0, 0) });
    expect(failureOf(empty).code).toBe('EMPTY_DOMAIN');
    const zero = estimate(design, { statistic: 'ratio', outcome, denominator: floats(0, 0, 0, 0) });
    expect(failureOf(zero).code).toBe('EMPTY_DENOMINATOR');
    const percent = estimate(design, { statistic: 'proportion', outcome: floats(1, 0, 0.5, 0) });
    expect(failureOf(percent)).toEqual({ code: 'INVALID_INPUT', params: { field: 'outcome', row: 3 } });
  });

  it('says when weights are not in population units', () => {
    const scaled = designOf({ stages: [], weights: floats(1, 1, 1, 1) });
    const found = estimateOf(scaled, { statistic: 'mean', outcome: floats(1, 2, 3, 4) });
    expect(found.diagnostics.map(({ code }) => code)).toContain('WEIGHTS_NOT_IN_POPULATION_UNITS');
    expect(found.designEffect).toBeCloseTo(1, 12);
  });
});
