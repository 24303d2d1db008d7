/** 300,000 rows, 3,000 PSUs, 100 domains: R's numbers before and after raking, and the time of the whole chain. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createSurveyDesign, withCalibration } from '@shared/estimation/design/surveyDesign';
import { estimateByDomain, type Domain } from '@shared/estimation/estimate';
import { calibrateToMargins } from '@shared/weighting/calibrate';
import type { MarginTable } from '@shared/weighting/margins';
import { compare, type Comparison } from './support/compare';
import { largeSurvey, type LargeSurvey } from './support/largeSurvey';
import { readJson } from './support/referenceCase';
import { estimated, toRow, valueOf } from './support/survey';

interface Expected {
  readonly seed: number;
  readonly tol: number;
  readonly g_range: readonly [number, number];
  readonly raked_deff_kish: number;
  readonly [table: string]: unknown;
}

const expected = readJson('data/large_expected.json') as Expected;
const POPULATION = 500_000_000;

const shares = (variable: string, values: readonly number[]): MarginTable => ({
  variables: [variable],
  cells: values.map((share, index) => ({ categories: [String(index + 1)], total: share * POPULATION })),
});

const margins = [
  shares('sex', [0.51, 0.49]),
  shares('group', [0.2, 0.22, 0.22, 0.2, 0.16]),
  shares('education', [0.3, 0.34, 0.2, 0.16]),
];

const texts = (codes: Int32Array): string[] => Array.from(codes, String);

function regionGroups(survey: LargeSurvey): (Domain & { region: number; group: number })[] {
  const domains: (Domain & { region: number; group: number })[] = [];
  for (let region = 1; region <= 20; region++) {
    for (let group = 1; group <= 5; group++) {
      const member = Uint8Array.from(survey.region, (value, row) =>
        value === region && survey.group[row] === group ? 1 : 0,
      );
      domains.push({ id: `${region}/${group}`, member, region, group });
    }
  }
  return domains;
}

function differences(actual: unknown, table: string): readonly string[] {
  const found: Comparison = { values: 0, largestRelativeError: 0, differences: [] };
  compare(actual, expected[table], { path: table, tol: { rel: expected.tol, abs: 1e-12 } }, found);
  process.stdout.write(
    `reference large ${table}: ${found.values} values, largest relative error ${found.largestRelativeError.toExponential(1)}\n`,
  );
  return found.differences.slice(0, 10);
}

describe('a survey of 300,000 respondents', () => {
  const survey = largeSurvey(expected.seed);
  const columns = { sex: texts(survey.sex), group: texts(survey.group), education: texts(survey.education) };
  const domains = regionGroups(survey);
  const design = valueOf(
    createSurveyDesign({ stages: [{ units: survey.psu, strata: survey.stratum }], weights: survey.weight }),
  );
  const raked = valueOf(calibrateToMargins(survey.weight, margins, columns, { distance: 'raking' }));
  const calibrated = withCalibration(design, raked);
  const table = (of: typeof design): unknown =>
    valueOf(estimateByDomain(of, { statistic: 'proportion', outcome: survey.literate }, domains)).map(
      (result, index) => ({
        region: domains[index]?.region,
        group: domains[index]?.group,
        ...(result.status === 'estimated' ? toRow(result.estimate) : {}),
      }),
    );
  const mean = (of: typeof design): unknown => [
    { term: 'literate', ...toRow(estimated(of, { statistic: 'mean', outcome: survey.literate })) },
  ];

  beforeAll(() => {
    expect(survey.literate.reduce((sum, y) => sum + y, 0)).toBe(50_839);
  });

  it('has R’s mean and 100 domain intervals with the base weights', () => {
    expect(differences(mean(design), 'base_mean')).toEqual([]);
    expect(differences(table(design), 'base_region_group')).toEqual([]);
  });

  it('has R’s mean and 100 domain intervals after raking', () => {
    expect(differences(mean(calibrated), 'raked_mean')).toEqual([]);
    expect(differences(table(calibrated), 'raked_region_group')).toEqual([]);
    expect(raked.diagnostics.minimumAdjustment).toBeCloseTo(expected.g_range[0], 9);
    expect(raked.diagnostics.maximumAdjustment).toBeCloseTo(expected.g_range[1], 9);
    expect(raked.diagnostics.kishDesignEffectAfter).toBeCloseTo(expected.raked_deff_kish, 9);
  });

  it('takes seconds, not minutes, from columns to 100 intervals', () => {
    const start = performance.now();
    valueOf(
      createSurveyDesign({ stages: [{ units: survey.psu, strata: survey.stratum }], weights: survey.weight }),
    );
    const designed = performance.now();
    calibrateToMargins(survey.weight, margins, columns, { distance: 'raking' });
    const weighted = performance.now();
    table(calibrated);
    const done = performance.now();
    process.stdout.write(
      `large survey: design ${Math.round(designed - start)} ms, raking ${Math.round(weighted - designed)} ms, ` +
        `100 domains ${Math.round(done - weighted)} ms\n`,
    );
    expect(done - start).toBeLessThan(20_000);
  });
});
