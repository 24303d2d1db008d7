/** PPS probabilities and draws by hand. R: reference case P20. */
import { describe, expect, it } from 'vitest';
import { inclusionProbabilities, systematicSelection } from '@shared/sampling/inclusion';
import { jointInclusionProbabilities, type UnequalProbabilityMethod } from '@shared/sampling/jointInclusion';
import { failureOf, floats, valueOf } from '../estimation/support';

describe('inclusion probabilities proportional to size', () => {
  it('takes a unit that is too large for certain and shares the rest', () => {
    const found = valueOf(inclusionProbabilities(floats(1, 1, 8), 2));
    expect([...found.probabilities]).toEqual([0.5, 0.5, 1]);
    expect(found.certainty).toEqual([2]);
  });

  it('goes on when the rest makes another unit certain', () => {
    // 3 of 100, 10, 1, 1: first 100; then 2 x 10/12 > 1; then 1 shared by two equal units.
    const found = valueOf(inclusionProbabilities(floats(100, 10, 1, 1), 3));
    expect([...found.probabilities]).toEqual([1, 1, 0.5, 0.5]);
  });

  it('never draws a unit of size 0 and refuses impossible samples by name', () => {
    expect([...valueOf(inclusionProbabilities(floats(0, 3, 3), 1)).probabilities]).toEqual([0, 0.5, 0.5]);
    expect(failureOf(inclusionProbabilities(floats(0, 3, 3), 3)).params).toEqual({
      field: 'sampleSize',
      available: 2,
    });
    expect(failureOf(inclusionProbabilities(floats(1, NaN), 1)).params).toEqual({ field: 'size', row: 2 });
  });
});

describe('the systematic draw', () => {
  it('draws the units in whose interval the steps fall', () => {
    const probabilities = floats(0.5, 0.5, 1);
    expect(systematicSelection(probabilities, 0.25)).toEqual([0, 2]);
    expect(systematicSelection(probabilities, 0.75)).toEqual([1, 2]);
  });

  it('always draws as many units as the probabilities add to', () => {
    const { probabilities } = valueOf(inclusionProbabilities(floats(3, 1, 4, 1, 5, 9, 2, 6, 5, 3), 4));
    for (let k = 0; k < 100; k++) expect(systematicSelection(probabilities, k / 100)).toHaveLength(4);
  });
});

describe('joint inclusion probabilities', () => {
  const methods: readonly UnequalProbabilityMethod[] = [
    'systematic',
    'sampford',
    'conditionalPoisson',
    'midzuno',
  ];
  const { probabilities } = valueOf(inclusionProbabilities(floats(3, 1, 4, 1, 5, 9, 2, 60), 4));

  it.each(methods)('of a %s sample add to (n - 1) times the probability of the unit', (method) => {
    const joint = valueOf(jointInclusionProbabilities(probabilities, method));
    probabilities.forEach((p, i) => {
      let sum = 0;
      for (let j = 0; j < 8; j++) sum += i === j ? 0 : (joint[i * 8 + j] ?? NaN);
      expect(sum).toBeCloseTo(3 * p, 10);
    });
  });

  it('of two from four equal units are 1/6 for every drawing with equal chances', () => {
    for (const method of ['sampford', 'conditionalPoisson', 'midzuno'] as const) {
      const joint = valueOf(jointInclusionProbabilities(floats(0.5, 0.5, 0.5, 0.5), method));
      expect(joint[1]).toBeCloseTo(1 / 6, 12);
      expect(joint[0]).toBe(0.5);
    }
  });

  it('of a systematic sample of four equal units pair the first with the third', () => {
    const joint = valueOf(jointInclusionProbabilities(floats(0.5, 0.5, 0.5, 0.5), 'systematic'));
    expect([...joint.subarray(0, 4)]).toEqual([0.5, 0, 0.5, 0]);
  });

  it('refuses probabilities that do not add to a whole sample', () => {
    expect(failureOf(jointInclusionProbabilities(floats(0.5, 0.6), 'sampford')).params).toMatchObject({
      field: 'sampleSize',
    });
    expect(failureOf(jointInclusionProbabilities(floats(0.5, 1.5), 'sampford')).params).toEqual({
      field: 'probabilities',
      row: 2,
    });
  });
});
