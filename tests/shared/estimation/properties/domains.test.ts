/** What holds for the domains, rows and strata of every sample. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCalibration } from '@shared/estimation/design/surveyDesign';
import { estimateByDomain } from '@shared/estimation/estimate';
import { estimators, type StatisticId } from '@shared/estimation/estimators/registry';
import { calibrateToMargins } from '@shared/weighting/calibrate';
import { designFrom, designOf, estimateOf, randomSample, valueOf, type RandomSample } from '../support';
import { expectClose, runs, seeds } from './closeness';

const statistics = Object.keys(estimators) as StatisticId[];
const requestOf = (statistic: StatisticId, sample: RandomSample) => ({
  statistic,
  outcome: statistic === 'proportion' ? sample.outcome : sample.score,
  denominator: statistic === 'ratio' ? sample.size : null,
});
const ages = ['青年', '中年', '老年'];
const codeOf = (sample: RandomSample): Int32Array => Int32Array.from(sample.age, (age) => ages.indexOf(age));

/** The sample and some rows more. */
function extended(sample: RandomSample, stratum: string, weight: number): RandomSample {
  const rows = 6;
  const grow = (column: Float64Array, value: (row: number) => number): Float64Array =>
    Float64Array.from([...column, ...Array.from({ length: rows }, (_, row) => value(row))]);
  const texts = (column: readonly string[], value: (row: number) => string): string[] => [
    ...column,
    ...Array.from({ length: rows }, (_, row) => value(row)),
  ];
  return {
    strata: texts(sample.strata, () => stratum),
    psus: texts(sample.psus, (row) => (stratum === 'h0' ? 'h0-p0' : `${stratum}-p${row % 3}`)),
    weights: grow(sample.weights, () => weight),
    outcome: grow(sample.outcome, (row) => row % 2),
    score: grow(sample.score, (row) => 100 * row),
    size: grow(sample.size, (row) => 1 + row),
    member: Uint8Array.from([...sample.member, ...new Uint8Array(rows).fill(1)]),
    sex: texts(sample.sex, () => 'F'),
    age: texts(sample.age, () => '青年'),
  };
}

describe.each(statistics)('for every sample, %s', (statistic) => {
  it('is the same for coded domains and for domains as masks, calibrated or not', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, isCalibrated) => {
        const sample = randomSample(seed);
        const plain = designFrom(sample);
        const margin = {
          variables: ['sex'],
          cells: ['F', 'M'].map((sex) => ({ categories: [sex], total: 5000 })),
        };
        const design = isCalibrated
          ? withCalibration(
              plain,
              valueOf(
                calibrateToMargins(plain.weights, [margin], { sex: sample.sex }, { distance: 'raking' }),
              ),
            )
          : plain;
        const codes = codeOf(sample);
        const masks = ages.map((id, code) => ({
          id,
          member: Uint8Array.from(codes, (own) => (own === code ? 1 : 0)),
        }));
        const request = requestOf(statistic, sample);
        expect(valueOf(estimateByDomain(design, request, { ids: ages, domainOfRow: codes }))).toEqual(
          valueOf(estimateByDomain(design, request, masks)),
        );
      }),
      runs,
    );
  });

  it('is not changed by more rows of weight zero in a PSU of the sample', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const more = extended(sample, 'h0', 0);
        const before = estimateOf(designFrom(sample), requestOf(statistic, sample));
        const after = estimateOf(designFrom(more), requestOf(statistic, more));
        expectClose(after.estimate, before.estimate);
        expectClose(after.variance, before.variance);
        expect(after.degreesOfFreedom).toBe(before.degreesOfFreedom);
        expect(after.respondentCount).toBe(before.respondentCount);
      }),
      runs,
    );
  });
});

describe('for every sample', () => {
  it('domain totals add up to the total of everyone, also after a missing answer', () => {
    fc.assert(
      fc.property(seeds, fc.nat(20), (seed, missingRow) => {
        const sample = randomSample(seed);
        const outcome = sample.score.map((y, row) => (row === missingRow ? NaN : y));
        const design = designFrom(sample);
        const request = { statistic: 'total', outcome } as const;
        const parts = valueOf(estimateByDomain(design, request, { ids: ages, domainOfRow: codeOf(sample) }));
        const found = parts.map((part) => (part.status === 'estimated' ? part.estimate : null));
        const sum = (of: (estimate: NonNullable<(typeof found)[number]>) => number): number =>
          found.reduce((total, estimate) => total + (estimate === null ? 0 : of(estimate)), 0);
        const whole = estimateOf(design, request);
        expectClose(
          sum(({ estimate }) => estimate),
          whole.estimate,
        );
        expectClose(
          sum(({ weightTotal }) => weightTotal),
          whole.weightTotal,
        );
        expect(sum(({ respondentCount }) => respondentCount)).toBe(whole.respondentCount);
      }),
      runs,
    );
  });

  it('domain means weighted by domain sizes give the mean of everyone', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const design = designFrom(sample);
        const request = { statistic: 'mean', outcome: sample.score } as const;
        const parts = valueOf(estimateByDomain(design, request, { ids: ages, domainOfRow: codeOf(sample) }));
        const whole = estimateOf(design, request);
        const weighted = parts.map((part) =>
          part.status === 'estimated' ? part.estimate.estimate * part.estimate.weightTotal : 0,
        );
        expectClose(weighted.reduce((sum, value) => sum + value, 0) / whole.weightTotal, whole.estimate);
      }),
      runs,
    );
  });

  it('a further stratum drawn completely adds its total and no variance', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const sample = randomSample(seed);
        const more = extended(sample, 'census', 10);
        const designWith = (of: RandomSample) =>
          designOf({
            stages: [
              {
                units: of.psus,
                strata: of.strata,
                finitePopulation: {
                  kind: 'samplingFraction',
                  values: of.strata.map((stratum) => (stratum === 'census' ? 1 : 0.25)),
                },
              },
            ],
            weights: of.weights,
          });
        const before = estimateOf(designWith(sample), { statistic: 'total', outcome: sample.score });
        const after = estimateOf(designWith(more), { statistic: 'total', outcome: more.score });
        // Six rows of weight 10 with the scores 0, 100, ... 500.
        expectClose(after.estimate, before.estimate + 15_000);
        expectClose(after.variance, before.variance);
      }),
      runs,
    );
  });
});
