/** The reference city (tests/reference/data/city.csv), district by district: R's numbers for the pooled file. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSurveyDesign } from '@shared/estimation/design/surveyDesign';
import type { DomainEstimate } from '@shared/estimation/estimate';
import { combineCounties } from '@shared/federation/combine';
import { exportCounty } from '@shared/federation/countyExport';
import { valueOf } from '../estimation/support';

const read = (path: string): string =>
  readFileSync(new URL(`../../reference/${path}`, import.meta.url), 'utf8');

const [header = '', ...lines] = read('data/city.csv').trim().split('\n');
const names = header.replaceAll('"', '').split(',');
const rows = lines.map((line) => {
  const cells = line.replaceAll('"', '').split(',');
  return (name: string): string => cells[names.indexOf(name)] ?? '';
});
type Row = (typeof rows)[number];

interface Expected {
  readonly est: number;
  readonly se: number;
  readonly df: number;
  readonly deff?: number;
  readonly region?: string;
}

/** Expected values of one check of case P02_city, computed by R survey. */
function expectedOf(id: string): readonly Expected[] {
  const { checks } = JSON.parse(read('cases/P02_city.json')) as {
    checks: readonly { id: string; values: readonly Expected[] }[];
  };
  const check = checks.find((each) => each.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check.values;
}

const districts = [...new Set(rows.map((row) => row('region')))];
const numbers = (own: readonly Row[], name: string): Float64Array =>
  Float64Array.from(own, (row) => Number(row(name)));

function combined(statistic: 'mean' | 'total', outcome: string): readonly DomainEstimate[] {
  const sent = districts.map((district) => {
    const own = rows.filter((row) => row('region') === district);
    const design = createSurveyDesign({
      stages: [{ units: own.map((row) => row('psu')), strata: own.map((row) => row('stratum')) }],
      weights: numbers(own, 'weight'),
    });
    const member = (of: (row: Row) => boolean): Uint8Array =>
      Uint8Array.from(own, (row) => (of(row) ? 1 : 0));
    return valueOf(
      exportCounty(valueOf(design), {
        county: district,
        statistic,
        outcome: numbers(own, outcome),
        minimumCellCount: 1,
        domains: ['全市', ...districts].map((id) => ({
          id,
          member: member((row) => id === '全市' || row('region') === id),
        })),
      }),
    );
  });
  return valueOf(combineCounties(sent));
}

function expectEqual(found: DomainEstimate | undefined, expected: Expected): void {
  if (found?.status !== 'estimated') throw new Error('not estimated');
  const { estimate } = found;
  expect(estimate.estimate / expected.est).toBeCloseTo(1, 10);
  expect((estimate.standardError ?? NaN) / expected.se).toBeCloseTo(1, 9);
  expect(estimate.degreesOfFreedom).toBe(expected.df);
  if (expected.deff !== undefined) expect((estimate.designEffect ?? NaN) / expected.deff).toBeCloseTo(1, 9);
}

describe('the reference city put together from its districts', () => {
  it.each([
    ['mean_y', 'mean', 'literate'],
    ['mean_s', 'mean', 'score'],
    ['total_y', 'total', 'literate'],
  ] as const)(
    'has the estimate, error, degrees of freedom and design effect of R (%s)',
    (id, statistic, outcome) => {
      const [expected] = expectedOf(id);
      if (expected === undefined) throw new Error('no value');
      expectEqual(combined(statistic, outcome)[0], expected);
    },
  );

  it('has those of every district', () => {
    const found = combined('mean', 'literate');
    for (const expected of expectedOf('by_region'))
      expectEqual(
        found.find(({ id }) => id === expected.region),
        expected,
      );
  });
});
