/** What R says of each specification: checks of the reference cases, or values of `scripts/specs.R`. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnalysisResult } from '@shared/analysisSpec/result';
import * as found from './answers';

export interface Expectation {
  /** Case of tests/reference/cases, or `script`. */
  readonly source: string;
  readonly check: string;
  /** Our answer in the shape of the check's values. */
  readonly actual: unknown;
}

type Expectations = (result: AnalysisResult) => readonly Expectation[];

const from =
  (source: string) =>
  (check: string, actual: unknown): Expectation => ({ source, check, actual });

const p01 = from('P01_api');
const p02 = from('P02_city');
const p06 = from('P06_calibration');
const p07 = from('P07_ci');
const p09 = from('P09_replicates');
const p10 = from('P10_tests');
const script = from('script');

const schools =
  (tag: string): Expectations =>
  (result) => [
    p01(`${tag}_mean_api00`, found.wholeRows(result, 'score')),
    p01(`${tag}_total_enroll`, found.wholeRows(result, 'pupils')),
    p01(`${tag}_ratio`, found.firstRow(result, 'tested')),
    p01(`${tag}_by_stype`, found.rows(result, 'score-by-type')),
    p01(`${tag}_prop_stype`, found.termRows(result, 'types')),
    p01(`${tag}_q`, found.quantiles(result, 'score-quartiles')),
    p01(`${tag}_logit`, found.regression(result, 'target-model')),
    p01(`${tag}_lm`, found.regression(result, 'score-model')),
    ...Object.entries(found.chiSquare(result, 'target-and-type')).map(([name, test]) =>
      p01(`${tag}_chisq_${name}`, test),
    ),
    p01(`${tag}_ttest`, found.tTest(result, 'improvement')),
  ];

const calibratedSchools =
  (tag: string): Expectations =>
  (result) => [
    p01(`${tag}_mean`, found.wholeRows(result, 'score')),
    p01(`${tag}_total`, found.wholeRows(result, 'pupils')),
    p01(`${tag}_by`, found.rows(result, 'score-by-type')),
  ];

const calibratedCity =
  (tag: string): Expectations =>
  (result) => {
    const stage = result.weighting.at(-1);
    return [
      p06(`${tag}_mean`, found.termRows(result, 'literate')),
      p06(`${tag}_score`, found.termRows(result, 'score')),
      p06(`${tag}_total`, found.termRows(result, 'literate-total')),
      p06(`${tag}_by_region`, found.rows(result, 'literate-by-region')),
      p06(`${tag}_weights`, {
        sum: stage?.total,
        min_g: stage?.minimumAdjustment,
        max_g: stage?.maximumAdjustment,
        deff_kish: stage?.kishDesignEffect,
      }),
    ];
  };

const comparisons =
  (expect: (check: string, actual: unknown) => Expectation): Expectations =>
  (result) => [
    expect('diff_AB', found.difference(result, 'difference')),
    expect('ttest_AB', found.tTest(result, 'two-regions')),
    ...Object.entries(found.chiSquare(result, 'literate-and-education')).map(([name, test]) =>
      expect(`chisq_${name}`, test),
    ),
  ];

const counties =
  (method: string): Expectations =>
  (result) => [
    from('P04_pps')(`${method}_total`, found.vectors(result, 'votes')),
    from('P04_pps')(`${method}_ratio`, found.firstRow(result, 'ratio')),
  ];

const marginsOf = (result: AnalysisResult, id: string): object => {
  const { predictiveMargins, degreesOfFreedom } = found.answerOf(result, 'regression', id);
  const inOrder = [...predictiveMargins].sort((a, b) => (a.category < b.category ? -1 : 1));
  return {
    levels: inOrder.map(({ category }) => category),
    est: inOrder.map(({ estimate }) => estimate),
    se: inOrder.map(({ standardError }) => standardError),
    df: degreesOfFreedom,
  };
};

