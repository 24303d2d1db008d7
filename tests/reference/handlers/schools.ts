/** P01: the California school samples, with published results. */
import { withCalibration } from '@shared/estimation/design/surveyDesign';
import { estimateWithReplicates } from '@shared/estimation/replicateEstimate';
import { jackknifeReplicates } from '@shared/estimation/variance/replicates';
import { calibrate, calibrateToMargins, type CalibrationOptions } from '@shared/weighting/calibrate';
import { auxiliarySpace } from '@shared/weighting/calibrationSpace';
import { postStratify } from '@shared/weighting/postStratify';
import type { MarginTable } from '@shared/weighting/margins';
import type { Check, Handler, Table } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { domainTable, estimated, sampleOf, toRow, valueOf, type Sample } from '../support/survey';
import { schoolModel } from './models';
import { quantileRows } from './quantiles';
import { intervalAnswer } from './proportionIntervals';

const counts = (values: Float64Array) => ({ kind: 'populationCount', values }) as const;

/** (N1/n1) (N2/n2 in the district), both in counts of units. */
function twoStageWeights(table: Table): Float64Array {
  const districts = table.text('dnum');
  const drawn = new Map<string, number>();
  for (const district of districts) drawn.set(district, (drawn.get(district) ?? 0) + 1);
  const first = table.numbers('fpc1');
  const second = table.numbers('fpc2');
  return Float64Array.from(
    districts,
    (district, row) => ((first[row] ?? 0) / drawn.size) * ((second[row] ?? 0) / (drawn.get(district) ?? 1)),
  );
}

const samples: Readonly<Record<string, () => Sample>> = {
  dstrat: () => {
    const table = readTable('apistrat.csv');
    const rows = Array.from({ length: table.rowCount }, (_, row) => row);
    const finitePopulation = counts(table.numbers('fpc'));
    const stages = [{ units: rows, strata: table.text('stype'), finitePopulation }];
    return sampleOf(table, { stages, weights: table.numbers('pw') });
  },
  dclus1: () => {
    const table = readTable('apiclus1.csv');
    const stages = [{ units: table.text('dnum'), finitePopulation: counts(table.numbers('fpc')) }];
    return sampleOf(table, { stages, weights: table.numbers('pw') });
  },
  dclus2: () => {
    const table = readTable('apiclus2.csv');
    const stages = [
      { units: table.text('dnum'), finitePopulation: counts(table.numbers('fpc1')) },
      { units: table.text('snum'), finitePopulation: counts(table.numbers('fpc2')) },
    ];
    return sampleOf(table, { stages, weights: twoStageWeights(table) });
  },
  dclus2wr: () => {
    const table = readTable('apiclus2.csv');
    const stages = [{ units: table.text('dnum') }, { units: table.text('snum') }];
    return sampleOf(table, { stages, weights: twoStageWeights(table) });
  },
};

const margin = (variable: string, totals: Readonly<Record<string, number>>): MarginTable => ({
  variables: [variable],
  cells: Object.entries(totals).map(([category, total]) => ({ categories: [category], total })),
});

const schoolTypes = margin('stype', { E: 4421, H: 755, M: 1018 });

/** Calibration to the school types (or just the number of schools) and the total of last year's score. */
function byScore(sample: Sample, options: CalibrationOptions, withTypes: boolean): Sample {
  const types = sample.text('stype');
  const typeVariables = schoolTypes.cells.map(({ categories: [category = ''], total }) => ({
    name: category,
    values: Float64Array.from(types, (type) => (type === category ? 1 : 0)),
    total,
  }));
  const constant = { name: 'schools', values: new Float64Array(types.length).fill(1), total: 6194 };
  const score = { name: 'api99', values: sample.numbers('api99'), total: 3914069 };
  const space = auxiliarySpace([...(withTypes ? typeVariables : [constant]), score]);
  return {
    ...sample,
    design: withCalibration(sample.design, valueOf(calibrate(sample.design.weights, space, options))),
  };
}

const calibrated: Readonly<Record<string, () => Sample>> = {
  d1p: () => {
    const sample = sampleBy('dclus1');
    const result = valueOf(postStratify(sample.design.weights, schoolTypes, { stype: sample.text('stype') }));
    return { ...sample, design: withCalibration(sample.design, result) };
  },
  d1r: () => {
    const sample = sampleBy('dclus1');
    const columns = { stype: sample.text('stype'), sch_wide: sample.text('sch_wide') };
    const margins = [schoolTypes, margin('sch_wide', { No: 1072, Yes: 5122 })];
    const result = calibrateToMargins(sample.design.weights, margins, columns, { distance: 'raking' });
    return { ...sample, design: withCalibration(sample.design, valueOf(result)) };
  },
  d1c: () => byScore(sampleBy('dclus1'), { distance: 'linear' }, true),
  d1cl: () => byScore(sampleBy('dclus1'), { distance: 'logit', bounds: { lower: 0.6, upper: 1.8 } }, true),
  d1cr: () => byScore(sampleBy('dclus1'), { distance: 'raking' }, true),
  dsc: () => byScore(sampleBy('dstrat'), { distance: 'linear' }, false),
};

