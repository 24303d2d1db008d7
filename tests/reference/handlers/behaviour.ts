/** P21: bad or awkward input. The reaction of R stands in the reference for the record; ours is computed here. */
import { createSurveyDesign, withCalibration } from '@shared/estimation/design/surveyDesign';
import type { SurveyDesign } from '@shared/estimation/design/surveyDesign';
import { estimateByDomain, type DomainEstimate } from '@shared/estimation/estimate';
import { presentationRule } from '@shared/estimation/presentationRule';
import { calibrate } from '@shared/weighting/calibrate';
import { auxiliarySpace } from '@shared/weighting/calibrationSpace';
import { marginSpace, type MarginTable } from '@shared/weighting/margins';
import type { Result } from '@shared/domain/result';
import type { Check, Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { citySample, estimated, toRow, valueOf } from '../support/survey';

interface Expectation {
  readonly expected: string;
}

/** Our reaction beside R's: an error only counts when it carries the code that names the defect. */
const reaction = (check: Check, result: Result<unknown>, code?: string): object => ({
  ...(check.values as Expectation),
  expected: result.ok ? 'ok' : result.failure.code === code ? 'error' : result.failure.code,
});

const table = () => readTable('city.csv');

function weightsWith(replaced: Readonly<Record<number, number>>): Float64Array {
  return table()
    .numbers('weight')
    .map((weight, row) => replaced[row + 1] ?? weight);
}

function design(extra: {
  readonly weights?: Float64Array;
  readonly psus?: readonly string[];
  readonly populationCount?: number;
}): Result<SurveyDesign> {
  const weights = extra.weights ?? table().numbers('weight');
  const { populationCount } = extra;
  const finitePopulation =
    populationCount === undefined
      ? null
      : ({ kind: 'populationCount', values: weights.map(() => populationCount) } as const);
  return createSurveyDesign({
    stages: [{ units: extra.psus ?? table().text('psu'), strata: table().text('stratum'), finitePopulation }],
    weights,
  });
}

const total = (): number =>
  table()
    .numbers('weight')
    .reduce((sum, weight) => sum + weight, 0);

const ageShares: Readonly<Record<string, number>> = {
  '18-29': 0.22,
  '30-39': 0.21,
  '40-49': 0.21,
  '50-59': 0.2,
  '60-69': 0.16,
};

const margin = (variable: string, shares: Readonly<Record<string, number>>, size = total()): MarginTable => ({
  variables: [variable],
  cells: Object.entries(shares).map(([category, share]) => ({ categories: [category], total: share * size })),
});

const sexMargin = (): MarginTable => margin('sex', { F: 0.5, M: 0.5 });

function space(margins: readonly MarginTable[]): ReturnType<typeof marginSpace> {
  const columns = { sex: table().text('sex'), age_group: table().text('age_group') };
  return marginSpace(margins, columns, table().rowCount);
}

function narrowBounds(): Result<unknown> {
  return calibrate(table().numbers('weight'), valueOf(space([sexMargin(), margin('age_group', ageShares)])), {
    distance: 'logit',
    bounds: { lower: 0.97, upper: 1.03 },
  });
}

function negativeWeights(check: Check): object {
  const { population } = check.args as { population: Readonly<Record<string, number>> };
  const valuesOf = (name: string): Float64Array => {
    const [, variable = '', category] = /^(sex|age_group)(.*)$/.exec(name) ?? [];
    return variable === ''
      ? new Float64Array(table().rowCount).fill(1)
      : Float64Array.from(table().text(variable), (value) => (value === category ? 1 : 0));
  };
  const auxiliaries = Object.entries(population).map(([name, size]) => ({
    name,
    values: valuesOf(name),
    total: size,
  }));
  const weighted = valueOf(
    calibrate(table().numbers('weight'), auxiliarySpace(auxiliaries), { distance: 'linear' }),
  );
  const sample = citySample();
  const found = estimated(withCalibration(sample.design, weighted), {
    statistic: 'mean',
    outcome: sample.numbers('literate'),
  });
  return {
    expected: found.diagnostics.some(({ code }) => code === 'NEGATIVE_WEIGHTS') ? 'warn' : 'ok',
    negative: weighted.diagnostics.negativeWeightCount,
    min_g: weighted.diagnostics.minimumAdjustment,
    mean: found.estimate,
  };
}

function domainOf(rows: readonly number[], missing: boolean): DomainEstimate {
  const sample = citySample();
  const member = new Uint8Array(sample.design.rowCount);
  for (const row of rows) member[row] = 1;
  const outcome = sample.numbers('literate').map((y, row) => (missing && member[row] === 1 ? NaN : y));
  const [found] = valueOf(
    estimateByDomain(sample.design, { statistic: 'proportion', outcome }, [{ id: 'domain', member }]),
  );
  if (found === undefined) throw new Error('one domain was asked for');
  return found;
}

function missingDomain(): object {
  const found = domainOf([0, 1, 2], true);
  const reason = found.status === 'empty' && found.reason === 'allMissing' ? 'missing' : 'none';
  return {
    expected:
      found.status === 'empty' ? `n=${found.respondentCount}, no estimate, reason=${reason}` : found.status,
  };
}

function oneRowDomain(): object {
  const found = domainOf([0], false);
  if (found.status === 'empty') return { expected: 'empty' };
  const { estimate } = found;
  const shown = presentationRule(estimate).decision === 'present' ? 'publishable' : 'not publishable';
  const interval = estimate.interval === null ? 'no interval' : 'interval';
  return { expected: `estimate shown as ${shown}; df=${estimate.degreesOfFreedom}; ${interval}` };
}

/** The first person of the second district gets the street of the first district. */
function streetInTwoDistricts(): string[] {
  const strata = table().text('stratum');
  const psus = table().text('psu');
  const [first = '', second = ''] = [...new Set(strata)].sort();
  const moved = strata.indexOf(second);
  return psus.map((psu, row) => (row === moved ? (psus[strata.indexOf(first)] ?? '') : psu));
}

const without = (category: string): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(ageShares).filter(([key]) => key !== category));

