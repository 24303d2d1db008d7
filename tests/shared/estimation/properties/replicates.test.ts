/** Replicates on sums of cells give what rows give, and replicate variances are linearised ones where theory says so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateWithReplicates } from '@shared/estimation/replicateEstimate';
import { balancedReplicates } from '@shared/estimation/variance/balancedReplicates';
import { subbootstrapReplicates } from '@shared/estimation/variance/bootstrapReplicates';
import { jackknifeReplicates } from '@shared/estimation/variance/replicates';
import { estimators, type StatisticId } from '@shared/estimation/estimators/registry';
import { calibrate, cellCalibration, type CalibrationOptions } from '@shared/weighting/calibrate';
import { auxiliarySpace, type CalibrationSpace } from '@shared/weighting/calibrationSpace';
import { marginSpace } from '@shared/weighting/margins';
import { designFrom, estimateOf, randomSample, valueOf, type RandomSample } from '../support';
import { expectClose, runs, seeds } from './closeness';

const statistics = Object.keys(estimators) as StatisticId[];
const ages = ['青年', '中年', '老年'];
const domainsOf = (sample: RandomSample) => ({
  ids: ages,
  domainOfRow: Int32Array.from(sample.age, (age) => ages.indexOf(age)),
});

/** Margins of sex and age near the sample's own, so that every replicate can meet them. */
function margins(sample: RandomSample): CalibrationSpace {
  const total = sample.weights.reduce((sum, weight) => sum + weight, 0);
  const shareOf = (column: readonly string[], value: string): number =>
    column.filter((own) => own === value).length / column.length;
  const table = (variable: 'sex' | 'age', values: readonly string[]) => ({
    variables: [variable],
    cells: values.map((value) => ({ categories: [value], total: total * shareOf(sample[variable], value) })),
  });
  const columns = { sex: sample.sex, age: sample.age };
  return valueOf(marginSpace([table('sex', ['F', 'M']), table('age', ages)], columns, sample.sex.length));
}

/** The size of the population and a continuous variable: every row is a cell of its own. */
function auxiliaries(sample: RandomSample): CalibrationSpace {
  const total = sample.weights.reduce((sum, weight) => sum + weight, 0);
  const scores = sample.score.reduce((sum, y, row) => sum + y * (sample.weights[row] ?? 0), 0);
  return auxiliarySpace([
    { name: 'size', values: new Float64Array(sample.score.length).fill(1), total: total * 1.02 },
    { name: 'score', values: sample.score, total: scores * 1.03 },
  ]);
}

const weightings: readonly (readonly [
  string,
  (sample: RandomSample) => CalibrationSpace,
  CalibrationOptions,
  number,
])[] = [
  ['raking to margins', margins, { distance: 'raking' }, 1e-12],
  ['linear calibration to margins', margins, { distance: 'linear' }, 1e-12],
  // Rows and sums come to the solution by different steps, each until the margins are met to 1e-12.
  ['raking to a continuous variable', auxiliaries, { distance: 'raking' }, 1e-10],
  ['GREG on a continuous variable', auxiliaries, { distance: 'linear' }, 1e-10],
];

describe.each(weightings)('every replicate re-weighted by %s', (_, spaceOf, options, tolerance) => {
  it.each(statistics)('gives the %s of the rows, replicate by replicate', (statistic) => {
    let compared = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const design = designFrom(sample);
        const space = spaceOf(sample);
        const replicates = valueOf(subbootstrapReplicates(design, { seed, replicateCount: 8 }));
        const request = {
          statistic,
          outcome: statistic === 'proportion' ? sample.outcome : sample.score,
          denominator: statistic === 'ratio' ? sample.size : null,
        };
        const byRows = estimateWithReplicates(
          design,
          { ...request, reweigh: (weights: Float64Array) => calibrate(weights, space, options) },
          replicates,
          domainsOf(sample),
        );
        const byCells = estimateWithReplicates(
          design,
          { ...request, reweigh: valueOf(cellCalibration(space, options)) },
          replicates,
          domainsOf(sample),
        );
        expect(byCells.ok).toBe(byRows.ok);
        if (!byRows.ok || !byCells.ok) return;
        compared++;
        byRows.value.forEach((expected, domain) => {
          const found = byCells.value[domain];
          expectClose(found?.estimate, expected.estimate, tolerance);
          expect(found?.degreesOfFreedom).toBe(expected.degreesOfFreedom);
          expect(found?.respondentCount).toBe(expected.respondentCount);
          expected.values.forEach((value, index) => expectClose(found?.values[index], value, tolerance));
        });
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(5);
  });
});

