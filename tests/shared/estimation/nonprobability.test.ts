/** Model-based estimates: named as such, reproducible, and close to theory where theory exists. */
import { describe, expect, it } from 'vitest';
import { fail } from '@shared/domain/result';
import { modelBasedEstimate, modelBasedEstimateByDomain } from '@shared/estimation/nonprobability';
import { createRandom } from '@shared/numeric/seededRandom';
import { calibrateToMargins } from '@shared/weighting/calibrate';
import { failureOf, flags, floats, valueOf } from './support';

const random = createRandom('walk-in');
const count = 600;
const outcome = Float64Array.from({ length: count }, () => (random.next() < 0.2 ? 1 : 0));
const sites = Array.from({ length: count }, (_, row) => `site-${row % 12}`);
const sex = Array.from({ length: count }, () => (random.next() < 0.7 ? 'F' : 'M'));
const ones = new Float64Array(count).fill(1);
const margins = [
  {
    variables: ['sex'],
    cells: [
      { categories: ['F'], total: 490 },
      { categories: ['M'], total: 510 },
    ],
  },
];
const calibrate = (baseWeights: Float64Array) =>
  calibrateToMargins(baseWeights, margins, { sex }, { distance: 'raking' });
const request = { statistic: 'proportion', outcome } as const;

describe('an estimate from a nonprobability sample', () => {
  const found = valueOf(modelBasedEstimate({ baseWeights: ones, sites, calibrate, seed: 7 }, request));

  it('is named model-based everywhere and warns about its basis', () => {
    expect(found.method).toBe('model-based-bootstrap');
    expect(found.interval?.method).toBe('model-based-bootstrap');
    expect(found.diagnostics[0]?.code).toBe('NONPROBABILITY_BASIS');
    expect(found.degreesOfFreedom).toBe(11);
  });

  it('is the calibrated share', () => {
    const weights = valueOf(calibrate(ones)).weights;
    const share = outcome.reduce((sum, y, row) => sum + y * (weights[row] ?? 0), 0) / 1000;
    expect(found.estimate).toBeCloseTo(share, 12);
    expect(found.weightTotal).toBeCloseTo(1000, 9);
  });

  it('is the same again with the same seed and differs with another', () => {
    const again = valueOf(modelBasedEstimate({ baseWeights: ones, sites, calibrate, seed: 7 }, request));
    const other = valueOf(modelBasedEstimate({ baseWeights: ones, sites, calibrate, seed: 8 }, request));
    expect(again).toEqual(found);
    expect(other.variance).not.toBe(found.variance);
  });

  it('has about the variance of a simple random sample when respondents are resampled without calibration', () => {
    const plain = valueOf(
      modelBasedEstimate({ baseWeights: ones, sites: null, seed: 'x', replicateCount: 2000 }, request),
    );
    const p = plain.estimate;
    expect((plain.variance ?? 0) / ((p * (1 - p)) / (count - 1))).toBeGreaterThan(0.9);
    expect((plain.variance ?? 0) / ((p * (1 - p)) / (count - 1))).toBeLessThan(1.1);
  });

  it('has no interval when everybody came to one site', () => {
    const oneSite = sites.map(() => 'hall');
    const single = valueOf(modelBasedEstimate({ baseWeights: ones, sites: oneSite, seed: 1 }, request));
    expect(single).toMatchObject({ variance: null, interval: null });
  });
});

describe('domains of a nonprobability sample', () => {
  it('keep their order, and empty ones stay in the list', () => {
    const member = (value: string): Uint8Array => Uint8Array.from(sex, (s) => (s === value ? 1 : 0));
    const results = valueOf(
      modelBasedEstimateByDomain({ baseWeights: ones, sites, seed: 3, replicateCount: 50 }, request, [
        { id: 'F', member: member('F') },
        { id: 'X', member: member('X') },
        { id: 'M', member: member('M') },
      ]),
    );
    expect(results.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'F estimated',
      'X empty',
      'M estimated',
    ]);
  });

  it('pass on a failed calibration, at first or in too many replicates', () => {
    const never = () => fail('CALIBRATION_SINGULAR', {});
    const sample = { baseWeights: floats(1, 1, 1), sites: null, seed: 1 };
    const small = { statistic: 'proportion', outcome: floats(0, 1, 1) } as const;
    const whole = [{ id: 'all', member: flags(1, 1, 1) }];
    expect(failureOf(modelBasedEstimateByDomain({ ...sample, calibrate: never }, small, whole)).code).toBe(
      'CALIBRATION_SINGULAR',
    );
    let calls = 0;
    const onlyOnce = (weights: Float64Array) =>
      calls++ === 0 ? ({ ok: true, value: { weights } } as const) : never();
    expect(failureOf(modelBasedEstimateByDomain({ ...sample, calibrate: onlyOnce }, small, whole)).code).toBe(
      'CALIBRATION_NOT_CONVERGED',
    );
  });
});
