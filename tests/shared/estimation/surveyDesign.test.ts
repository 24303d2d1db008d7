/** What a design refuses, and that it names the place. */
import { describe, expect, it } from 'vitest';
import { createSurveyDesign, type SinglePsuRule } from '@shared/estimation/design/surveyDesign';
import { designOf, estimateOf, failureOf, floats } from './support';

const four = floats(1, 1, 1, 1);

describe('createSurveyDesign refuses', () => {
  it('an empty sample', () => {
    expect(failureOf(createSurveyDesign({ stages: [], weights: floats() })).code).toBe('NO_RESPONDENTS');
  });

  it.each([[-3], [NaN], [Infinity]])('a weight of %d, naming the row', (weight) => {
    const result = createSurveyDesign({ stages: [], weights: floats(1, weight, 1) });
    expect(failureOf(result)).toEqual({ code: 'WEIGHT_NOT_POSITIVE', params: { row: 2 } });
  });

  it('a missing design variable, naming variable and row', () => {
    const result = createSurveyDesign({ stages: [{ units: ['a', 'b', '', 'c'] }], weights: four });
    expect(failureOf(result)).toEqual({
      code: 'DESIGN_VARIABLE_MISSING',
      params: { variable: 'units1', row: 3 },
    });
  });

  it('a PSU in two strata, unless ids are nested in strata', () => {
    const stages = [{ units: [1, 2, 1, 2], strata: ['东', '东', '西', '西'] }];
    expect(failureOf(createSurveyDesign({ stages, weights: four }))).toEqual({
      code: 'PSU_IN_TWO_STRATA',
      params: { psu: '1', stratum: '东', otherStratum: '西' },
    });
    expect(designOf({ stages, weights: four, nest: true }).psuCount).toBe(4);
  });

  it('a population smaller than the sample, and one that changes inside a stratum', () => {
    const withCounts = (values: number[]) =>
      createSurveyDesign({
        stages: [{ units: [1, 2, 3, 4], finitePopulation: { kind: 'populationCount', values } }],
        weights: four,
      });
    expect(failureOf(withCounts([2, 2, 2, 2])).code).toBe('FPC_INVALID');
    expect(failureOf(withCounts([9, 9, 9, 8])).params).toMatchObject({ row: 4 });
    expect(failureOf(withCounts([9, NaN, 9, 9])).code).toBe('FPC_INVALID');
  });

  it('a stratum with one PSU, naming it, unless a rule is chosen', () => {
    const stages = [{ units: [1, 2, 3, 3], strata: ['a', 'a', 'b', 'b'] }];
    expect(failureOf(createSurveyDesign({ stages, weights: four }))).toEqual({
      code: 'SINGLE_PSU_STRATUM',
      params: { stratum: 'b', stage: 1, count: 1 },
    });
  });
});

describe('strata with one PSU', () => {
  // totals 1, 3 | 6: V of the pair (3-1)^2 = 4; grand mean 10/3, so `adjust` adds (6 - 10/3)^2; `average` doubles.
  const expected: Readonly<Record<Exclude<SinglePsuRule, 'fail'>, number>> = {
    certainty: 4,
    remove: 4,
    adjust: 4 + (6 - 10 / 3) ** 2,
    average: 8,
  };

  it.each(Object.entries(expected))('follow the rule %s', (rule, variance) => {
    const design = designOf({
      stages: [{ units: [1, 2, 3], strata: ['a', 'a', 'b'] }],
      weights: floats(1, 1, 1),
      singlePsuRule: rule as SinglePsuRule,
    });
    const found = estimateOf(design, { statistic: 'total', outcome: floats(1, 3, 6) });
    expect(found.variance).toBeCloseTo(variance, 12);
    expect(found.diagnostics.map(({ code }) => code)).toContain('SINGLE_PSU_STRATA');
  });

  it('need no rule when the stratum is a census', () => {
    const design = designOf({
      stages: [
        {
          units: [1, 2, 3],
          strata: ['a', 'a', 'b'],
          finitePopulation: { kind: 'samplingFraction', values: [0.5, 0.5, 1] },
        },
      ],
      weights: floats(2, 2, 1),
    });
    // totals 2, 6 | 6: (1 - .5) * 2 * ((2-4)^2 + (6-4)^2) = 8, and the census adds nothing.
    expect(estimateOf(design, { statistic: 'total', outcome: floats(1, 3, 6) }).variance).toBeCloseTo(8, 12);
  });
});

describe('a design', () => {
  it('does not change when the caller changes the columns afterwards', () => {
    const weights = floats(1, 1, 1, 1);
    const design = designOf({ stages: [], weights });
    weights[0] = 1000;
    expect(estimateOf(design, { statistic: 'total', outcome: four }).estimate).toBe(4);
  });
});
