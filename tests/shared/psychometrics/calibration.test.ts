/** Known parameters come back from simulated answers; the bounds are a little above what the standard errors promise. */
import { describe, expect, it } from 'vitest';
import { expectedAPosteriori, marginalReliability } from '@shared/psychometrics/irt/ability';
import {
  calibrateItems,
  type CalibrationSettings,
  type Calibration,
} from '@shared/psychometrics/irt/calibrate';
import { raschConditional } from '@shared/psychometrics/irt/raschConditional';
import type { ResponseMatrix } from '@shared/psychometrics/responses';
import { rmse, simulateResponses } from './simulatedResponses';

function calibrated(matrix: ResponseMatrix, settings: CalibrationSettings): Calibration {
  const found = calibrateItems(matrix, settings);
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return found.value;
}

const twice = (matrix: ResponseMatrix): ResponseMatrix => ({
  ...matrix,
  personCount: 2 * matrix.personCount,
  values: Uint8Array.from([...matrix.values, ...matrix.values]),
});

describe('2PL calibration', () => {
  const { matrix, items, abilities } = simulateResponses({ persons: 2000, items: 30, seed: '2PL' });
  const found = calibrated(matrix, { model: '2PL' });

  it('recovers slopes and difficulties of 30 items from 2,000 persons (RMSE log a < .09, b < .10)', () => {
    expect(found.convergence.hasConverged).toBe(true);
    expect(
      rmse(
        found.items.map(({ a }) => Math.log(a)),
        items.map(({ a }) => Math.log(a)),
      ),
    ).toBeLessThan(0.09);
    expect(
      rmse(
        found.items.map(({ b }) => b),
        items.map(({ b }) => b),
      ),
    ).toBeLessThan(0.1);
  });

  it('states standard errors of the size of the real errors', () => {
    const z = found.items.map(
      ({ b, standardErrors }, k) => (b - (items[k]?.b ?? NaN)) / (standardErrors.b ?? NaN),
    );
    const spread = rmse(
      z,
      z.map(() => 0),
    );
    expect(spread).toBeGreaterThan(0.6);
    expect(spread).toBeLessThan(1.5);
  });

  it('scores persons whose abilities correlate with the truth as the marginal reliability says', () => {
    const scores = expectedAPosteriori(matrix, found.items);
    // Var(EAP) + mean posterior variance = 1: error of the EAP is sqrt(1 - reliability).
    const error = rmse([...scores.eap], [...abilities]);
    expect(error).toBeCloseTo(Math.sqrt(1 - marginalReliability(scores)), 1);
  });

  it('does not depend on the order of persons, and doubled persons halve the variance', () => {
    const start = { model: '2PL', slopePrior: null, tolerance: 1e-9 } as const;
    const [once, doubled] = [calibrated(matrix, start), calibrated(twice(matrix), start)];
    expect(doubled.items[4]?.a).toBeCloseTo(once.items[4]?.a ?? NaN, 6);
    const ratio = (doubled.items[4]?.standardErrors.b ?? NaN) / (once.items[4]?.standardErrors.b ?? NaN);
    expect(ratio).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('reports its progress up to the end', () => {
    const steps: number[] = [];
    calibrated(matrix, { model: '2PL', progress: (fraction) => steps.push(fraction) });
    expect(steps.at(-1)).toBe(1);
    expect([...steps].sort((x, y) => x - y)).toEqual(steps);
  });
});

describe('calibration with booklets', () => {
  it('links items that no person saw together (RMSE b < .16)', () => {
    const { matrix, items } = simulateResponses({
      persons: 3000,
      items: 30,
      seed: 'booklets',
      isPresented: (person, item) => item < 6 || item % 3 === person % 3,
    });
    const found = calibrated(matrix, { model: '2PL' });
    expect(found.bookletCount).toBe(3);
    expect(
      rmse(
        found.items.map(({ b }) => b),
        items.map(({ b }) => b),
      ),
    ).toBeLessThan(0.16);
  });
});

describe('Rasch', () => {
  const { matrix, items } = simulateResponses({ persons: 1500, items: 25, seed: 'Rasch', slopeSpread: 0 });
  const truth = items.map(({ b }) => b);

  it('gives the same difficulties by the conditional and the marginal likelihood, both near the truth (RMSE < .09)', () => {
    const marginal = calibrated(matrix, { model: 'Rasch' });
    const conditional = raschConditional(matrix);
    if (!conditional.ok) throw new Error('refused');
    const centre = truth.reduce((sum, b) => sum + b, 0) / truth.length;
    const centred = truth.map((b) => b - centre);
    expect(rmse([...conditional.value.difficulties], centred)).toBeLessThan(0.09);
    expect(
      rmse(
        marginal.items.map(({ b }) => b),
        truth,
      ),
    ).toBeLessThan(0.09);
    expect(marginal.items[0]?.a).toBeCloseTo(1, 1);
  });

  it('refuses booklets without common items by the conditional likelihood', () => {
    const apart = simulateResponses({
      persons: 400,
      items: 10,
      seed: 'apart',
      isPresented: (person, item) => item % 2 === person % 2,
    });
    expect(raschConditional(apart.matrix)).toMatchObject({
      ok: false,
      failure: { code: 'BOOKLETS_NOT_LINKED', params: { items: 'item2' } },
    });
  });

  it('names an item everybody got right', () => {
    const values = matrix.values.map((value, cell) => (cell % 25 === 3 ? 1 : value));
    const failure = { code: 'ITEM_WITHOUT_VARIATION', params: { items: 'item4' } };
    expect(calibrateItems({ ...matrix, values }, { model: '2PL' })).toEqual({ ok: false, failure });
    expect(raschConditional({ ...matrix, values })).toEqual({ ok: false, failure });
  });

  it('stays exact with 120 items, where symmetric functions reach 1e30', () => {
    const long = simulateResponses({ persons: 400, items: 120, seed: 'long', slopeSpread: 0 });
    const found = raschConditional(long.matrix);
    if (!found.ok) throw new Error('refused');
    expect(found.value.hasConverged).toBe(true);
    expect(found.value.standardErrors.every((error) => error > 0.08 && error < 0.35)).toBe(true);
  });
});