const zeroWeights = { 7: 0, 8: 0, 9: 0 };

const reactions: Readonly<Record<string, (check: Check) => object>> = {
  weight_na: (check) => reaction(check, design({ weights: weightsWith({ 7: NaN }) }), 'WEIGHT_NOT_POSITIVE'),
  weight_negative: (check) =>
    reaction(check, design({ weights: weightsWith({ 7: -3 }) }), 'WEIGHT_NOT_POSITIVE'),
  weight_zero: (check) => reaction(check, design({ weights: weightsWith(zeroWeights) })),
  weight_zero_value: () => {
    const outcome = table().numbers('literate');
    const found = estimated(valueOf(design({ weights: weightsWith(zeroWeights) })), {
      statistic: 'mean',
      outcome,
    });
    return [{ term: 'literate', ...toRow(found) }];
  },
  psu_in_two_strata: (check) =>
    reaction(check, design({ psus: streetInTwoDistricts() }), 'PSU_IN_TWO_STRATA'),
  fpc_too_small: (check) => reaction(check, design({ populationCount: 2 }), 'FPC_INVALID'),
  margin_missing_category: (check) =>
    reaction(check, space([margin('age_group', without('30-39'))]), 'MARGIN_CATEGORY_MISSING'),
  margin_extra_category: (check) =>
    reaction(check, space([margin('age_group', { ...ageShares, '70+': 0.001 })]), 'MARGIN_CATEGORY_UNKNOWN'),
  margin_totals_differ: (check) =>
    reaction(
      check,
      space([sexMargin(), margin('age_group', ageShares, 1.05 * total())]),
      'MARGIN_TOTALS_DIFFER',
    ),
  bounds_infeasible: (check) => reaction(check, narrowBounds(), 'CALIBRATION_NOT_CONVERGED'),
  linear_negative: negativeWeights,
  all_missing_domain: missingDomain,
  one_row_domain: oneRowDomain,
};

export const behaviour: Handler = (check) => reactions[check.id]?.(check);
