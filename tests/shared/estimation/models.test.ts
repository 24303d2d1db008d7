/** Regression, independence, standardisation and trend: agreement by hand, and refusals. R: cases P01, P10, P13. */
import { describe, expect, it } from 'vitest';
import { testIndependence } from '@shared/estimation/models/independenceTest';
import { fitRegression, waldTest } from '@shared/estimation/models/regression';
import { marginDifference, predictiveMargins } from '@shared/estimation/models/predictiveMargins';
import { estimateStandardised } from '@shared/estimation/standardise';
import { projectTrend } from '@shared/estimation/trend';
import { designFrom, designOf, estimateOf, failureOf, floats, randomSample, valueOf } from './support';

const sample = randomSample(21);
const design = designFrom(sample);

describe('survey regression', () => {
  it('with one category gives domain means, standard errors included', () => {
    const sex = { kind: 'categorical', name: 'sex', categories: sample.sex } as const;
    const fit = valueOf(fitRegression(design, { outcome: sample.score, terms: [sex], family: 'linear' }));
    const women = Uint8Array.from(sample.sex, (value) => (value === 'F' ? 1 : 0));
    const mean = estimateOf(design, { statistic: 'mean', outcome: sample.score, domain: women });
    expect(fit.names).toEqual(['(Intercept)', 'sexM']);
    expect(fit.coefficients[0]).toBeCloseTo(mean.estimate, 10);
    expect(fit.standardErrors[0]).toBeCloseTo(mean.standardError ?? NaN, 10);
  });

  it('refuses a repeated term and an outcome that a term predicts perfectly', () => {
    const term = { kind: 'numeric', name: 'size', values: sample.size } as const;
    const repeated = fitRegression(design, { outcome: sample.score, terms: [term, term], family: 'linear' });
    expect(failureOf(repeated)).toEqual({ code: 'CALIBRATION_SINGULAR', params: { variable: 'size' } });
    const men = Float64Array.from(sample.sex, (value) => (value === 'M' ? 1 : 0));
    const sex = { kind: 'categorical', name: 'sex', categories: sample.sex } as const;
    expect(failureOf(fitRegression(design, { outcome: men, terms: [sex], family: 'logistic' })).code).toBe(
      'CALIBRATION_NOT_CONVERGED',
    );
  });
});

describe('a model on a design whose joint probabilities give a negative variance', () => {
  // All pairs 0.5 and Yates-Grundy: every off-diagonal weight is positive, so no sum of squares can be.
  const pairs = designOf({
    stages: [],
    weights: floats(2, 2, 4, 4),
    unequalProbabilities: {
      inclusionProbabilities: floats(0.5, 0.5, 0.25, 0.25),
      variance: { method: 'yatesGrundy', joint: new Float64Array(16).fill(0.5) },
    },
  });
  const request = {
    outcome: floats(1, 4, 2, 8),
    terms: [{ kind: 'numeric', name: 'x', values: floats(0, 1, 0, 2) }],
    family: 'linear',
  } as const;

  it('has no standard error, no p-value and says why', () => {
    const fit = valueOf(fitRegression(pairs, request));
    expect(fit.covariance[0]).toBeLessThan(0);
    expect(fit.standardErrors[0]).toBeNull();
    expect(fit.pValues[0]).toBeNull();
    expect(fit.diagnostics.map(({ code }) => code)).toEqual(['NEGATIVE_VARIANCE']);
    const wald = valueOf(waldTest(fit, [0]));
    expect(wald).toMatchObject({ statistic: null, f: null, pValue: null });
    expect(wald.diagnostics.map(({ code }) => code)).toEqual(['NEGATIVE_VARIANCE']);
  });
});

