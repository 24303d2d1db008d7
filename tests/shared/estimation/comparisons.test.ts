/** Comparisons, ranks and replicates on numbers one can follow; R's numbers are reference cases P09, P10 and P14. */
import { describe, expect, it } from 'vitest';
import { independentEstimates, pairwiseDifferences } from '@shared/estimation/comparisons';
import { contrast, differenceOf, estimateJointly, ratioOf } from '@shared/estimation/jointEstimates';
import { adjustPValues } from '@shared/estimation/multiplicity';
import { estimateQuantiles, weightedQuantile } from '@shared/estimation/quantiles';
import { bonferroniRankSets, pointRanks, simulatedRankSets } from '@shared/estimation/rankSets';
import { estimateWithReplicates } from '@shared/estimation/replicateEstimate';
import {
  cantyDavisonReplicates,
  subbootstrapReplicates,
} from '@shared/estimation/variance/bootstrapReplicates';
import { jackknifeReplicates } from '@shared/estimation/variance/replicates';
import { createRandom } from '@shared/numeric/seededRandom';
import { designFrom, designOf, estimateOf, failureOf, flags, floats, randomSample, valueOf } from './support';

describe('adjusted p-values', () => {
  const raw = [0.01, 0.04, 0.03];

  it('follow the textbook for three tests', () => {
    expect(adjustPValues(raw, 'none')).toEqual(raw);
    expect(adjustPValues(raw, 'bonferroni').map((p) => p.toFixed(4))).toEqual(['0.0300', '0.1200', '0.0900']);
    expect(adjustPValues(raw, 'holm').map((p) => p.toFixed(4))).toEqual(['0.0300', '0.0600', '0.0600']);
    expect(adjustPValues(raw, 'hochberg').map((p) => p.toFixed(4))).toEqual(['0.0300', '0.0400', '0.0400']);
    expect(adjustPValues(raw, 'BH').map((p) => p.toFixed(4))).toEqual(['0.0300', '0.0400', '0.0400']);
    expect(adjustPValues([], 'holm')).toEqual([]);
  });
});

describe('ranks', () => {
  const far = independentEstimates(['甲', '乙', '丙'], floats(0.9, 0.5, 0.1), floats(0.01, 0.01, 0.01));
  const near = independentEstimates(['甲', '乙', '丙'], floats(0.52, 0.5, 0.48), floats(0.05, 0.05, 0.05));

  it('are certain when districts lie far apart, and open when they do not', () => {
    expect(bonferroniRankSets(far).simultaneous.sets).toEqual([
      { lower: 1, upper: 1 },
      { lower: 2, upper: 2 },
      { lower: 3, upper: 3 },
    ]);
    for (const set of bonferroniRankSets(near).marginal.sets) expect(set).toEqual({ lower: 1, upper: 3 });
  });

  it('share ties', () => {
    expect(pointRanks([0.3, 0.5, 0.3, 0.1])).toEqual([2.5, 1, 2.5, 4]);
  });

  it('are equally likely for equal districts', () => {
    const random = createRandom('ranks');
    const equal = independentEstimates(['a', 'b'], floats(0.5, 0.5), floats(0.1, 0.1));
    const draws = Array.from({ length: 1000 }, () => floats(0.1 * random.normal(), 0.1 * random.normal()));
    const found = simulatedRankSets(equal, draws);
    expect(Math.abs((found.probabilityFirst[0] ?? 0) - 0.5)).toBeLessThan(0.06);
    expect(found.stepDown).toEqual([
      { lower: 1, upper: 2 },
      { lower: 1, upper: 2 },
    ]);
  });

  it('compare pairs once, in a fixed order', () => {
    expect(pairwiseDifferences(far).map(({ first, second }) => first + second)).toEqual([
      '甲乙',
      '甲丙',
      '乙丙',
    ]);
    expect(pairwiseDifferences(far)[0]?.statistic).toBeCloseTo(0.4 / Math.sqrt(0.0002), 10);
  });
});

