/** What every calibration keeps, whatever its distance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCalibration } from '@shared/estimation/design/surveyDesign';
import { createRandom } from '@shared/numeric/seededRandom';
import { calibrate, type CalibrationOptions } from '@shared/weighting/calibrate';
import { auxiliarySpace } from '@shared/weighting/calibrationSpace';
import { marginSpace, type MarginTable } from '@shared/weighting/margins';
import { designFrom, estimateOf, randomSample, valueOf, type RandomSample } from '../support';
import { expectClose, runs, seeds } from './closeness';

const POPULATION = 10_000;
const table = (variable: string, shares: Readonly<Record<string, number>>): MarginTable => ({
  variables: [variable],
  cells: Object.entries(shares).map(([value, share]) => ({ categories: [value], total: share * POPULATION })),
});
const margins = [table('sex', { F: 0.52, M: 0.48 }), table('age', { 青年: 0.35, 中年: 0.4, 老年: 0.25 })];
const columnsOf = ({ sex, age }: RandomSample) => ({ sex, age });
const spaceOf = (sample: RandomSample) => valueOf(marginSpace(margins, columnsOf(sample), sample.sex.length));

const distances: readonly CalibrationOptions[] = [
  { distance: 'raking' },
  { distance: 'linear' },
  { distance: 'linear-bounded', bounds: { lower: 0.05, upper: 20 } },
  { distance: 'logit', bounds: { lower: 0.05, upper: 20 } },
];
/** In population units, so that ratios are near 1 and bounds do not bind. */
function scaled(seed: number): RandomSample {
  const sample = randomSample(seed);
  const sum = sample.weights.reduce((total, weight) => total + weight, 0);
  return { ...sample, weights: sample.weights.map((weight) => (weight * POPULATION) / sum) };
}

describe.each(distances)('calibration with $distance', (options) => {
  it('reproduces every margin by adding up the weights of its rows', () => {
    let calibrated = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = scaled(seed);
        const result = calibrate(sample.weights, spaceOf(sample), options);
        if (!result.ok) return;
        calibrated++;
        for (const { variables, cells } of margins) {
          const column = sample[variables[0] as 'sex' | 'age'];
          for (const { categories, total } of cells) {
            const sum = column.reduce(
              (total, value, row) => total + (value === categories[0] ? (result.value.weights[row] ?? 0) : 0),
              0,
            );
            expectClose(sum, total, 1e-9);
          }
        }
      }),
      runs,
    );
    expect(calibrated).toBeGreaterThan(40);
  });

  it('leaves the totals of its own variables without sampling error', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = scaled(seed);
        const design = designFrom(sample);
        const result = calibrate(design.weights, spaceOf(sample), options);
        if (!result.ok) return;
        const outcome = Float64Array.from(sample.age, (age) => (age === '青年' ? 1 : 0));
        const found = estimateOf(withCalibration(design, result.value), { statistic: 'total', outcome });
        expectClose(found.estimate, 0.35 * POPULATION, 1e-9);
        expect(found.standardError).toBeLessThan(1e-6);
      }),
      runs,
    );
  });

  it('does not depend on the order of the rows and keeps rows of weight zero at zero', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const whole = scaled(seed);
        const sample = {
          ...whole,
          weights: whole.weights.map((weight, row) => (row % 7 === 6 ? 0 : weight)),
        };
        const order = createRandom(seed + 1).shuffle([...sample.sex.keys()]);
        const shuffled = {
          ...sample,
          sex: order.map((row) => sample.sex[row] ?? ''),
          age: order.map((row) => sample.age[row] ?? ''),
          weights: Float64Array.from(order, (row) => sample.weights[row] ?? NaN),
        };
        const first = calibrate(sample.weights, spaceOf(sample), options);
        const second = calibrate(shuffled.weights, spaceOf(shuffled), options);
        expect(second.ok).toBe(first.ok);
        if (!first.ok || !second.ok) return;
        order.forEach((row, position) => {
          expectClose(second.value.weights[position], first.value.weights[row], 1e-9);
          if (sample.weights[row] === 0) expect(first.value.weights[row]).toBe(0);
        });
      }),
      runs,
    );
  });
});

it('raking gives the same weights whatever all base weights are multiplied by', () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: 0.1, max: 10, noNaN: true }), (seed, factor) => {
      const sample = scaled(seed);
      const space = spaceOf(sample);
      const first = calibrate(sample.weights, space, { distance: 'raking' });
      const second = calibrate(
        sample.weights.map((weight) => weight * factor),
        space,
        { distance: 'raking' },
      );
      if (!first.ok || !second.ok) return;
      first.value.weights.forEach((weight, row) => expectClose(second.value.weights[row], weight, 1e-9));
    }),
    runs,
  );
});

it('rows with equal auxiliary values share a cell and a ratio', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const sample = scaled(seed);
      const ones = new Float64Array(sample.size.length).fill(1);
      const space = auxiliarySpace([
        { name: 'persons', values: ones, total: POPULATION },
        { name: 'adults', values: sample.size, total: 2.1 * POPULATION },
      ]);
      expect(space.cellCount).toBe(new Set(sample.size).size);
      const result = calibrate(sample.weights, space, { distance: 'linear' });
      if (!result.ok) return;
      const adults = result.value.weights.reduce(
        (sum, weight, row) => sum + weight * (sample.size[row] ?? 0),
        0,
      );
      expectClose(adults, 2.1 * POPULATION, 1e-9);
    }),
    runs,
  );
});