const byDomain = (result: AnalysisResult, id: string): object => {
  const lines = found.estimated(result, id);
  return {
    domain: lines.map(({ domain }) => domain['region']),
    est: lines.map(({ estimate }) => estimate),
    se: lines.map(({ standardError }) => standardError),
  };
};

/** R lists a crossing with the first column varying fastest. */
const innerFirst = (rows: readonly object[], inner: string): object[] =>
  [...(rows as Record<string, string>[])].sort((a, b) =>
    `${a[inner]}${a['region']}` < `${b[inner]}${b['region']}` ? -1 : 1,
  );

const responseClasses: Expectations = (result) => {
  const [, adjusted, trimmed] = result.weighting;
  if (adjusted?.classes === undefined || trimmed === undefined) throw new Error('two steps of weighting');
  const byAge = adjusted.classes
    .map(({ categories, respondentCount, factor }) => {
      const [urban = '', age = ''] = categories;
      return { cell: `${urban}.${age}`, order: `${age}${urban}`, respondents: respondentCount, factor };
    })
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  return [
    from('P19_weighting')('nr_cell', {
      cells: byAge,
      sum: adjusted.total,
      max: adjusted.maximum,
      deff_kish: adjusted.kishDesignEffect,
    }),
    from('P19_weighting')('trim', {
      cap: trimmed.cap,
      n_capped_first: trimmed.cutCount,
      sum: trimmed.total,
      max: trimmed.maximum,
      deff_before: adjusted.kishDesignEffect,
      deff_after: trimmed.kishDesignEffect,
    }),
  ];
};

