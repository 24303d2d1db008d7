/** Calibration by hand on four rows, and every margin problem named. R's numbers: reference cases P01 and P06. */
import { describe, expect, it } from 'vitest';
import { calibrate, calibrateToMargins } from '@shared/weighting/calibrate';
import { auxiliarySpace } from '@shared/weighting/calibrationSpace';
import { kishDesignEffect } from '@shared/weighting/diagnostics';
import { marginTotal, scaleMargin, type MarginTable } from '@shared/weighting/margins';
import { postStratify } from '@shared/weighting/postStratify';
import { failureOf, floats, valueOf } from '../estimation/support';

const margin = (variable: string, totals: Readonly<Record<string, number>>): MarginTable => ({
  variables: [variable],
  cells: Object.entries(totals).map(([category, total]) => ({ categories: [category], total })),
});

const columns = { sex: ['F', 'F', 'M', 'M'], age: ['老', '少', '老', '少'] };
const base = floats(1, 2, 3, 4);

describe('post-stratification', () => {
  it('scales every cell to its total', () => {
    // F: 1 + 2 = 3 -> 6, factor 2; M: 3 + 4 = 7 -> 14, factor 2.
    const found = valueOf(postStratify(base, margin('sex', { F: 6, M: 21 }), columns));
    expect([...found.weights]).toEqual([2, 4, 9, 12]);
    expect(found.diagnostics).toMatchObject({ minimumAdjustment: 2, maximumAdjustment: 3, iterations: 1 });
    expect(found.diagnostics.margins[1]).toEqual({ name: 'sex: M', before: 7, after: 21, target: 21 });
  });

  it('equals raking to the same single margin', () => {
    const margins = [margin('sex', { F: 6, M: 21 })];
    const raked = valueOf(calibrateToMargins(base, margins, columns, { distance: 'raking' }));
    raked.weights.forEach((weight, row) => expect(weight).toBeCloseTo([2, 4, 9, 12][row] ?? 0, 10));
  });
});

describe('raking', () => {
  const margins = [margin('sex', { F: 40, M: 60 }), margin('age', { 老: 30, 少: 70 })];

  it('agrees with iterative proportional fitting', () => {
    const constraints = [
      { rows: [0, 1], total: 40 },
      { rows: [2, 3], total: 60 },
      { rows: [0, 2], total: 30 },
      { rows: [1, 3], total: 70 },
    ];
    const table = [...base];
    for (let round = 0; round < 200; round++) {
      for (const { rows, total } of constraints) {
        const sum = rows.reduce((all, row) => all + (table[row] ?? 0), 0);
        for (const row of rows) table[row] = ((table[row] ?? 0) * total) / sum;
      }
    }
    const found = valueOf(calibrateToMargins(base, margins, columns, { distance: 'raking' }));
    found.weights.forEach((weight, row) => expect(weight).toBeCloseTo(table[row] ?? 0, 9));
    expect(found.diagnostics.largestMarginError).toBeLessThan(1e-12);
  });

  it.each(['raking', 'linear', 'linear-bounded', 'logit'] as const)(
    'meets the margins with distance %s',
    (distance) => {
      const bounds = { lower: 0.2, upper: 20 };
      const found = valueOf(calibrateToMargins(base, margins, columns, { distance, bounds }));
      for (const line of found.diagnostics.margins) expect(line.after).toBeCloseTo(line.target, 8);
    },
  );

  it('accepts margins that repeat each other', () => {
    const crossed: MarginTable = {
      variables: ['sex', 'age'],
      cells: [
        { categories: ['F', '老'], total: 10 },
        { categories: ['F', '少'], total: 30 },
        { categories: ['M', '老'], total: 20 },
        { categories: ['M', '少'], total: 40 },
      ],
    };
    const found = valueOf(calibrateToMargins(base, [...margins, crossed], columns, { distance: 'raking' }));
    found.weights.forEach((weight, row) => expect(weight).toBeCloseTo([10, 30, 20, 40][row] ?? 0, 9));
  });
});

