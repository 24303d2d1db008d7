/** Regression, t-tests and tests of independence of P01, P06 and P10. */
import { testIndependence, type FTest } from '@shared/estimation/models/independenceTest';
import type { ModelTerm } from '@shared/estimation/models/modelMatrix';
import { fitRegression, waldTest, type RegressionFit } from '@shared/estimation/models/regression';
import { studentCdf, studentQuantile } from '@shared/numeric/distributions';
import type { Check } from '../support/referenceCase';
import { valueOf, type Sample } from '../support/survey';
import { standardisedRows } from './standardised';

const categorical = (sample: Sample, name: string): ModelTerm => ({
  kind: 'categorical',
  name,
  categories: sample.text(name),
});
const numeric = (sample: Sample, name: string): ModelTerm => ({
  kind: 'numeric',
  name,
  values: sample.numbers(name),
});

const rowsOf = (fit: RegressionFit): number[][] =>
  fit.names.map((_, i) => [...fit.covariance.subarray(i * fit.names.length, (i + 1) * fit.names.length)]);

function regressionRow(fit: RegressionFit): object {
  return {
    terms: fit.names,
    coef: [...fit.coefficients],
    se: [...fit.standardErrors],
    cov: rowsOf(fit),
    df: fit.residualDegreesOfFreedom,
    df_resid: fit.residualDegreesOfFreedom,
    p: [...fit.pValues],
  };
}

/** `y~a+b` with categorical terms. */
export function formulaFit(sample: Sample, formula: string): RegressionFit {
  const [outcome = '', terms = ''] = formula.split('~');
  return valueOf(
    fitRegression(sample.design, {
      outcome: sample.numbers(outcome),
      terms: terms.split('+').map((name) => categorical(sample, name)),
      family: outcome === 'literate' ? 'logistic' : 'linear',
    }),
  );
}

function wald(sample: Sample, term: string): object {
  const fit = formulaFit(sample, 'literate~sex+age_group+education');
  const positions = fit.names.flatMap((name, index) => (name.startsWith(term) ? [index] : []));
  const found = valueOf(waldTest(fit, positions));
  return {
    W: found.statistic,
    F: found.f,
    ndf: found.numeratorDegreesOfFreedom,
    ddf: found.denominatorDegreesOfFreedom,
    p: found.pValue,
  };
}

const fRow = (test: FTest | null): object => ({
  stat: test?.statistic,
  par: [test?.numeratorDegreesOfFreedom, test?.denominatorDegreesOfFreedom],
  p: test?.pValue,
});

export function independenceRow(sample: Sample, check: Check): unknown {
  const { rows, cols } = check.args as { rows: string; cols: string };
  const found = valueOf(
    testIndependence(sample.design, { rows: sample.text(rows), columns: sample.text(cols) }),
  );
  if (check.id.endsWith('_Chisq')) {
    return {
      stat: found.chiSquare.statistic,
      par: found.chiSquare.degreesOfFreedom,
      p: found.chiSquare.pValue,
    };
  }
  if (check.id.endsWith('_Wald')) return fRow(found.wald);
  return fRow(check.id.endsWith('_adjWald') ? found.adjustedWald : found.raoScott);
}

/** svyttest is the regression on a two-category variable. */
function tTest(sample: Sample, request: { y: string; groups: string[]; domain?: Uint8Array }): object {
  const fit = valueOf(
    fitRegression(sample.design, {
      outcome: sample.numbers(request.y),
      terms: [{ kind: 'categorical', name: 'group', categories: request.groups }],
      family: 'linear',
      domain: request.domain ?? null,
    }),
  );
  const [diff, error, df] = [
    fit.coefficients[1] ?? NaN,
    fit.standardErrors[1] ?? NaN,
    fit.residualDegreesOfFreedom,
  ];
  const half = studentQuantile(0.975, df) * error;
  return {
    diff,
    t: diff / error,
    df,
    p: 2 * studentCdf(-Math.abs(diff / error), df),
    lo: diff - half,
    hi: diff + half,
  };
}

export function modelAnswer(sample: Sample, check: Check): unknown {
  if (check.id === 'direct_standardised') return standardisedRows(sample, check);
  if (check.id.startsWith('chisq_')) return independenceRow(sample, check);
  if (check.id.startsWith('glm_wald')) return wald(sample, (check.args as { term: string }).term);
  if (check.id.startsWith('glm_'))
    return regressionRow(formulaFit(sample, (check.args as { formula: string }).formula));
  if (check.id === 'ttest_AB') {
    const { a, b, y } = check.args as { a: string; b: string; y: string };
    const regions = sample.text('region');
    const groups = regions.map((region) => (region === a ? 'a' : region === b ? 'b' : ''));
    const domain = Uint8Array.from(groups, (group) => (group === '' ? 0 : 1));
    return tTest(sample, { y, groups, domain });
  }
  return undefined;
}

/** The same checks on the school samples. */
export function schoolModel(sample: Sample, check: Check): unknown {
  if (check.what === 'test of independence') return independenceRow(sample, check);
  if (check.what === 'svyttest') return tTest(sample, { y: 'api00', groups: sample.text('comp_imp') });
  const terms = ['ell', 'meals', 'mobility'].map((name) => numeric(sample, name));
  const logistic = check.what === 'svyglm logistic';
  const outcome = logistic
    ? Float64Array.from(sample.text('sch_wide'), (answer) => (answer === 'Yes' ? 1 : 0))
    : sample.numbers('api00');
  const family = logistic ? 'logistic' : 'linear';
  return regressionRow(valueOf(fitRegression(sample.design, { outcome, terms, family })));
}
