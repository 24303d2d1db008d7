/** Design-based t test: two groups, or a mean against a number. */
import { studentInterval } from '../../../estimation/intervals';
import { compensatedDot } from '../../../numeric/compensatedSum';
import { studentCdf } from '../../../numeric/distributions';
import { domainRows, domainSize } from '../../../estimation/domainRows';
import { quadraticForm } from '../../../estimation/jointEstimates';
import type { AnalysisAnswer } from '../../result';
import type { AnalysisOf } from '../../schema/analyses';
import { domainId, domainsOf, type KeyedDomain } from '../domains';
import { outcomeOf } from '../outcomes';
import { need, refuse } from '../refusal';
import { filterOf, levelOf, type Asked, type Work } from '../work';

type TTest = AnalysisOf<'tTest'>;

/** The groups in the order second, first; one domain of everyone without groups. */
function domainsOfTest(work: Work, asked: Asked<TTest>): readonly KeyedDomain[] {
  const { analysis, path } = asked;
  const filter = filterOf(work, asked);
  const { groups } = analysis;
  if (groups === null) return domainsOf(work.columns, { by: [], overall: true, filter }, path);
  const by = [{ column: groups.column, categories: [groups.second, groups.first] }];
  const found = domainsOf(work.columns, { by, overall: false, filter }, `${path}.groups`);
  const empty = found.find(({ member }) => !member.includes(1));
  if (empty !== undefined) {
    const category = empty.id === domainId([groups.first]) ? groups.first : groups.second;
    refuse('SPEC_CATEGORY_UNKNOWN', `${path}.groups`, { column: groups.column, category });
  }
  return found;
}

/**
 * PSUs minus strata of the rows that take part, one less for two groups (R: svyttest, which fits a regression on the
 * group). Refused: TOO_FEW_PSUS.
 */
function testDegreesOfFreedom(
  work: Work,
  domains: readonly KeyedDomain[],
  place: { readonly outcome: Float64Array; readonly path: string },
): number {
  const { design } = work.errors;
  const union = Uint8Array.from(place.outcome, (_, row) =>
    domains.some(({ member }) => member[row] === 1) ? 1 : 0,
  );
  const { rows } = domainRows(design, { outcome: place.outcome }, union);
  const { psuCount, stratumCount } = domainSize(design, rows);
  const degreesOfFreedom = psuCount - stratumCount - (domains.length - 1);
  return degreesOfFreedom > 0 ? degreesOfFreedom : refuse('TOO_FEW_PSUS', place.path, { count: psuCount });
}

export function answerTTest(work: Work, asked: Asked<TTest>): AnalysisAnswer {
  const { analysis, path } = asked;
  const { errors } = work;
  const domains = domainsOfTest(work, asked);
  const outcome = outcomeOf(work.columns, analysis.outcome, `${path}.outcome`);
  const joint = need(errors.joint({ statistic: 'mean', outcome: outcome.values }, domains), path);
  const degreesOfFreedom = testDegreesOfFreedom(work, domains, { outcome: outcome.values, path });
  const [signs, against] = domains.length === 2 ? [[1, -1], 0] : [[1], analysis.value];
  const estimate = compensatedDot(Float64Array.from(signs), joint.estimates) - against;
  const variance = quadraticForm(joint.covariance, Float64Array.from(signs));
  return {
    id: analysis.id,
    kind: 'tTest',
    outcome: outcome.name,
    method: errors.method,
    estimate,
    degreesOfFreedom,
    ...studentTest({ estimate, variance, degreesOfFreedom }, levelOf(work, analysis)),
  };
}

function studentTest(
  found: { readonly estimate: number; readonly variance: number; readonly degreesOfFreedom: number },
  level: number,
): Pick<Extract<AnalysisAnswer, { kind: 'tTest' }>, 'standardError' | 't' | 'pValue' | 'interval'> {
  const { estimate, variance, degreesOfFreedom } = found;
  if (variance < 0) return { standardError: null, t: null, pValue: null, interval: null };
  const standardError = Math.sqrt(variance);
  const t = standardError === 0 ? null : estimate / standardError;
  return {
    standardError,
    t,
    pValue: t === null ? null : 2 * studentCdf(-Math.abs(t), degreesOfFreedom),
    interval: studentInterval({ estimate, variance, degreesOfFreedom, confidenceLevel: level }),
  };
}
