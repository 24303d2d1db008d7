/**
 * Chi-square tests and regressions. Their errors are linearised also where the specification chose replicates, and the
 * answer says so; without known probabilities there is nothing to linearise, so they are refused.
 */
import { studentQuantile } from '../../../numeric/distributions';
import type { SurveyDesign } from '../../../estimation/design/surveyDesign';
import { testIndependence, type FTest } from '../../../estimation/models/independenceTest';
import type { ModelTerm } from '../../../estimation/models/modelMatrix';
import { predictiveMargins } from '../../../estimation/models/predictiveMargins';
import { fitRegression, waldTest, type RegressionFit } from '../../../estimation/models/regression';
import type { Interval } from '../../../estimation/intervals';
import type { AnalysisAnswer, CoefficientLine, MarginLine, TestLine } from '../../result';
import type { AnalysisOf } from '../../schema/analyses';
import { modelTerms, plainCategory, withoutMissingTerms } from '../modelTerms';
import { outcomeOf } from '../outcomes';
import { need, refuse } from '../refusal';
import { filterOf, levelOf, squareRows, type Asked, type Work } from '../work';

/** Refused: SPEC_MODEL_NEEDS_PROBABILITY for the model-based bootstrap. */
function designErrors({ errors }: Work, path: string): SurveyDesign {
  if (errors.method === 'model-based-bootstrap') refuse('SPEC_MODEL_NEEDS_PROBABILITY', path);
  return errors.design;
}

const isReplaced = ({ errors }: Work): { readonly replacesReplicates: boolean } => ({
  replacesReplicates: errors.method === 'replicates',
});

const fLine = (name: string, test: FTest | null): readonly TestLine[] =>
  test === null
    ? []
    : [
        {
          name,
          statistic: test.statistic,
          degreesOfFreedom: [test.numeratorDegreesOfFreedom, test.denominatorDegreesOfFreedom],
          pValue: test.pValue,
        },
      ];

/** A test whose covariance came out negative is left out; a diagnostic says so. */
export function answerChiSquare(work: Work, asked: Asked<AnalysisOf<'chiSquare'>>): AnalysisAnswer {
  const { analysis, path } = asked;
  const { columns } = work;
  const design = designErrors(work, path);
  const table = {
    rows: columns.texts(analysis.rows, `${path}.rows`),
    columns: columns.texts(analysis.columns, `${path}.columns`),
    domain: filterOf(work, asked),
  };
  const found = need(testIndependence(design, table), path);
  const { statistic, degreesOfFreedom, pValue } = found.chiSquare;
  return {
    id: analysis.id,
    kind: 'chiSquare',
    rows: analysis.rows,
    columns: analysis.columns,
    method: 'linearised',
    ...isReplaced(work),
    tests: [
      ...fLine('raoScottF', found.raoScott),
      { name: 'raoScottChiSquare', statistic, degreesOfFreedom: [degreesOfFreedom], pValue },
      ...fLine('wald', found.wald),
      ...fLine('adjustedWald', found.adjustedWald),
    ],
    diagnostics: found.diagnostics,
  };
}

type Regression = AnalysisOf<'regression'>;

interface Fitted {
  readonly fit: RegressionFit;
  readonly terms: readonly ModelTerm[];
  readonly outcome: Float64Array;
  readonly filter: Uint8Array | null;
  readonly level: number;
}

function studentLimits(
  estimate: number,
  standardError: number | null,
  spread: { readonly degreesOfFreedom: number; readonly level: number },
): Interval | null {
  const { degreesOfFreedom, level } = spread;
  if (standardError === null || degreesOfFreedom <= 0) return null;
  const half = studentQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return { lower: estimate - half, upper: estimate + half, level, method: 'student-t' };
}

function coefficientLines({ fit, level }: Fitted, family: Regression['family']): readonly CoefficientLine[] {
  const spread = { degreesOfFreedom: fit.residualDegreesOfFreedom, level };
  return fit.names.map((name, k) => {
    const estimate = fit.coefficients[k] ?? NaN;
    const standardError = fit.standardErrors[k] ?? null;
    return {
      name,
      estimate,
      standardError,
      t: standardError === null || standardError === 0 ? null : estimate / standardError,
      pValue: fit.pValues[k] ?? null,
      interval: studentLimits(estimate, standardError, spread),
      oddsRatio: family === 'logistic' ? Math.exp(estimate) : null,
    };
  });
}