describe('replicates started from the solution of the full sample', () => {
  it('end where those started from no change end', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const design = designFrom(sample);
        const space = auxiliaries(sample);
        const replicates = valueOf(subbootstrapReplicates(design, { seed, replicateCount: 5 }));
        const request = { statistic: 'mean', outcome: sample.outcome } as const;
        const [cold, warm] = [null, sample.weights].map((start) =>
          estimateWithReplicates(
            design,
            { ...request, reweigh: valueOf(cellCalibration(space, { distance: 'raking' }, start)) },
            replicates,
            domainsOf(sample),
          ),
        );
        if (!cold?.ok || !warm?.ok) return;
        cold.value.forEach(({ values }, domain) =>
          values.forEach((value, index) => expectClose(warm.value[domain]?.values[index], value, 1e-10)),
        );
      }),
      runs,
    );
  });
});

describe('without re-weighting', () => {
  it('the jackknife variance of every domain total is the linearised one', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const design = designFrom(sample);
        const replicates = valueOf(jackknifeReplicates(design));
        const request = { statistic: 'total', outcome: sample.score, domain: sample.member } as const;
        const [found] = valueOf(
          estimateWithReplicates(design, { ...request, centre: 'estimate' }, replicates, [
            { id: 'domain', member: sample.member },
          ]),
        );
        const linearised = estimateOf(design, request);
        expectClose(found?.estimate, linearised.estimate);
        expectClose(found?.variance, linearised.variance, 1e-10);
        expect(found?.degreesOfFreedom).toBe(linearised.degreesOfFreedom);
      }),
      runs,
    );
  });

  it('balanced half-samples of two PSUs a stratum have the linearised variance of a total', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const paired = { ...sample, psus: sample.strata.map((stratum, row) => `${stratum}-${row % 2}`) };
        const design = designFrom(paired);
        const replicates = valueOf(balancedReplicates(design));
        const request = { statistic: 'total', outcome: paired.score } as const;
        const [found] = valueOf(
          estimateWithReplicates(design, { ...request, centre: 'estimate' }, replicates, {
            ids: ['all'],
            domainOfRow: new Int32Array(paired.score.length),
          }),
        );
        expectClose(found?.variance, estimateOf(design, request).variance, 1e-10);
      }),
      runs,
    );
  });

  it('the Rao-Wu bootstrap of a total has the linearised variance up to the spread of its replicates', () => {
    const sample = randomSample(20260101);
    const design = designFrom(sample);
    const replicateCount = 20_000;
    const replicates = valueOf(subbootstrapReplicates(design, { seed: 'rao-wu', replicateCount }));
    const request = { statistic: 'total', outcome: sample.score } as const;
    const [found] = valueOf(
      estimateWithReplicates(design, request, replicates, {
        ids: ['all'],
        domainOfRow: new Int32Array(sample.score.length),
      }),
    );
    const ratio = (found?.variance ?? NaN) / (estimateOf(design, request).variance ?? NaN);
    // The relative standard error of a variance from R replicates is about sqrt(2 / R) = 0.01; five of them.
    expect(Math.abs(ratio - 1)).toBeLessThan(5 * Math.sqrt(2 / replicateCount));
  });
});
