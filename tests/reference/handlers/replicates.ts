/** P09: replicate variances from factors in files, plain and with every replicate raked. */
import type { SurveyDesign } from '@shared/estimation/design/surveyDesign';
import { weightedQuantile } from '@shared/estimation/quantiles';
import {
  estimateWithReplicates,
  replicateCovarianceMatrix,
  type ReplicateEstimate,
  type ReplicateRequest,
} from '@shared/estimation/replicateEstimate';
import {
  replicateVariance,
  replicateWeights,
  type ReplicateWeights,
} from '@shared/estimation/variance/replicates';
import { calibrateToMargins } from '@shared/weighting/calibrate';
import type { Check, Handler } from '../support/referenceCase';
import { readCase, readTable } from '../support/referenceCase';
import { citySample, domainsBy, valueOf, type Sample } from '../support/survey';
import { cityColumns, toMargin, type RMargin } from './calibration';

interface ReplicateArgs {
  readonly file: string;
  readonly key: string;
  readonly replicates: number;
  readonly scale: number;
  readonly rscales: number | readonly number[];
  readonly mse?: boolean;
}

const checks = readCase('P09_replicates').checks;
const argsOf = (tag: string): ReplicateArgs =>
  checks.find((check) => check.id === `${tag}_mean`)?.args as ReplicateArgs;

const everyone = (sample: Sample) => [{ id: 'all', member: new Uint8Array(sample.design.rowCount).fill(1) }];

function sampleOfTag(tag: string): Sample {
  if (tag === 'jk1') {
    return citySample('city.csv', { stages: [{ units: readTable('city.csv').text('psu') }] });
  }
  return /^(brr|fay)/.test(tag) ? citySample('city_pairs.csv') : citySample();
}

function replicatesOf(tag: string, design: SurveyDesign): ReplicateWeights {
  const { file, replicates, scale, rscales } = argsOf(tag);
  const table = readTable(file);
  const rowOfPsu = new Map(table.text('psu').map((psu, row) => [psu, row]));
  const units = design.stages[0]?.unitLabels ?? [];
  const factors = new Float64Array(replicates * units.length);
  for (let index = 0; index < replicates; index++) {
    const column = table.numbers(`r${index + 1}`);
    units.forEach(
      (psu, unit) => (factors[index * units.length + unit] = column[rowOfPsu.get(psu) ?? -1] ?? NaN),
    );
  }
  const replicateScales = Float64Array.from({ length: replicates }, (_, r) =>
    typeof rscales === 'number' ? rscales : (rscales[r] ?? NaN),
  );
  return { method: 'bootstrap', replicateCount: replicates, factors, overallScale: scale, replicateScales };
}

const toRow = ({ estimate, standardError, degreesOfFreedom }: ReplicateEstimate): object => ({
  est: estimate,
  se: standardError,
  df: degreesOfFreedom,
});

function byColumns(
  sample: Sample,
  replicates: ReplicateWeights,
  request: ReplicateRequest,
  names: readonly string[],
): object[] {
  const groups = domainsBy(Object.fromEntries(names.map((name) => [name, sample.text(name)])));
  const domains = groups.map(({ domain }) => domain);
  const found = valueOf(estimateWithReplicates(sample.design, request, replicates, domains));
  return found.map((result, index) => ({ ...groups[index]?.keys, ...toRow(result) }));
}

function quantileRows(sample: Sample, replicates: ReplicateWeights): object[] {
  const scores = sample.numbers('score');
  return [0.25, 0.5, 0.75].map((p) => {
    const full = weightedQuantile(scores, sample.design.weights, p);
    const values = Float64Array.from({ length: replicates.replicateCount }, (_, index) =>
      weightedQuantile(scores, replicateWeights(sample.design, replicates, index), p),
    );
    return { p, q: full, se: Math.sqrt(replicateVariance(values, full, replicates, 'replicateMean')) };
  });
}

function raked(check: Check): object {
  const sample = citySample();
  const { factors, margins } = check.args as { factors: string; margins: RMargin[] };
  const replicates = replicatesOf(factors === 'rep_jkn.csv' ? 'jkn' : 'raowu', sample.design);
  const request = rakedRequest(sample, margins);
  const [overall] = valueOf(estimateWithReplicates(sample.design, request, replicates, everyone(sample)));
  return {
    est: overall?.estimate,
    se: overall?.standardError,
    by_region: byColumns(sample, replicates, request, ['region']),
    by_region_edu: byColumns(sample, replicates, request, ['region', 'education']),
  };
}

function rakedRequest(sample: Sample, margins: readonly RMargin[]): ReplicateRequest {
  const columns = cityColumns(sample);
  const tables = margins.map(toMargin);
  return {
    statistic: 'mean',
    outcome: sample.numbers('literate'),
    reweigh: (weights) => calibrateToMargins(weights, tables, columns, { distance: 'raking' }),
  };
}

function rakedCovariance(): object {
  const sample = citySample();
  const replicates = replicatesOf('raowu', sample.design);
  const { margins } = checks.find(({ id }) => id === 'rsb_raked')?.args as { margins: RMargin[] };
  const domains = domainsBy({ region: sample.text('region') }).map(({ domain }) => domain);
  const found = valueOf(
    estimateWithReplicates(sample.design, rakedRequest(sample, margins), replicates, domains),
  );
  const matrix = replicateCovarianceMatrix(found, replicates);
  return { cov: found.map((_, i) => [...matrix.subarray(i * found.length, (i + 1) * found.length)]) };
}

export const replicatesCase: Handler = (check) => {
  if (check.id === 'raowu_cov') return rakedCovariance();
  if (check.id.endsWith('_raked')) return raked(check);
  const [, tag = '', mse, task = ''] =
    /^([a-z0-9]+?)(_mse)?_(mean|score|by_region|total|ratio|quantile)$/.exec(check.id) ?? [];
  const sample = sampleOfTag(tag);
  const replicates = replicatesOf(tag, sample.design);
  if (task === 'quantile') return quantileRows(sample, replicates);
  const literate = sample.numbers('literate');
  if (task === 'by_region')
    return byColumns(sample, replicates, { statistic: 'mean', outcome: literate }, ['region']);
  const request: ReplicateRequest = {
    statistic: task === 'total' || task === 'ratio' ? task : 'mean',
    outcome: task === 'score' || task === 'ratio' ? sample.numbers('score') : literate,
    denominator: task === 'ratio' ? sample.numbers('n_adults') : null,
    centre: mse === undefined ? 'replicateMean' : 'estimate',
  };
  const [found] = valueOf(estimateWithReplicates(sample.design, request, replicates, everyone(sample)));
  return found && toRow(found);
};