/** Coefficients of the terms named by their columns. Refused: SPEC_COLUMN_MISSING when a column is no term. */
function positionsOf({ fit, terms }: Fitted, names: readonly string[], path: string): readonly number[] {
  return names.flatMap((name, index) => {
    const term = terms.find((each) => each.name === name);
    const found = fit.names.flatMap((coefficient, position) =>
      belongsTo(coefficient, term) ? [position] : [],
    );
    if (found.length > 0) return found;
    const known = terms.map((each) => each.name).join('、');
    return refuse('SPEC_COLUMN_MISSING', `${path}[${index}]`, { column: name, columns: known });
  });
}

function belongsTo(coefficient: string, term: ModelTerm | undefined): boolean {
  if (term === undefined) return false;
  if (term.kind === 'numeric') return coefficient === term.name;
  return coefficient.startsWith(term.name) && term.categories.includes(coefficient.slice(term.name.length));
}

function waldLines(fitted: Fitted, analysis: Regression, path: string): readonly TestLine[] {
  return analysis.waldTests.flatMap(({ name, columns }, index) => {
    const place = `${path}.waldTests[${index}]`;
    const found = need(waldTest(fitted.fit, positionsOf(fitted, columns, `${place}.columns`)), place);
    return {
      name,
      statistic: found.f,
      degreesOfFreedom: [found.numeratorDegreesOfFreedom, found.denominatorDegreesOfFreedom],
      pValue: found.pValue,
    };
  });
}

/** As svypredmeans: the regression on the other terms and the factor, everyone put into each category in turn. */
function marginLines(work: Work, fitted: Fitted, asked: Asked<Regression>): readonly MarginLine[] {
  const { analysis, path } = asked;
  return analysis.predictiveMargins.flatMap((factor, index) => {
    const place = `${path}.predictiveMargins[${index}]`;
    const factors = fitted.terms.filter(({ kind }) => kind === 'categorical').map(({ name }) => name);
    if (!factors.includes(factor)) {
      refuse('SPEC_COLUMN_MISSING', place, { column: factor, columns: factors.join('、') });
    }
    const request = {
      outcome: fitted.outcome,
      terms: fitted.terms,
      family: analysis.family,
      domain: fitted.filter,
      factor,
    };
    const found = need(predictiveMargins(work.errors.design, request), place);
    const spread = { degreesOfFreedom: found.degreesOfFreedom, level: fitted.level };
    return found.margins.map(({ level, estimate, standardError }) => ({
      column: factor,
      category: plainCategory(level),
      estimate,
      standardError,
      interval: studentLimits(estimate, standardError, spread),
    }));
  });
}

export function answerRegression(work: Work, asked: Asked<Regression>): AnalysisAnswer {
  const { analysis, path } = asked;
  const { family } = analysis;
  const design = designErrors(work, path);
  const terms = modelTerms(work.columns, analysis.terms, `${path}.terms`);
  const named = outcomeOf(work.columns, analysis.outcome, `${path}.outcome`);
  const outcome = withoutMissingTerms(named.values, terms);
  const filter = filterOf(work, asked);
  const fit = need(fitRegression(design, { outcome, terms, family, domain: filter }), path);
  const fitted: Fitted = { fit, terms, outcome, filter, level: levelOf(work, analysis) };
  return {
    id: analysis.id,
    kind: 'regression',
    family,
    outcome: named.name,
    method: 'linearised',
    ...isReplaced(work),
    coefficients: coefficientLines(fitted, family),
    covariance: squareRows(fit.covariance, fit.names.length),
    degreesOfFreedom: fit.residualDegreesOfFreedom,
    waldTests: waldLines(fitted, analysis, path),
    predictiveMargins: marginLines(work, fitted, asked),
    diagnostics: fit.diagnostics,
  };
}
