/** P16 sample sizes, P13 trends, P19 nonresponse adjustment and trimming. */
import { allocate } from '@shared/estimation/allocation';
import {
  detectableDifference,
  optimalRespondentsPerPsu,
  planningDesignEffect,
  sampleSizeForDifference,
  sampleSizeForMargin,
  sampleSizeForTarget,
} from '@shared/estimation/sampleSize';
import { judgeProgress } from '@shared/estimation/progress';
import { projectTrend } from '@shared/estimation/trend';
import { kishDesignEffect } from '@shared/weighting/diagnostics';
import { adjustForNonresponse, type NonresponseAdjustment } from '@shared/weighting/nonresponse';
import { medianWeight, trimWeights } from '@shared/weighting/trim';
import type { Check, Handler } from '../support/referenceCase';
import { readTable } from '../support/referenceCase';
import { valueOf } from '../support/survey';

type Row = Readonly<Record<string, number | 'Inf'>>;

const number = (row: Row, key: string): number => {
  const value = row[key];
  if (value === undefined) throw new Error(`no ${key}`);
  return value === 'Inf' ? Infinity : value;
};

const sizes: Readonly<Record<string, (row: Row) => object>> = {
  ss_margin: (r) => {
    const found = sampleSizeForMargin({
      share: number(r, 'p'),
      margin: number(r, 'e'),
      designEffect: number(r, 'deff'),
      populationCount: number(r, 'N'),
      responseRate: number(r, 'resp'),
    });
    return {
      n_srs: found.simpleRandom,
      n_fpc: found.withFinitePopulation,
      n_complete: found.completes,
      n_issue: found.issued,
    };
  },
  ss_target: (r) => {
    const question = { share: number(r, 'p1'), target: number(r, 'p0'), designEffect: number(r, 'deff') };
    const found = sampleSizeForTarget(question);
    return { n_srs: found.simpleRandom, n: found.completes };
  },
  ss_diff: (r) => {
    const question = { first: number(r, 'p1'), second: number(r, 'p2'), designEffect: number(r, 'deff') };
    const found = sampleSizeForDifference(question);
    return { n_per_group: found.simpleRandom, n: found.completes };
  },
  ss_mdd: (r) => ({
    mdd: detectableDifference({
      firstCount: number(r, 'n1'),
      secondCount: number(r, 'n2'),
      share: number(r, 'p'),
      designEffect: number(r, 'deff'),
    }),
  }),
  ss_deff: (r) => ({
    deff: planningDesignEffect({
      respondentsPerPsu: number(r, 'm'),
      intraclassCorrelation: number(r, 'rho'),
      weightVariation: number(r, 'cv_w'),
    }),
  }),
};

function allocation(check: Check): object {
  const { N, S, cost, n } = check.values as { N: number[]; S: number[]; cost: number[]; n: number };
  const strata = N.map((populationCount, h) => ({
    populationCount,
    standardDeviation: S[h] ?? NaN,
    costPerRespondent: cost[h] ?? NaN,
  }));
  return {
    N,
    S,
    cost,
    n,
    proportional: allocate(strata, n, 'proportional'),
    neyman: allocate(strata, n, 'neyman'),
    optimal_cost: allocate(strata, n, 'optimalCost'),
    power_half: allocate(strata, n, 'power'),
    optimal_m: optimalRespondentsPerPsu({ perPsu: 30, perRespondent: 5, intraclassCorrelation: 0.05 }),
  };
}

export const sampleSizes: Handler = (check) => {
  if (check.id === 'ss_alloc') return allocation(check);
  const compute = sizes[check.id];
  return (
    compute && { rows: (check.values as { rows: Row[] }).rows.map((row) => ({ ...row, ...compute(row) })) }
  );
};

interface TrendArgs {
  readonly waves: readonly { readonly year: number; readonly p: number; readonly se: number }[];
  readonly target: number;
  readonly target_year: number;
}

export function trendRow(check: Check): object {
  const { waves, target, target_year } = check.args as TrendArgs;
  const found = projectTrend({
    waves: waves.map(({ year, p, se }) => ({ year, estimate: p, standardError: se })),
    target,
    targetYear: target_year,
  });
  const { projected, twoPointProjected } = found;
  const wave = (index: number) => {
    const { year, p, se } = waves.at(index) ?? { year: NaN, p: NaN, se: NaN };
    return { year, estimate: p, standardError: se };
  };
  // The product's judgement of the first and last wave must give the reference's statistic and projection.
  const progress = valueOf(
    judgeProgress({ scale: 'logit', baseline: wave(0), current: wave(-1), target, targetYear: target_year }),
  );
  return {
    path_logit: found.logitPath,
    path_linear: found.linearPath,
    wls_intercept: found.intercept,
    wls_slope: found.slope,
    se_slope: found.slopeStandardError,
    Q: found.heterogeneity,
    dispersion: found.dispersion,
    projected: projected.estimate,
    proj_lo: projected.lower,
    proj_hi: projected.upper,
    prob_reach: projected.probabilityOfReaching,
    two_point_projected: twoPointProjected.estimate,
    two_point_lo: progress.projection?.lower,
    two_point_hi: progress.projection?.upper,
    two_point_prob_reach: progress.projection?.probabilityOfReaching,
    achieved_slope: found.achievedSlope,
    required_slope: found.requiredSlope,
    on_track_z: progress.statistic,
    on_track_conf: found.onTrackConfidence,
  };
}

function cityResponse(): NonresponseAdjustment {
  const table = readTable('city_response.csv');
  const columns = { urban: table.text('urban'), age_group: table.text('age_group') };
  const responded = Uint8Array.from(table.numbers('respond'));
  const spec = { columns, variables: ['urban', 'age_group'] };
  return valueOf(adjustForNonresponse(table.numbers('weight'), responded, spec));
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const largest = (values: Float64Array): number => values.reduce((high, value) => Math.max(high, value), 0);

export const weightingSteps: Handler = (check) => {
  if (check.id === 'nr_cell') {
    const { weights, classes } = cityResponse();
    const cells = (check.values as { cells: { cell: string }[] }).cells.map(({ cell }) => {
      const found = classes.find(({ categories }) => categories.join('.') === cell);
      return { cell, respondents: found?.respondentCount, factor: found?.factor };
    });
    return { cells, sum: sum(weights), max: largest(weights), deff_kish: kishDesignEffect(weights) };
  }
  if (check.id === 'trim') {
    const { weights } = cityResponse();
    const trimmed = valueOf(trimWeights(weights, 2.5 * medianWeight(weights)));
    return {
      cap: trimmed.cap,
      n_capped_first: trimmed.cutCount,
      sum: sum(trimmed.weights),
      max: largest(trimmed.weights),
      n_at_cap: trimmed.atCapCount,
      deff_before: kishDesignEffect(weights),
      deff_after: kishDesignEffect(trimmed.weights),
    };
  }
  return undefined;
};
