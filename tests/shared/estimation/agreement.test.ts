/** Two derivations of the same number, and properties that hold for every sample (seeded by fast-check). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCalibration } from '@shared/estimation/design/surveyDesign';
import { estimators, type StatisticId } from '@shared/estimation/estimators/registry';
import type { Estimate } from '@shared/estimation/estimateRecord';
import { calibrateToMargins } from '@shared/weighting/calibrate';
import { createRandom } from '@shared/numeric/seededRandom';
import { designFrom, designOf, estimateOf, randomSample, valueOf, type RandomSample } from './support';

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const runs = { numRuns: 60 };
const closeTo = (actual: number | null | undefined, expected: number | null | undefined): void => {
  if (typeof actual !== 'number' || typeof expected !== 'number') expect(actual).toEqual(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected) + 1e-300);
};
const same = (left: Estimate, right: Estimate): void => {
  closeTo(left.estimate, right.estimate);
  closeTo(left.variance, right.variance);
  expect(left.degreesOfFreedom).toBe(right.degreesOfFreedom);
};

const statistics = Object.keys(estimators) as StatisticId[];
const requestOf = (statistic: StatisticId, sample: RandomSample) => ({
  statistic,
  outcome: statistic === 'proportion' ? sample.outcome : sample.score,
  denominator: statistic === 'ratio' ? sample.size : null,
  domain: sample.member,
});

function reorder(sample: RandomSample, order: readonly number[]): RandomSample {
  const texts = (column: readonly string[]): string[] => order.map((row) => column[row] ?? '');
  const numbers = (column: Float64Array): Float64Array =>
    Float64Array.from(order, (row) => column[row] ?? NaN);
  return {
    strata: texts(sample.strata),
    psus: texts(sample.psus),
    weights: numbers(sample.weights),
    outcome: numbers(sample.outcome),
    score: numbers(sample.score),
    size: numbers(sample.size),
    member: Uint8Array.from(order, (row) => sample.member[row] ?? 0),
    sex: texts(sample.sex),
    age: texts(sample.age),
  };
}

describe.each(statistics)('for every sample, %s', (statistic) => {
  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const order = createRandom(seed + 1).shuffle([...sample.strata.keys()]);
        const shuffled = reorder(sample, order);
        same(
          estimateOf(designFrom(shuffled), requestOf(statistic, shuffled)),
          estimateOf(designFrom(sample), requestOf(statistic, sample)),
        );
      }),
      runs,
    );
  });

  it('keeps means when all weights are multiplied, and multiplies totals', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.01, max: 100, noNaN: true }), (seed, factor) => {
        const sample = randomSample(seed);
        const scaled = { ...sample, weights: sample.weights.map((weight) => weight * factor) };
        const power = statistic === 'total' ? factor : 1;
        const before = estimateOf(designFrom(sample), requestOf(statistic, sample));
        const after = estimateOf(designFrom(scaled), requestOf(statistic, scaled));
        closeTo(after.estimate, before.estimate * power);
        closeTo(after.standardError, (before.standardError ?? NaN) * power);
      }),
      runs,
    );
  });

  it('is not touched by the answers of rows without a weight', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const weights = sample.weights.map((weight, row) => (row % 5 === 4 ? 0 : weight));
        const changed = {
          ...sample,
          outcome: sample.outcome.map((y, row) => (row % 5 === 4 ? 1 - y : y)),
          score: sample.score.map((y, row) => (row % 5 === 4 ? 1e6 : y)),
        };
        const design = designFrom({ ...sample, weights });
        same(
          estimateOf(design, requestOf(statistic, changed)),
          estimateOf(design, requestOf(statistic, sample)),
        );
      }),
      runs,
    );
  });

  it('gains no variance from a stratum of certainty PSUs', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const fractions = sample.strata.map((stratum) => (stratum === 'h2' ? 1 : 0.5));
        const finitePopulation = { kind: 'samplingFraction', values: fractions } as const;
        const design = designFrom(sample, {
          stages: [{ units: sample.psus, strata: sample.strata, finitePopulation }],
        });
        const inCertainty = Uint8Array.from(sample.strata, (stratum) => (stratum === 'h2' ? 1 : 0));
        const found = estimateOf(design, { ...requestOf(statistic, sample), domain: inCertainty });
        expect(found.variance).toBe(0);
      }),
      runs,
    );
  });
});

describe('independent derivations', () => {
  it('a domain mean equals the ratio of the domain total to the domain size, variance included', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const design = designFrom(sample);
        const inside = Float64Array.from(sample.member);
        const product = sample.score.map((y, row) => y * (inside[row] ?? 0));
        const asRatio = estimateOf(design, { statistic: 'ratio', outcome: product, denominator: inside });
        const asMean = estimateOf(design, {
          statistic: 'mean',
          outcome: sample.score,
          domain: sample.member,
        });
        closeTo(asMean.estimate, asRatio.estimate);
        closeTo(asMean.variance, asRatio.variance);
      }),
      runs,
    );
  });

  it('the jackknife variance of a total equals the linearised one', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const linearised = estimateOf(designFrom(sample), { statistic: 'total', outcome: sample.score });
        closeTo(linearised.variance, jackknifeOfTotal(sample));
      }),
      runs,
    );
  });

  it('a sample of single persons has the variance of simple random sampling', () => {
    const outcome = Float64Array.from({ length: 50 }, (_, row) => Math.sin(row) * 10);
    const design = designOf({ stages: [], weights: new Float64Array(50).fill(20) });
    const mean = outcome.reduce((sum, y) => sum + y, 0) / 50;
    const sampleVariance = outcome.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 49;
    closeTo(estimateOf(design, { statistic: 'mean', outcome }).variance, sampleVariance / 50);
  });

  it('calibrated weights reproduce the margins, whose totals then have no sampling error', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const margins = [
          { variables: ['sex'], cells: cellsOf({ F: 5200, M: 4800 }) },
          { variables: ['age'], cells: cellsOf({ 青年: 3500, 中年: 4000, 老年: 2500 }) },
        ];
        const design = designFrom(sample);
        const columns = { sex: sample.sex, age: sample.age };
        const result = calibrateToMargins(design.weights, margins, columns, { distance: 'raking' });
        if (!result.ok) return;
        const female = Float64Array.from(sample.sex, (sex) => (sex === 'F' ? 1 : 0));
        const found = estimateOf(withCalibration(design, result.value), {
          statistic: 'total',
          outcome: female,
        });
        expect(found.estimate).toBeCloseTo(5200, 5);
        expect(found.standardError).toBeLessThan(1e-6);
      }),
      runs,
    );
  });
});

const cellsOf = (totals: Readonly<Record<string, number>>) =>
  Object.entries(totals).map(([category, total]) => ({ categories: [category], total }));

/** Delete-one-PSU jackknife: V = sum_h (n_h - 1)/n_h sum_i (theta_(hi) - theta)^2, factor n_h/(n_h - 1) for the rest. */
function jackknifeOfTotal(sample: RandomSample): number {
  const total = (factor: (row: number) => number): number =>
    sample.score.reduce((sum, y, row) => sum + y * (sample.weights[row] ?? 0) * factor(row), 0);
  const full = total(() => 1);
  let variance = 0;
  for (const psu of new Set(sample.psus)) {
    const stratum = sample.strata[sample.psus.indexOf(psu)] ?? '';
    const count = new Set(sample.psus.filter((_, row) => sample.strata[row] === stratum)).size;
    const replicate = total((row) =>
      sample.psus[row] === psu ? 0 : sample.strata[row] === stratum ? count / (count - 1) : 1,
    );
    variance += ((count - 1) / count) * (replicate - full) ** 2;
  }
  return variance;
}

it('samples of the same seed are the same', () => {
  expect(valueOf({ ok: true, value: randomSample(3) })).toEqual(randomSample(3));
});
