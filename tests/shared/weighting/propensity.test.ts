/** Response propensity and trimming that keeps the margins: hand calculation and properties. */
import { describe, expect, it } from 'vitest';
import { calibrateToMargins } from '@shared/weighting/calibrate';
import { marginSpace } from '@shared/weighting/margins';
import { adjustForNonresponse } from '@shared/weighting/nonresponse';
import { adjustByPropensity } from '@shared/weighting/propensity';
import { medianWeight } from '@shared/weighting/trim';
import { trimAndCalibrate } from '@shared/weighting/trimAndCalibrate';
import { createRandom } from '@shared/numeric/seededRandom';
import { failureOf, flags, floats, valueOf } from '../estimation/support';

const sum = (weights: Float64Array): number => weights.reduce((total, weight) => total + weight, 0);

describe('response propensity', () => {
  const categories = ['城', '城', '城', '城', '乡', '乡', '乡'];
  const weights = floats(1, 3, 2, 2, 5, 7, 4);
  const responded = flags(1, 0, 1, 1, 1, 0, 1);
  const terms = [{ kind: 'categorical', name: '城乡', categories }] as const;

  it('of one categorical variable is the weighted response share of the category', () => {
    const found = valueOf(adjustByPropensity(weights, responded, { terms }));
    expect(found.propensities[0]).toBeCloseTo(5 / 8, 10);
    expect(found.propensities[4]).toBeCloseTo(9 / 16, 10);
    expect(found.names).toEqual(['(Intercept)', '城乡城']);
    const classes = valueOf(
      adjustForNonresponse(weights, responded, { columns: { 城乡: categories }, variables: ['城乡'] }),
    );
    found.weights.forEach((weight, row) => expect(weight).toBeCloseTo(classes.weights[row] ?? NaN, 8));
  });

  it('grouped into classes gives the weight of the silent to respondents of like propensity', () => {
    const random = createRandom('应答');
    const age = Float64Array.from({ length: 400 }, () => 18 + random.int(52));
    const base = age.map(() => 50 + 100 * random.next());
    const answered = Uint8Array.from(age, (years) => (random.next() < 0.3 + years / 120 ? 1 : 0));
    const model = [{ kind: 'numeric', name: 'age', values: age }] as const;
    const found = valueOf(adjustByPropensity(base, answered, { terms: model, classCount: 5 }));
    expect(found.classes.map(({ categories: [name] }) => name)).toEqual(['1', '2', '3', '4', '5']);
    expect(sum(found.weights)).toBeCloseTo(sum(base), 6);
    const factors = found.classes.map(({ factor }) => factor);
    expect(factors[0]).toBeGreaterThan(factors[4] ?? NaN);
    expect(found.weights.every((weight, row) => (answered[row] === 1 ? weight > 0 : weight === 0))).toBe(
      true,
    );
  });

  it('fails by name when a category answers always, and when nobody answers', () => {
    const always = flags(1, 1, 1, 1, 1, 0, 1);
    expect(failureOf(adjustByPropensity(weights, always, { terms })).code).toBe('CALIBRATION_NOT_CONVERGED');
    expect(failureOf(adjustByPropensity(weights, flags(0, 0, 0, 0, 0, 0, 0), { terms })).code).toBe(
      'NO_RESPONDENTS',
    );
  });
});

describe('trimming and calibrating in turn', () => {
  const random = createRandom('截断');
  const count = 300;
  const columns = {
    sex: Array.from({ length: count }, () => (random.int(5) < 3 ? '女' : '男')),
    age: Array.from({ length: count }, () => ['青', '中', '老'][random.int(3)] ?? '青'),
  };
  const base = Float64Array.from({ length: count }, () => Math.exp(1 + 0.9 * random.normal()));
  const margin = (variable: string, shares: Record<string, number>) => ({
    variables: [variable],
    cells: Object.entries(shares).map(([category, share]) => ({
      categories: [category],
      total: share * 1000,
    })),
  });
  const margins = [margin('sex', { 女: 0.49, 男: 0.51 }), margin('age', { 青: 0.4, 中: 0.35, 老: 0.25 })];
  const space = valueOf(marginSpace(margins, columns, count));

  it('ends with weights below the cap that meet every margin', () => {
    const plain = valueOf(calibrateToMargins(base, margins, columns, { distance: 'raking' }));
    const found = valueOf(trimAndCalibrate(base, space, { distance: 'raking' }, { timesMedian: 3.5 }));
    expect(found.cap).toBeCloseTo(3.5 * medianWeight(plain.weights), 10);
    expect(found.cutCount).toBeGreaterThan(0);
    expect(found.rounds).toBeGreaterThan(0);
    expect(Math.max(...found.weights)).toBeLessThanOrEqual(found.cap * (1 + 1e-6));
    for (const { after, target } of found.diagnostics.margins) expect(after / target).toBeCloseTo(1, 9);
    expect(found.diagnostics.kishDesignEffectAfter).toBeLessThan(plain.diagnostics.kishDesignEffectAfter);
  });

  it('leaves weights alone that are all below the cap', () => {
    const plain = valueOf(calibrateToMargins(base, margins, columns, { distance: 'raking' }));
    const found = valueOf(trimAndCalibrate(base, space, { distance: 'raking' }, { timesMedian: 1000 }));
    expect(found.rounds).toBe(0);
    expect([...found.weights]).toEqual([...plain.weights]);
  });

  it('fails when the cap cannot hold the population', () => {
    const failure = failureOf(trimAndCalibrate(base, space, { distance: 'raking' }, { timesMedian: 1.01 }));
    expect(failure).toMatchObject({ code: 'CALIBRATION_NOT_CONVERGED', params: { variable: 'trim' } });
    expect(
      failureOf(trimAndCalibrate(base, space, { distance: 'raking' }, { timesMedian: 1 })).params,
    ).toMatchObject({ field: 'cap' });
  });
});
