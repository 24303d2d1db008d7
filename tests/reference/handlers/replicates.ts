/** P09: replicate variances from factors in files, plain and with every replicate raked. */
import type { SurveyDesign } from '@shared/estimation/design/surveyDesign';
import { pick } from '@shared/estimation/domainRows';
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
import { cellCalibration } from '@shared/weighting/calibrate';
import { marginSpace } from '@shared/weighting/margins';
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

export function sampleOfTag(tag: string): Sample {
  if (tag === 'jk1') {
    return citySample('city.csv', { stages: [{ units: readTable('city.csv').text('psu') }] });
  }
  return /^(brr|fay)/.test(tag) ? citySample('city_pairs.csv') : citySample();
}

const readReplicates = new Map<string, ReplicateWeights>();

export function replicatesOf(tag: string, design: SurveyDesign): ReplicateWeights {
  const known = readReplicates.get(tag) ?? readFactors(tag, design);
  readReplicates.set(tag, known);
  return known;
}

function readFactors(tag: string, design: SurveyDesign): ReplicateWeights {
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
  const method = tag === 'raowu' ? 'subbootstrap' : 'bootstrap';
  return { method, replicateCount: replicates, factors, overallScale: scale, replicateScales };
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

/** The rows are put in order of the score once, so that each of the hundreds of sorts finds them sorted. */
function quantileRows(sample: Sample, replicates: ReplicateWeights): object[] {
  const unsorted = sample.numbers('score');
  const order = Int32Array.from(
    Array.from(unsorted.keys()).sort((a, b) => (unsorted[a] ?? 0) - (unsorted[b] ?? 0)),
  );
  const scores = pick(unsorted, order);
  const weights = Array.from({ length: replicates.replicateCount }, (_, index) =>
    pick(replicateWeights(sample.design, replicates, index), order),
  );
  return [0.25, 0.5, 0.75].map((p) => {
    const full = weightedQuantile(scores, pick(sample.design.weights, order), p);
    const values = Float64Array.from(weights, (replicate) => weightedQuantile(scores, replicate, p));
    return { p, q: full, se: Math.sqrt(replicateVariance(values, full, replicates, 'replicateMean')) };
  });
}

const rakedResults = new Map<string, readonly ReplicateEstimate[]>();

/** Everyone, regions and region x education from one pass over the raked replicates. */
function rakedEstimates(
  sample: Sample,
  replicates: ReplicateWeights,
  margins: readonly RMargin[],
): readonly ReplicateEstimate[] {
  const key = String(replicates.replicateCount);
  const known = rakedResults.get(key);
  if (known !== undefined) return known;
  const space = valueOf(marginSpace(margins.map(toMargin), cityColumns(sample), sample.design.rowCount));
  const request: ReplicateRequest = {
    statistic: 'mean',
    outcome: sample.numbers('literate'),
    reweigh: valueOf(cellCalibration(space, { distance: 'raking' })),
  };
  const domains = [...everyone(sample), ...rakedGroups(sample).map(({ domain }) => domain)];
  const found = valueOf(estimateWithReplicates(sample.design, request, replicates, domains));
  rakedResults.set(key, found);
  return found;
}

const rakedGroups = (sample: Sample): ReturnType<typeof domainsBy> => [
  ...domainsBy({ region: sample.text('region') }),
  ...domainsBy({ region: sample.text('region'), education: sample.text('education') }),
];

function raked(check: Check): object {
  const sample = citySample();
  const { factors, margins } = check.args as { factors: string; margins: RMargin[] };
  const replicates = replicatesOf(factors === 'rep_jkn.csv' ? 'jkn' : 'raowu', sample.design);
  const [overall, ...groups] = rakedEstimates(sample, replicates, margins);
  const keys = rakedGroups(sample);
  const rows = groups.map((result, index) => ({ ...keys[index]?.keys, ...toRow(result) }));
  return {
    est: overall?.estimate,
    se: overall?.standardError,
    by_region: rows.filter((row) => !('education' in row)),
    by_region_edu: rows.filter((row) => 'education' in row),
  };
}

function rakedCovariance(): object {
  const sample = citySample();
  const replicates = replicatesOf('raowu', sample.design);
  const { margins } = checks.find(({ id }) => id === 'rsb_raked')?.args as { margins: RMargin[] };
  const regionCount = domainsBy({ region: sample.text('region') }).length;
  const regions = rakedEstimates(sample, replicates, margins).slice(1, 1 + regionCount);
  const matrix = replicateCovarianceMatrix(regions, replicates);
  return { cov: regions.map((_, i) => [...matrix.subarray(i * regionCount, (i + 1) * regionCount)]) };
}

const outcomeOfTask = (task: string): 'score' | 'literate' =>
  task === 'score' || task === 'ratio' ? 'score' : 'literate';

const statisticOfTask = (task: string): 'mean' | 'total' | 'ratio' =>
  task === 'total' || task === 'ratio' ? task : 'mean';

const checkName = /^([a-z0-9]+?)(_mse)?_(mean|score|by_region|total|ratio|quantile)$/;

function plain(check: Check): unknown {
  const [, tag = '', mse, task = ''] = checkName.exec(check.id) ?? [];
  const sample = sampleOfTag(tag);
  const replicates = replicatesOf(tag, sample.design);
  if (task === 'quantile') return quantileRows(sample, replicates);
  const request: ReplicateRequest = {
    statistic: statisticOfTask(task),
    outcome: sample.numbers(outcomeOfTask(task)),
    denominator: task === 'ratio' ? sample.numbers('n_adults') : null,
    centre: mse === undefined ? 'replicateMean' : 'estimate',
  };
  if (task === 'by_region') return byColumns(sample, replicates, request, ['region']);
  return valueOf(estimateWithReplicates(sample.design, request, replicates, everyone(sample))).map(toRow)[0];
}

export const replicatesCase: Handler = (check) => {
  if (check.id === 'raowu_cov') return rakedCovariance();
  return check.id.endsWith('_raked') ? raked(check) : plain(check);
};
