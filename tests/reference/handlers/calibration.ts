/** P06: post-stratification, raking, GREG and bounded calibration with residual variances. */
import { withCalibration } from '@shared/estimation/design/surveyDesign';
import { calibrateToMargins, type CalibrationResult } from '@shared/weighting/calibrate';
import type { MarginTable } from '@shared/weighting/margins';
import { postStratify } from '@shared/weighting/postStratify';
import type { Check, Handler } from '../support/referenceCase';
import { jointAnswer } from './jointEstimates';
import { quantileRows } from './quantiles';
import { standardisedRows } from './standardised';
import { readCase, readTable } from '../support/referenceCase';
import { citySample, domainTable, estimated, toRow, valueOf, type Sample } from '../support/survey';

export type RMargin = readonly Readonly<Record<string, string | number>>[];

/** A margin as the reference writes it: one line per cell with the count in `Freq`. */
export function toMargin(lines: RMargin): MarginTable {
  const variables = Object.keys(lines[0] ?? {}).filter((name) => name !== 'Freq');
  return {
    variables,
    cells: lines.map((line) => ({
      categories: variables.map((name) => String(line[name])),
      total: Number(line['Freq']),
    })),
  };
}

interface CalibrationArgs {
  readonly margins?: readonly RMargin[];
  readonly population?: RMargin;
  readonly bounds?: readonly [number, number];
  readonly y?: string;
  readonly by?: string | readonly string[];
}

const checks = readCase('P06_calibration').checks;
const argsOf = (id: string): CalibrationArgs => checks.find((check) => check.id === id)?.args ?? {};

export const cityColumns = (sample: Sample): Record<string, string[]> =>
  Object.fromEntries(['sex', 'age_group', 'education', 'region'].map((name) => [name, sample.text(name)]));

const distances = {
  raking: 'raking',
  linear: 'linear',
  linbound: 'linear-bounded',
  logit: 'logit',
} as const;

function calibration(kind: string): CalibrationResult {
  const sample = citySample();
  const columns = cityColumns(sample);
  const base = sample.design.weights;
  if (kind === 'post') {
    return valueOf(postStratify(base, toMargin(argsOf('post_weights').population ?? []), columns));
  }
  const source = { rake4: 'rake4_by_region', rake_sexage: 'rake_sexage_edu' }[kind] ?? `${kind}_weights`;
  const { margins = [], bounds } = argsOf(source);
  return valueOf(
    calibrateToMargins(base, margins.map(toMargin), columns, {
      distance: distances[kind as keyof typeof distances] ?? 'raking',
      ...(bounds ? { bounds: { lower: bounds[0], upper: bounds[1] } } : {}),
    }),
  );
}

const results = new Map<string, CalibrationResult>();
export function cityCalibration(kind: string): CalibrationResult {
  const known = results.get(kind) ?? calibration(kind);
  results.set(kind, known);
  return known;
}

export function calibratedCity(kind: string): Sample {
  const sample = citySample();
  return { ...sample, design: withCalibration(sample.design, cityCalibration(kind)) };
}

/** The summary, after comparing every row's weight with the file of the reference. */
function weightSummary(kind: string, check: Check): object {
  const { weights, diagnostics } = cityCalibration(kind);
  const { file, column } = check.values as { file: string; column: string };
  const expected = readTable(file).numbers(column);
  const worst = weights.reduce(
    (max, weight, row) => Math.max(max, Math.abs(weight / (expected[row] ?? NaN) - 1)),
    0,
  );
  if (!(worst <= check.tol.rel)) throw new Error(`weights of ${kind} differ by ${worst}`);
  return {
    file,
    column,
    sum: weights.reduce((sum, weight) => sum + weight, 0),
    min_g: diagnostics.minimumAdjustment,
    max_g: diagnostics.maximumAdjustment,
    deff_kish: diagnostics.kishDesignEffectAfter,
    first5: [...weights.subarray(0, 5)],
  };
}

function sampleStatistic(kind: string, task: string, args: CalibrationArgs): unknown {
  const sample = calibratedCity(kind);
  const y = args.y ?? 'literate';
  const outcome = sample.numbers(y);
  switch (task) {
    case 'mean':
    case 'score':
      return [{ term: y, ...toRow(estimated(sample.design, { statistic: 'mean', outcome })) }];
    case 'total':
      return [{ term: y, ...toRow(estimated(sample.design, { statistic: 'total', outcome })) }];
    case 'by_region':
    case 'by_region_group':
      return domainTable(sample, { statistic: 'mean', outcome }, args.by ?? 'region');
    default:
      return undefined;
  }
}

const raked4 = (check: Check): unknown => {
  if (check.id === 'rake4_by_region') return sampleStatistic('rake4', 'by_region', {});
  const { weights, diagnostics } = cityCalibration('rake4');
  return {
    first5: [...weights.subarray(0, 5)],
    min_g: diagnostics.minimumAdjustment,
    max_g: diagnostics.maximumAdjustment,
  };
};

export const calibrationCase: Handler = (check) => {
  if (check.id.startsWith('quantile_')) return quantileRows(calibratedCity('raking'), check);
  if (check.id === 'direct_standardised') return standardisedRows(citySample(), check);
  if (check.id.startsWith('rake4')) return raked4(check);
  if (check.id === 'rake_sexage_edu') {
    return {
      mean: sampleStatistic('rake_sexage', 'mean', {}),
      by_region: sampleStatistic('rake_sexage', 'by_region', {}),
      first5: [...cityCalibration('rake_sexage').weights.subarray(0, 5)],
    };
  }
  const [, kind = '', task = ''] = /^(post|raking|linear|linbound|logit)_(.+)$/.exec(check.id) ?? [];
  if (kind === '') return jointAnswer(calibratedCity('raking'), check);
  return task === 'weights'
    ? weightSummary(kind, check)
    : sampleStatistic(kind, task, check.args as CalibrationArgs);
};