describe('joint estimates', () => {
  // PSU totals of two domains in two strata with two PSUs: independent strata give no covariance.
  const design = designOf({
    stages: [{ units: ['a', 'b', 'c', 'd'], strata: [1, 1, 2, 2] }],
    weights: floats(10, 10, 10, 10),
  });
  const domains = [
    { id: '东', member: flags(1, 1, 0, 0) },
    { id: '西', member: flags(0, 0, 1, 1) },
  ];
  const joint = valueOf(estimateJointly(design, { statistic: 'mean', outcome: floats(1, 3, 4, 8) }, domains));

  it('have the variances of the single estimates and no covariance across strata', () => {
    // mean 2 from 1 and 3: V = (3-1)^2 / 4 = 1; mean 6 from 4 and 8: V = 4.
    expect([...joint.estimates]).toEqual([2, 6]);
    [1, 0, 0, 4].forEach((value, k) => expect(joint.covariance[k]).toBeCloseTo(value, 12));
    expect(joint.degreesOfFreedom).toBe(2);
  });

  it('give the difference and the ratio', () => {
    const found = contrast(joint, differenceOf(joint, 0, 1));
    expect(found.estimate).toBe(4);
    expect(found.standardError).toBeCloseTo(Math.sqrt(5), 12);
    // 6/2 = 3, relative variance 1/4 + 4/36.
    const ratio = valueOf(ratioOf(joint, { first: 0, second: 1 }));
    expect(ratio.estimate).toBe(3);
    expect(ratio.logStandardError).toBeCloseTo(Math.sqrt(1 / 4 + 4 / 36), 12);
  });

  it('need respondents in every domain', () => {
    const nobody = [{ id: '空', member: flags(0, 0, 0, 0) }];
    const found = estimateJointly(design, { statistic: 'mean', outcome: floats(1, 3, 4, 8) }, nobody);
    expect(failureOf(found)).toEqual({ code: 'EMPTY_DOMAIN', params: { domain: '空' } });
  });
});

describe('quantiles', () => {
  it('are values of the sample under the inverse distribution function', () => {
    expect(weightedQuantile(floats(3, 1, 2), floats(2, 1, 1), 0.5)).toBe(2);
    expect(weightedQuantile(floats(3, 1, 2), floats(2, 1, 1), 0.51)).toBe(3);
    expect(weightedQuantile(floats(3, 1, 2), floats(2, 1, 1), 0.01)).toBe(1);
    expect(weightedQuantile(floats(3, 1, 2), floats(2, 1, 1), 0.5, 'school')).toBe(2.5);
  });

  it('have no interval without degrees of freedom', () => {
    const design = designOf({ stages: [{ units: [1, 1, 2, 2] }], weights: floats(1, 1, 1, 1) });
    const request = { outcome: floats(1, 2, 3, 4), domain: flags(1, 1, 0, 0), probabilities: [0.5] };
    expect(valueOf(estimateQuantiles(design, request))[0]).toMatchObject({
      interval: null,
      standardError: null,
    });
  });
});

describe('replicates', () => {
  const sample = randomSample(11);
  const design = designFrom(sample);
  const everyone = [{ id: 'all', member: new Uint8Array(design.rowCount).fill(1) }];
  const request = { statistic: 'total', outcome: sample.score } as const;

  it('of the jackknife give the linearised variance of a total', () => {
    const replicates = valueOf(jackknifeReplicates(design));
    const [found] = valueOf(estimateWithReplicates(design, request, replicates, everyone));
    expect((found?.variance ?? 0) / (estimateOf(design, request).variance ?? 1)).toBeCloseTo(1, 10);
  });

  it.each([
    ['Rao and Wu', subbootstrapReplicates],
    ['Canty and Davison', cantyDavisonReplicates],
  ])('of the bootstrap of %s come near it and repeat with the seed', (_name, replicatesOf) => {
    const draw = (seed: string) => valueOf(replicatesOf(design, { seed, replicateCount: 2000 }));
    const [found] = valueOf(estimateWithReplicates(design, request, draw('a'), everyone));
    const ratio = (found?.variance ?? 0) / (estimateOf(design, request).variance ?? 1);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
    expect(draw('a').factors).toEqual(draw('a').factors);
    expect(draw('a').factors).not.toEqual(draw('b').factors);
  });

  it('are refused for a stratum with one PSU', () => {
    const single = designOf({
      stages: [{ units: [1, 2, 3], strata: ['a', 'a', 'b'] }],
      weights: floats(1, 1, 1),
      singlePsuRule: 'certainty',
    });
    expect(failureOf(jackknifeReplicates(single)).params).toMatchObject({ stratum: 'b' });
    expect(failureOf(subbootstrapReplicates(single, { seed: 1, replicateCount: 2 })).code).toBe(
      'SINGLE_PSU_STRATUM',
    );
  });
});