describe('predictive margins', () => {
  const sex = { kind: 'categorical', name: 'sex', categories: sample.sex } as const;
  const age = { kind: 'categorical', name: 'age', categories: sample.age } as const;

  it('of a linear model differ by the coefficient of the factor, with its standard error', () => {
    const request = { outcome: sample.score, terms: [sex, age], family: 'linear' } as const;
    const fit = valueOf(fitRegression(design, request));
    const found = valueOf(predictiveMargins(design, { ...request, factor: 'sex' }));
    const difference = valueOf(marginDifference(found, { first: 'M', second: 'F' }));
    expect(difference.difference).toBeCloseTo(fit.coefficients[1] ?? NaN, 10);
    expect(difference.standardError).toBeCloseTo(fit.standardErrors[1] ?? NaN, 10);
    expect(difference.pValue).toBeCloseTo(fit.pValues[1] ?? NaN, 10);
  });

  it('without other terms are the shares of the levels', () => {
    const request = { outcome: sample.outcome, terms: [sex], family: 'logistic', factor: 'sex' } as const;
    const women = Uint8Array.from(sample.sex, (value) => (value === 'F' ? 1 : 0));
    const direct = estimateOf(design, { statistic: 'mean', outcome: sample.outcome, domain: women });
    expect(valueOf(predictiveMargins(design, request)).margins[0]?.estimate).toBeCloseTo(direct.estimate, 10);
  });

  it('are refused for a factor or a level that is not there', () => {
    const request = { outcome: sample.score, terms: [sex], family: 'linear' } as const;
    expect(failureOf(predictiveMargins(design, { ...request, factor: 'age' })).code).toBe('INVALID_INPUT');
    const found = valueOf(predictiveMargins(design, { ...request, factor: 'sex' }));
    expect(failureOf(marginDifference(found, { first: 'M', second: 'X' })).params).toEqual({
      field: 'level',
      value: 'X',
    });
  });
});

describe('the test of independence', () => {
  it('does not change when rows and columns change places', () => {
    const found = valueOf(testIndependence(design, { rows: sample.sex, columns: sample.age }));
    const turned = valueOf(testIndependence(design, { rows: sample.age, columns: sample.sex }));
    expect(turned.raoScott?.statistic).toBeCloseTo(found.raoScott?.statistic ?? NaN, 9);
    expect(turned.wald?.statistic).toBeCloseTo(found.wald?.statistic ?? NaN, 9);
  });

  it('needs two rows and two columns', () => {
    const one = sample.sex.map(() => '全部');
    expect(failureOf(testIndependence(design, { rows: one, columns: sample.age })).code).toBe('EMPTY_DOMAIN');
  });
});

describe('direct standardisation', () => {
  const small = designOf({ stages: [], weights: floats(10, 10, 10, 10) });
  const categories = ['少', '少', '老', '老'];

  it('weights the means of the categories by the standard population', () => {
    // means .5 and 1; shares .75 and .25: .375 + .25.
    const found = estimateStandardised(
      small,
      { outcome: floats(0, 1, 1, 1) },
      { categories, totals: { 少: 75, 老: 25 } },
    );
    expect(valueOf(found).estimate).toBeCloseTo(0.625, 14);
  });

  it('refuses a category without respondents or without a standard', () => {
    const request = { outcome: floats(0, 1, 1, 1) };
    const empty = estimateStandardised(small, request, { categories, totals: { 少: 1, 老: 1, 幼: 1 } });
    expect(failureOf(empty)).toEqual({ code: 'EMPTY_DOMAIN', params: { category: '幼' } });
    const unknown = estimateStandardised(small, request, { categories, totals: { 少: 1 } });
    expect(failureOf(unknown)).toEqual({ code: 'MARGIN_CATEGORY_MISSING', params: { category: '老' } });
  });
});

describe('a trend', () => {
  const waves = [
    { year: 2020, estimate: 0.1, standardError: 0.005 },
    { year: 2022, estimate: 0.12, standardError: 0.005 },
  ];

  it('starts its path at the baseline and ends it at the target', () => {
    const found = projectTrend({ waves, target: 0.15, targetYear: 2022 + 1e-9 });
    expect(found.logitPath[0]).toBeCloseTo(0.1, 12);
    expect(found.logitPath[1]).toBeCloseTo(0.15, 8);
    expect(found.onTrack).toBe('behind');
  });

  it('is on track when the last wave is far above its path', () => {
    expect(projectTrend({ waves, target: 0.12, targetYear: 2030 }).onTrack).toBe('onTrack');
  });
});
