/** Nonresponse adjustment and trimming by hand. R: reference case P19. */
import { describe, expect, it } from 'vitest';
import { adjustForNonresponse } from '@shared/weighting/nonresponse';
import { medianWeight, trimWeights } from '@shared/weighting/trim';
import { failureOf, flags, floats, valueOf } from '../estimation/support';

describe('weighting-class adjustment', () => {
  const spec = { columns: { 城乡: ['城', '城', '乡', '乡'] }, variables: ['城乡'] };

  it('gives the weight of the silent to the respondents of their class', () => {
    const found = valueOf(adjustForNonresponse(floats(1, 3, 5, 7), flags(1, 0, 1, 1), spec));
    expect([...found.weights]).toEqual([4, 0, 5, 7]);
    expect(found.classes[0]).toEqual({ categories: ['城'], sampledCount: 2, respondentCount: 1, factor: 4 });
  });

  it('names a class in which nobody answered, and a missing category', () => {
    expect(failureOf(adjustForNonresponse(floats(1, 3, 5, 7), flags(0, 0, 1, 1), spec))).toEqual({
      code: 'NO_RESPONDENTS',
      params: { class: '城' },
    });
    const gap = { columns: { 城乡: ['城', '', '乡', '乡'] }, variables: ['城乡'] };
    expect(failureOf(adjustForNonresponse(floats(1, 3, 5, 7), flags(1, 1, 1, 1), gap)).params).toEqual({
      variable: '城乡',
      row: 2,
    });
  });
});

describe('trimming', () => {
  it('cuts to the cap and keeps the sum', () => {
    // 1, 1, 2, 10 with cap 5: 5 too much, spread over 4: growth 9/4 -> 2.25, 2.25, 4.5.
    const found = valueOf(trimWeights(floats(1, 1, 2, 10), 5));
    [2.25, 2.25, 4.5, 5].forEach((weight, row) => expect(found.weights[row]).toBeCloseTo(weight, 10));
    expect(found).toMatchObject({ cutCount: 1, atCapCount: 1 });
  });

  it('fails when the cap cannot hold the sum', () => {
    expect(failureOf(trimWeights(floats(1, 1, 10), 3)).code).toBe('CALIBRATION_NOT_CONVERGED');
  });

  it('takes the median of the weights above zero', () => {
    expect(medianWeight(floats(0, 0, 1, 2, 9))).toBe(2);
    expect(medianWeight(floats(1, 2, 4, 9))).toBe(3);
  });
});
