/** Unequal probabilities without replacement, by hand and by properties. R: reference case P04. */
import { describe, expect, it } from 'vitest';
import { createSurveyDesign, type UnequalProbabilities } from '@shared/estimation/design/surveyDesign';
import { contrast, differenceOf, estimateJointly } from '@shared/estimation/jointEstimates';
import { jointInclusionProbabilities } from '@shared/sampling/jointInclusion';
import { designOf, estimateOf, failureOf, flags, floats, valueOf } from './support';

const p = floats(0.5, 0.25, 0.25);
const weights = floats(2, 4, 4);
const outcome = floats(1, 1, 3);
const specOf = (variance: UnequalProbabilities['variance']) => ({
  stages: [{ units: ['甲', '乙', '丙'] }],
  weights,
  unequalProbabilities: { inclusionProbabilities: p, variance },
});
const totalVariance = (variance: UnequalProbabilities['variance']): number | null =>
  estimateOf(designOf(specOf(variance)), { statistic: 'total', outcome }).variance;

describe('variance of three PSUs drawn with unequal probabilities', () => {
  it('by Brewer shrinks every squared deviation by 1 - p', () => {
    // z = 2, 4, 12, mean 6: 3/2 (0.5 x 16 + 0.75 x 4 + 0.75 x 36) = 57.
    expect(totalVariance({ method: 'brewer' })).toBeCloseTo(57, 10);
  });

  it('by Horvitz-Thompson and Yates-Grundy uses the pairs', () => {
    // All pairs 0.1: D_12 = D_13 = 1 - 0.125/0.1 = -0.25, D_23 = 1 - 0.0625/0.1 = 0.375.
    const joint = new Float64Array(9).fill(0.1);
    // HT: 0.5 x 4 + 0.75 x 16 + 0.75 x 144 + 2 (-0.25 x 8 - 0.25 x 24 + 0.375 x 48) = 122 + 20 = 142.
    expect(totalVariance({ method: 'horvitzThompson', joint })).toBeCloseTo(142, 10);
    // YG: -(-0.25 x 4 - 0.25 x 100 + 0.375 x 64) = 26 - 24 = 2.
    expect(totalVariance({ method: 'yatesGrundy', joint })).toBeCloseTo(2, 10);
  });

  it('by Hartley-Rao estimates the square sum of the frame when it is not given', () => {
    // c = 1/3: off-diagonal 1 - (3 - p_i - p_j + 1/3)/2 = -0.29166.. for (1,2), (1,3) and -0.41666.. for (2,3).
    const found = totalVariance({ method: 'hartleyRao' });
    expect(found).toBeCloseTo(122 + 2 * ((-7 / 24) * 8 + (-7 / 24) * 24 + (-5 / 12) * 48), 10);
  });

  it('says so when the pairs give a negative variance', () => {
    const joint = new Float64Array(9).fill(0.5);
    const found = estimateOf(designOf(specOf({ method: 'yatesGrundy', joint })), {
      statistic: 'total',
      outcome,
    });
    expect(found).toMatchObject({ variance: null, standardError: null, interval: null });
    expect(found.diagnostics.map(({ code }) => code)).toContain('NEGATIVE_VARIANCE');
  });

  it('adds nothing for a stratum of one PSU drawn for certain', () => {
    const design = designOf({
      stages: [{ units: ['甲', '乙', '丙'], strata: ['大', '小', '小'] }],
      weights: floats(1, 4, 4),
      unequalProbabilities: { inclusionProbabilities: floats(1, 0.25, 0.25), variance: { method: 'brewer' } },
    });
    // z = 4, 12: 2 (0.75 x 16 + 0.75 x 16) = 48.
    expect(estimateOf(design, { statistic: 'total', outcome }).variance).toBeCloseTo(48, 10);
  });
});

describe('a simple random sample seen as a sample with equal probabilities', () => {
  const equal = new Float64Array(6).fill(0.5);
  const joint = valueOf(jointInclusionProbabilities(new Float64Array(12).fill(0.5), 'sampford'));
  const pairs = Float64Array.from({ length: 36 }, (_, k) => joint[Math.floor(k / 6) * 12 + (k % 6)] ?? NaN);
  const units = ['a', 'b', 'c', 'd', 'e', 'f'];
  const values = floats(3, 1, 4, 1, 5, 9);
  const base = { weights: new Float64Array(6).fill(2) };
  const simple = designOf({
    ...base,
    stages: [{ units, finitePopulation: { kind: 'samplingFraction', values: equal } }],
  });

  it.each(['brewer', 'horvitzThompson', 'yatesGrundy'] as const)('has its variance by %s', (method) => {
    const variance = method === 'brewer' ? { method } : { method, joint: pairs };
    const design = designOf({
      ...base,
      stages: [{ units }],
      unequalProbabilities: { inclusionProbabilities: equal, variance },
    });
    const request = { statistic: 'mean', outcome: values } as const;
    expect(estimateOf(design, request).variance).toBeCloseTo(estimateOf(simple, request).variance ?? NaN, 10);

    const domains = [
      { id: '前', member: flags(1, 1, 1, 0, 0, 0) },
      { id: '后', member: flags(0, 0, 0, 1, 1, 1) },
    ];
    const errorOf = (of: typeof design): number => {
      const found = valueOf(estimateJointly(of, request, domains));
      return contrast(found, differenceOf(found, 0, 1)).standardError ?? Number.NaN;
    };
    expect(errorOf(design)).toBeCloseTo(errorOf(simple), 10);
  });
});

describe('a design with unequal probabilities is refused', () => {
  it('when a probability is missing, when pairs do not fit, or with a second stage', () => {
    const spec = specOf({ method: 'brewer' });
    const missing = {
      ...spec,
      unequalProbabilities: { ...spec.unequalProbabilities, inclusionProbabilities: floats(0.5, NaN, 0.25) },
    };
    expect(failureOf(createSurveyDesign(missing))).toMatchObject({ code: 'FPC_INVALID', params: { row: 2 } });
    const short = specOf({ method: 'horvitzThompson', joint: floats(0.5, 0.1) });
    expect(failureOf(createSurveyDesign(short)).params).toMatchObject({ field: 'jointProbabilities' });
    const staged = { ...spec, stages: [...spec.stages, { units: [1, 2, 3] }] };
    expect(failureOf(createSurveyDesign(staged)).params).toMatchObject({ field: 'unequalProbabilities' });
  });
});