function sampleBy(name: string): Sample {
  const make = samples[name] ?? calibrated[name];
  if (make === undefined) throw new Error(`no sample ${name}`);
  return make();
}

/** The reference counts all rows and weights of the sample, also where the outcome is missing. */
function overall(sample: Sample, y: string, statistic: 'mean' | 'total'): unknown {
  const found = estimated(sample.design, { statistic, outcome: sample.numbers(y) });
  const { weights, rowCount } = sample.design;
  const sumw = weights.reduce((sum, weight) => sum + weight, 0);
  return [{ term: y, ...toRow(found), n: rowCount, sumw }];
}

function shares(sample: Sample): unknown {
  const types = sample.text('stype');
  return ['E', 'H', 'M'].map((category) => {
    const outcome = Float64Array.from(types, (type) => (type === category ? 1 : 0));
    return { term: `stype${category}`, ...toRow(estimated(sample.design, { statistic: 'mean', outcome })) };
  });
}

function weightSummary(sample: Sample): unknown {
  const { weights } = sample.design;
  return {
    first10: [...weights.subarray(0, 10)],
    sum: weights.reduce((sum, weight) => sum + weight, 0),
    min: Math.min(...weights),
    max: Math.max(...weights),
  };
}

const tasks: Readonly<Record<string, (sample: Sample, check: Check) => unknown>> = {
  mean_api00: (sample) => overall(sample, 'api00', 'mean'),
  total_enroll: (sample) => overall(sample, 'enroll', 'total'),
  q: quantileRows,
  logit: schoolModel,
  lm: schoolModel,
  chisq_F: schoolModel,
  chisq_Chisq: schoolModel,
  chisq_Wald: schoolModel,
  chisq_adjWald: schoolModel,
  ttest: schoolModel,
  ratio: (sample) => {
    const columns = { outcome: sample.numbers('api_stu'), denominator: sample.numbers('enroll') };
    return toRow(estimated(sample.design, { statistic: 'ratio', ...columns }));
  },
  by_stype: (sample) => domainTable(sample, { statistic: 'mean', outcome: sample.numbers('api00') }, 'stype'),
  prop_stype: shares,
  mean: (sample) => overall(sample, 'api00', 'mean'),
  total: (sample) => overall(sample, 'enroll', 'total'),
  by: (sample) => domainTable(sample, { statistic: 'mean', outcome: sample.numbers('api00') }, 'stype'),
  w: weightSummary,
  schwide: (sample, check) => {
    const outcome = Float64Array.from(sample.text('sch_wide'), (answer) => (answer === 'Yes' ? 1 : 0));
    return intervalAnswer(check, estimated(sample.design, { statistic: 'proportion', outcome }));
  },
};

/** JK1 and JKn built by the engine, plain and with every replicate raked. */
function jackknife(check: Check): unknown {
  const sample = sampleBy(check.id === 'rep_jkn_dstrat' ? 'dstrat' : 'dclus1');
  const replicates = valueOf(jackknifeReplicates(sample.design));
  const everyone = [{ id: 'all', member: new Uint8Array(sample.design.rowCount).fill(1) }];
  const columns = { stype: sample.text('stype'), sch_wide: sample.text('sch_wide') };
  const margins = [schoolTypes, margin('sch_wide', { No: 1072, Yes: 5122 })];
  const reweigh = (weights: Float64Array) =>
    calibrateToMargins(weights, margins, columns, { distance: 'raking' });
  const found = (statistic: 'mean' | 'total', y: string) => {
    const request = {
      statistic,
      outcome: sample.numbers(y),
      ...(check.id === 'rep_jk1_raked' ? { reweigh } : {}),
    };
    return valueOf(estimateWithReplicates(sample.design, request, replicates, everyone))[0];
  };
  const [mean, total] = [found('mean', 'api00'), found('total', 'enroll')];
  return {
    mean: mean?.estimate,
    se: mean?.standardError,
    total_enroll: total?.estimate,
    total_se: total?.standardError,
  };
}

export const schools: Handler = (check) => {
  if (check.id.startsWith('rep_')) return jackknife(check);
  const [, name = '', task = ''] =
    /^(?:ci_|nchs_)?(dstrat|dclus1|dclus2wr|dclus2|d1[a-z]+|dsc)_(.+)$/.exec(check.id) ?? [];
  return tasks[task]?.(sampleBy(name), check);
};