describe('calibration refuses', () => {
  const rake = (...margins: MarginTable[]) =>
    calibrateToMargins(base, margins, columns, { distance: 'raking' });

  it('a category of the sample that the margin lacks', () => {
    expect(failureOf(rake(margin('sex', { F: 10 })))).toEqual({
      code: 'MARGIN_CATEGORY_MISSING',
      params: { variable: 'sex', category: 'M', row: 3 },
    });
  });

  it('a category of the margin that nobody has', () => {
    expect(failureOf(rake(margin('sex', { F: 10, M: 10, 未知: 1 })))).toEqual({
      code: 'MARGIN_CATEGORY_UNKNOWN',
      params: { variable: 'sex', category: '未知' },
    });
  });

  it('margins with different totals, unless one is scaled on purpose', () => {
    const sex = margin('sex', { F: 10, M: 10 });
    const age = margin('age', { 老: 10, 少: 11 });
    expect(failureOf(rake(sex, age))).toEqual({
      code: 'MARGIN_TOTALS_DIFFER',
      params: { first: 'sex', firstTotal: 20, second: 'age', secondTotal: 21 },
    });
    expect(rake(sex, scaleMargin(age, marginTotal(sex))).ok).toBe(true);
  });

  it('totals that are zero, negative or missing', () => {
    expect(failureOf(rake(margin('sex', { F: 0, M: 10 }))).params).toEqual({
      variable: 'sex',
      category: 'F',
      total: 0,
    });
    expect(failureOf(rake(margin('sex', { F: -1, M: 10 }))).code).toBe('MARGIN_NOT_POSITIVE');
    expect(failureOf(rake(margin('sex', { F: NaN, M: 10 }))).code).toBe('MARGIN_NOT_POSITIVE');
  });

  it('a variable the sample does not have, and a missing value', () => {
    expect(failureOf(rake(margin('education', { 小学: 20 })))).toEqual({
      code: 'DESIGN_VARIABLE_MISSING',
      params: { variable: 'education', row: 0 },
    });
    const gap = { sex: ['F', '', 'M', 'M'] };
    const found = calibrateToMargins(base, [margin('sex', { F: 1, M: 1 })], gap, { distance: 'raking' });
    expect(failureOf(found)).toEqual({
      code: 'DESIGN_VARIABLE_MISSING',
      params: { variable: 'sex', row: 2 },
    });
  });

  it('bounds that the margins cannot be met within, with the remaining gap', () => {
    const margins = [margin('sex', { F: 6, M: 4 })];
    const found = calibrateToMargins(base, margins, columns, {
      distance: 'logit',
      bounds: { lower: 0.9, upper: 1.1 },
    });
    expect(failureOf(found).code).toBe('CALIBRATION_NOT_CONVERGED');
    expect(failureOf(found).params['gap']).toBeGreaterThan(0.1);
    const wrong = calibrateToMargins(base, margins, columns, {
      distance: 'logit',
      bounds: { lower: 1.1, upper: 2 },
    });
    expect(failureOf(wrong)).toMatchObject({ code: 'INVALID_INPUT', params: { field: 'bounds' } });
  });

  it('totals of variables that contradict each other', () => {
    const constant = { name: '人数', values: floats(1, 1, 1, 1), total: 10 };
    const twice = { name: '双倍', values: floats(2, 2, 2, 2), total: 30 };
    const found = calibrate(base, auxiliarySpace([constant, twice]), { distance: 'linear' });
    expect(failureOf(found).code).toBe('CALIBRATION_SINGULAR');
  });
});

it('counts negative weights of an extreme linear calibration', () => {
  const margins = [margin('sex', { F: 1, M: 99 }), margin('age', { 老: 95, 少: 5 })];
  const found = valueOf(calibrateToMargins(base, margins, columns, { distance: 'linear' }));
  expect(found.diagnostics.negativeWeightCount).toBeGreaterThan(0);
});

it("Kish's design effect of the weights 1, 1, 2 is 1.125, and rows of weight zero do not count", () => {
  expect(kishDesignEffect(floats(1, 1, 2))).toBeCloseTo(1.125, 15);
  expect(kishDesignEffect(floats(1, 1, 2, 0))).toBeCloseTo(1.125, 15);
});
