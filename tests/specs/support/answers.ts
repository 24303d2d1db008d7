/** Answers of a result in the field names of the reference cases. */
import type { AnalysisAnswer, AnalysisResult, NumberLine, TestLine } from '@shared/analysisSpec/result';

type Answer<K extends AnalysisAnswer['kind']> = Extract<AnalysisAnswer, { kind: K }>;

export function answerOf<K extends AnalysisAnswer['kind']>(
  result: AnalysisResult,
  kind: K,
  id: string,
): Answer<K> {
  const found = result.analyses.find((each) => each.id === id);
  if (found?.kind !== kind) throw new Error(`no ${kind} named ${id}`);
  return found as Answer<K>;
}

export const row = (line: NumberLine): object => ({
  est: line.estimate,
  se: line.standardError,
  df: line.degreesOfFreedom,
  lo: line.intervals[0]?.lower,
  hi: line.intervals[0]?.upper,
  deff: line.designEffect,
  n: line.respondentCount,
  sumw: line.weightTotal,
});

/** Rows of a domain table; an empty domain has n = 0. */
export const rows = (result: AnalysisResult, id: string): object[] =>
  answerOf(result, 'estimates', id).lines.map((line) => ({
    ...line.domain,
    ...(line.status === 'estimated' ? row(line) : { n: 0 }),
  }));

/** Lines with the outcome's name, as R prints one statistic of several variables. */
export const termRows = (result: AnalysisResult, id: string): object[] =>
  answerOf(result, 'estimates', id).lines.map((line) => ({
    term: line.outcome.replace('=', ''),
    ...(line.status === 'estimated' ? row(line) : {}),
  }));

/** R counts all rows and weights, also where the outcome is missing. */
export const wholeRows = (result: AnalysisResult, id: string): object[] =>
  termRows(result, id).map((line) => ({
    ...line,
    n: result.design.respondentCount,
    sumw: result.weighting.at(-1)?.total,
  }));

export const firstRow = (result: AnalysisResult, id: string): object => rows(result, id)[0] ?? {};

/** Estimates and errors of several variables as R's vectors. */
export function vectors(result: AnalysisResult, id: string): object {
  const lines = answerOf(result, 'estimates', id).lines.filter((line) => line.status === 'estimated');
  return { est: lines.map((line) => line.estimate), se: lines.map((line) => line.standardError) };
}

export const quantiles = (result: AnalysisResult, id: string): object[] =>
  answerOf(result, 'quantiles', id).lines.map((line) =>
    'status' in line
      ? {}
      : {
          p: line.probability,
          q: line.estimate,
          lo: line.interval?.lower,
          hi: line.interval?.upper,
          se: line.standardError,
        },
  );

export function regression(result: AnalysisResult, id: string): object {
  const { coefficients, covariance, degreesOfFreedom } = answerOf(result, 'regression', id);
  return {
    terms: coefficients.map(({ name }) => name),
    coef: coefficients.map(({ estimate }) => estimate),
    se: coefficients.map(({ standardError }) => standardError),
    cov: covariance,
    df: degreesOfFreedom,
    df_resid: degreesOfFreedom,
    p: coefficients.map(({ pValue }) => pValue),
  };
}

const testRow = ({ statistic, degreesOfFreedom, pValue }: TestLine): object => ({
  stat: statistic,
  par: degreesOfFreedom.length === 1 ? degreesOfFreedom[0] : degreesOfFreedom,
  p: pValue,
});

/** By the names of svychisq. */
export function chiSquare(result: AnalysisResult, id: string): Record<string, object> {
  const names = { raoScottF: 'F', raoScottChiSquare: 'Chisq', wald: 'Wald', adjustedWald: 'adjWald' };
  const { tests } = answerOf(result, 'chiSquare', id);
  return Object.fromEntries(
    tests.map((test) => [names[test.name as keyof typeof names], testRow(test)] as const),
  );
}

export function wald(result: AnalysisResult, id: string): object {
  const [test] = answerOf(result, 'regression', id).waldTests;
  return {
    F: test?.statistic,
    ndf: test?.degreesOfFreedom[0],
    ddf: test?.degreesOfFreedom[1],
    p: test?.pValue,
  };
}

export function tTest(result: AnalysisResult, id: string): object {
  const { estimate, t, degreesOfFreedom, pValue, interval } = answerOf(result, 'tTest', id);
  return { diff: estimate, t, df: degreesOfFreedom, p: pValue, lo: interval?.lower, hi: interval?.upper };
}

export function difference(result: AnalysisResult, id: string): object {
  const [line] = answerOf(result, 'contrasts', id).lines;
  return {
    diff: line?.estimate,
    se: line?.standardError,
    t: line?.t,
    df: line?.degreesOfFreedom,
    p_two: line?.pValue,
    lo: line?.interval?.lower,
    hi: line?.interval?.upper,
  };
}

export function ratio(result: AnalysisResult, id: string): object {
  const [line] = answerOf(result, 'contrasts', id).lines;
  return {
    est: line?.estimate,
    se: line?.standardError,
    lo: line?.interval?.lower,
    hi: line?.interval?.upper,
  };
}

export const deviations = (result: AnalysisResult, id: string): object[] =>
  answerOf(result, 'contrasts', id).lines.map((line) => ({
    ...line.second,
    dev: line.estimate,
    se: line.standardError,
  }));

/** Names of the interval forms in the reference. */
const forms: Readonly<Record<string, string>> = {
  mean: 'mean',
  logit: 'logit',
  asin: 'asin_clamped',
  'korn-graubard': 'korn_graubard',
  wilson: 'wilson',
  likelihood: 'likelihood',
  'agresti-coull': 'agresti_coull',
  jeffreys: 'jeffreys',
};

/** At a share of 0 or 1 the reference names what is computed with n_eff = n. */
export function intervals(line: NumberLine | undefined): object {
  if (line === undefined) throw new Error('no line');
  const isWhole = line.estimate === 0 || line.estimate === 1;
  const nameOf = (method: string): string | undefined =>
    isWhole && method !== 'korn-graubard' ? `${method}_n` : forms[method];
  return {
    p: line.estimate,
    se: line.standardError,
    n: line.respondentCount,
    df: line.degreesOfFreedom,
    ci: Object.fromEntries(
      line.intervals.flatMap(({ method, lower, upper }) => {
        const name = nameOf(method);
        return name === undefined ? [] : [[name, { lo: lower, hi: upper }] as const];
      }),
    ),
  };
}

export const estimated = (result: AnalysisResult, id: string): readonly NumberLine[] =>
  answerOf(result, 'estimates', id).lines.filter((line) => line.status === 'estimated');
