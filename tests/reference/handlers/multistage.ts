/** P03: one to three stages with finite population corrections. P05: strata with one PSU. */
import {
  createSurveyDesign,
  type SinglePsuRule,
  type StageSpec,
} from '@shared/estimation/design/surveyDesign';
import type { Check, Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { citySample, domainTable, estimated, sampleOf, toRow, type Sample } from '../support/survey';

const counts = (values: ArrayLike<number>) => ({ kind: 'populationCount', values }) as const;

function cityStages(name: string): readonly StageSpec[] {
  const table = readTable('city.csv');
  const strata = table.text('stratum');
  const districtFrame = counts(table.numbers('N_psu'));
  const first = { units: table.text('psu'), strata, finitePopulation: districtFrame };
  const second = { units: table.text('ssu'), finitePopulation: counts(table.numbers('N_ssu')) };
  const third = { units: table.text('person'), finitePopulation: counts(table.numbers('N_hh')) };
  switch (name) {
    case 'd1':
      return [first];
    case 'd2':
      return [first, second];
    case 'd3':
      return [first, second, third];
    default: {
      const drawn = new Map<string, Set<string>>();
      strata.forEach((stratum, row) => {
        drawn.set(stratum, (drawn.get(stratum) ?? new Set()).add(first.units[row] ?? ''));
      });
      const values = strata.map((s, row) => (drawn.get(s)?.size ?? 0) / (districtFrame.values[row] ?? 1));
      return [{ ...first, finitePopulation: { kind: 'samplingFraction', values } }];
    }
  }
}

const samples = new Map<string, Sample>();
function staged(name: string): Sample {
  const known = samples.get(name) ?? citySample('city.csv', { stages: cityStages(name) });
  samples.set(name, known);
  return known;
}

/** The two-stage sample of Sarndal, Swensson & Wretman: 5 of n1 clusters, 3 of n2 municipalities in each. */
function municipalities(): Sample {
  const table = readTable('mu284.csv');
  const first = table.numbers('n1');
  const second = table.numbers('n2');
  return sampleOf(table, {
    stages: [
      { units: table.text('id1'), finitePopulation: counts(first) },
      { units: table.text('id2'), finitePopulation: counts(second) },
    ],
    weights: first.map((n1, row) => (n1 / 5) * ((second[row] ?? 0) / 3)),
  });
}

function rowsOf(sample: Sample, statistic: 'mean' | 'total', y: string): unknown {
  return [{ term: y, ...toRow(estimated(sample.design, { statistic, outcome: sample.numbers(y) })) }];
}

export const multistage: Handler = (check) => {
  if (check.id.startsWith('mu284')) {
    return rowsOf(municipalities(), check.id === 'mu284_total' ? 'total' : 'mean', 'y1');
  }
  if (check.id === 'd3_ultimate') {
    return rowsOf(
      citySample('city.csv', { stages: cityStages('d3'), ultimateCluster: true }),
      'mean',
      'literate',
    );
  }
  const [name = '', ...task] = check.id.split('_');
  const sample = staged(name);
  const outcome = sample.numbers('literate');
  switch (task.join('_')) {
    case 'mean':
      return rowsOf(sample, 'mean', 'literate');
    case 'total':
      return rowsOf(sample, 'total', 'score');
    case 'by_region':
      return domainTable(sample, { statistic: 'mean', outcome }, 'region');
    case 'by_edu':
      return domainTable(sample, { statistic: 'mean', outcome }, 'education');
    default:
      return undefined;
  }
};

/** The reference writes rounding noise for the error of a domain in one PSU; we say there is none. */
const withoutVariance = (row: Record<string, unknown>): Record<string, unknown> =>
  row['df'] === 0 && row['se'] === null ? { ...row, se: 0, lo: NaN, hi: NaN } : row;

function lonelySample(rule: SinglePsuRule): Sample {
  return citySample('city_lonely.csv', { singlePsuRule: rule });
}

function refusal(): unknown {
  const table = readTable('city_lonely.csv');
  const result = createSurveyDesign({
    stages: [{ units: table.text('psu'), strata: table.text('stratum') }],
    weights: table.numbers('weight'),
  });
  return { error: !result.ok && result.failure.code === 'SINGLE_PSU_STRATUM' };
}

export const lonely: Handler = (check: Check) => {
  if (check.id === 'fail') return refusal();
  const [name = '', ...task] = check.id.split('_');
  const sample = lonelySample((name === 'centered' ? 'adjust' : name) as SinglePsuRule);
  const outcome = sample.numbers('literate');
  const single =
    name === 'centered' ? (row: unknown): unknown => (row as unknown[])[0] : (row: unknown): unknown => row;
  switch (task.join('_')) {
    case 'mean':
      return single(rowsOf(sample, 'mean', 'literate'));
    case 'score':
      return rowsOf(sample, 'mean', 'score');
    case 'total':
      return single(rowsOf(sample, 'total', 'literate'));
    case 'by_region':
      return domainTable(sample, { statistic: 'mean', outcome }, 'region').map(withoutVariance);
    case 'by_edu':
      return domainTable(sample, { statistic: 'mean', outcome }, 'education');
    default:
      return undefined;
  }
};