export const expectations: Readonly<Record<string, Expectations>> = {
  '01-schools-stratified': schools('dstrat'),
  '02-schools-clusters': schools('dclus1'),
  '03-schools-two-stages': schools('dclus2'),
  '04-schools-poststratified': calibratedSchools('d1p'),
  '05-schools-greg': calibratedSchools('d1c'),
  '06-schools-logit-bounds': calibratedSchools('d1cl'),
  '07-city-households': (result) => [
    p02('mean_y', found.termRows(result, 'literate')),
    p02('mean_y_deff_wr', found.termRows(result, 'literate-deff-wr')),
    p02('mean_s', found.termRows(result, 'score')),
    p02('total_y', found.termRows(result, 'persons').slice(0, 1)),
    p02('ratio_s_over_n_adults', found.firstRow(result, 'score-per-adult')),
    p02('by_region', found.rows(result, 'literate-by-region')),
    p02('by_group', found.rows(result, 'literate-by-education')),
    p02('by_region_group', innerFirst(found.rows(result, 'literate-by-region-education'), 'education')),
    p02('quantile_hf7', found.quantiles(result, 'score-quartiles-hf7')),
    p02('quantile_math_xlogit', found.quantiles(result, 'score-quartiles-xlogit')),
  ],
  '08-city-three-stages': (result) => [
    from('P03_multistage_fpc')('d3_mean', found.termRows(result, 'literate')),
    from('P03_multistage_fpc')('d3_total', found.termRows(result, 'score')),
    from('P03_multistage_fpc')('d3_by_region', found.rows(result, 'literate-by-region')),
    from('P03_multistage_fpc')('d3_by_edu', found.rows(result, 'literate-by-education')),
  ],
  '09-municipalities': (result) => [
    from('P03_multistage_fpc')('mu284_total', found.termRows(result, 'total')),
    from('P03_multistage_fpc')('mu284_mean', found.termRows(result, 'mean')),
  ],
  '10-counties-brewer': counties('brewer'),
  '11-counties-yates-grundy': counties('yg'),
  '12-city-single-psu': (result) => [
    from('P05_lonely')('adjust_mean', found.termRows(result, 'literate')),
    from('P05_lonely')('adjust_score', found.termRows(result, 'score')),
    from('P05_lonely')('centered_total', found.firstRow(result, 'literate-total')),
    from('P05_lonely')('centered_by_edu', found.rows(result, 'literate-by-education')),
  ],
  '13-city-raked-comparisons': (result) => [
    ...calibratedCity('raking')(result),
    ...comparisons(p06)(result),
    p06('ratio_AB', found.ratio(result, 'ratio')),
    p06('dev_from_mean', found.deviations(result, 'from-mean-of-regions')),
    p06('dev_from_overall', found.deviations(result, 'from-overall')),
  ],
  '14-city-bounded-calibration': calibratedCity('linbound'),
  '15-response-classes': responseClasses,
  '16-response-propensity': (result) => [
    script('propensity', {
      coefficients: result.weighting[1]?.propensityModel?.coefficients,
      factors: result.weighting[1]?.classes?.map(({ factor }) => factor),
      adjusted_total: result.weighting[1]?.total,
      kish: result.weighting[2]?.kishDesignEffect,
      college_by_region: byDomain(result, 'college-by-region'),
    }),
  ],
  '17-city-jackknife-raked': (result) => [
    p09('rjk_raked', {
      ...found.firstRow(result, 'literate'),
      by_region: found.rows(result, 'literate-by-region'),
      by_region_edu: innerFirst(found.rows(result, 'literate-by-region-education'), 'education'),
    }),
  ],
  '18-city-replicates-from-file': (result) => [
    p09('raowu_mean', found.firstRow(result, 'literate')),
    p09('raowu_score', found.firstRow(result, 'score')),
    p09('raowu_total', found.firstRow(result, 'literate-total')),
    p09('raowu_ratio', found.firstRow(result, 'score-per-adult')),
    p09('raowu_by_region', found.rows(result, 'literate-by-region')),
    p09('raowu_quantile', found.quantiles(result, 'score-quartiles')),
  ],
  '19-pairs-fay': (result) => [
    p09('fay30_mse_mean', found.firstRow(result, 'literate')),
    p09('fay30_mse_score', found.firstRow(result, 'score')),
  ],
  '20-city-intervals': (result) => [
    ...['lit', 'rare', 'com'].map((name, k) =>
      p07(`ci_${name}`, found.intervals(found.estimated(result, 'literate')[k])),
    ),
    p07('ci_lit90', found.intervals(found.estimated(result, 'literate-90')[0])),
    ...['none', 'all'].map((name, k) =>
      p07(`ci_${name}`, found.intervals(found.estimated(result, 'nobody-and-everybody')[k])),
    ),
    ...found
      .estimated(result, 'literate-by-region')
      .map((line) => p07(`ci_lit_${line.domain['region'] ?? ''}`, found.intervals(line))),
  ],
  '21-city-small-domains': (result) => [
    from('P08_domains')('domain_default', found.termRows(result, 'five-psus')),
    from('P08_domains')('one_psu', found.firstRow(result, 'one-psu')),
    from('P08_domains')(
      'by_region_cell',
      innerFirst(found.rows(result, 'by-region-cell'), 'cell').filter((line) => 'est' in line),
    ),
  ],
  '22-city-models': (result) => [
    ...comparisons(p10)(result),
    p10('glm_logit', found.regression(result, 'literate-model')),
    p10('glm_gauss', found.regression(result, 'score-model')),
    p10('glm_wald_grp', found.wald(result, 'literate-model')),
    from('P22_predictive_margins')('logistic_region', marginsOf(result, 'margins-by-region')),
    from('P22_predictive_margins')('logistic_education', marginsOf(result, 'margins-by-education')),
  ],
  '23-city-certainty-psus': (result) => [
    script('certainty', {
      psus: result.design.psuCount,
      strata: result.design.stratumCount,
      literate: found.firstRow(result, 'literate'),
      literate_by_region: byDomain(result, 'literate-by-region'),
    }),
  ],
  '24-counties-hartley-rao': counties('hr'),
  '25-counties-horvitz-thompson': counties('ht'),
};

const scriptFile = fileURLToPath(new URL('../scripts/specs.json', import.meta.url));
const scriptValues = JSON.parse(readFileSync(scriptFile, 'utf8')) as Record<string, unknown>;

export const scriptValue = (check: string): unknown => scriptValues[check];
