/** P11: Fay-Herriot models by three methods, benchmarked, with a zero model variance, and on the arcsine scale. */
import { fitArcsineFayHerriot } from '@shared/estimation/smallArea/arcsine';
import { benchmark, type BenchmarkMethod } from '@shared/estimation/smallArea/benchmark';
import {
  fitFayHerriot,
  type AreaEstimate,
  type AreaModelFit,
  type AreaVarianceMethod,
} from '@shared/estimation/smallArea/fayHerriot';
import { compensatedDot } from '@shared/numeric/compensatedSum';
import type { Handler, Table } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { valueOf } from '../support/survey';

const methods: Readonly<Record<string, AreaVarianceMethod>> = { REML: 'reml', ML: 'ml', FH: 'moments' };

const covariateNames = (name: string): readonly string[] => (name === 'fh' ? ['x1', 'x2'] : ['x1']);
const tableOf = (name: string): Table => readTable(name === 'zero' ? 'fh_areas_zero.csv' : 'fh_areas.csv');

function fitOf(name: string, method: AreaVarianceMethod): AreaModelFit {
  const table = tableOf(name);
  return valueOf(
    fitFayHerriot(
      {
        direct: table.numbers('y'),
        samplingVariances: table.numbers('D'),
        covariates: covariateNames(name).map((column) => table.numbers(column)),
      },
      method,
    ),
  );
}

function modelRow(fit: AreaModelFit, method: string): object {
  const size = fit.coefficients.length;
  const column = (value: (area: AreaEstimate) => number): number[] => fit.areas.map(value);
  return {
    method,
    A: fit.modelVariance,
    beta: [...fit.coefficients],
    cov_beta: Array.from({ length: size }, (_, i) => [
      ...fit.coefficientCovariance.subarray(i * size, (i + 1) * size),
    ]),
    gamma: column((area) => area.directWeight),
    synthetic: column((area) => area.synthetic),
    eblup: column((area) => area.eblup),
    g1: column((area) => area.g1),
    g2: column((area) => area.g2),
    g3: column((area) => area.g3),
    bias_A: fit.varianceBias,
    mse: column((area) => area.meanSquaredError),
    loglik_ml: fit.logLikelihood,
    shrink: column((area) => 1 - area.directWeight),
  };
}

function benchmarked(name: string): object {
  const table = tableOf(name);
  const fit = fitOf(name, 'reml');
  const populations = table.numbers('w');
  const whole = populations.reduce((sum, size) => sum + size, 0);
  const target = compensatedDot(populations, table.numbers('y')) / whole;
  const input = {
    estimates: Float64Array.from(fit.areas, ({ eblup }) => eblup),
    populations,
    target,
    samplingVariances: table.numbers('D'),
  };
  const by = (method: BenchmarkMethod): number[] => [...valueOf(benchmark(input, method)).estimates];
  return {
    direct_total: target,
    eblup_total: valueOf(benchmark(input, 'ratio')).sumBefore,
    ratio: by('ratio'),
    difference: by('difference'),
    self_weighted_D: by('uncertainty'),
  };
}

function arcsine(): object {
  const table = tableOf('fh');
  const { model, areas } = valueOf(
    fitArcsineFayHerriot({
      shares: table.numbers('p'),
      effectiveSampleSizes: table.numbers('neff'),
      covariates: [table.numbers('x1'), table.numbers('x2')],
    }),
  );
  return {
    A: model.modelVariance,
    beta: [...model.coefficients],
    eblup_z: areas.map((area) => area.transformed),
    mse_z: areas.map((area) => area.transformedMeanSquaredError),
    naive: areas.map((area) => area.naive),
    bias_corrected: areas.map((area) => area.share),
    lo: areas.map((area) => area.lower),
    hi: areas.map((area) => area.upper),
  };
}

export const smallAreas: Handler = (check) => {
  if (check.id === 'arcsin') return arcsine();
  const [, name = '', task = ''] = /^(.*)_([A-Za-z]+)$/.exec(check.id) ?? [];
  if (task === 'bench') return benchmarked(name);
  const method = methods[task];
  return method && modelRow(fitOf(name, method), task);
};
