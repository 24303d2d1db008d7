/**
 * Joint estimates without joint microdata: every county exports weighted sums per PSU and domain, the city adds them up.
 * Means, totals, proportions and ratios, their linearised variances, degrees of freedom, intervals and design effects
 * depend on the persons only through these sums (Binder 1983), so the city's numbers are those of the pooled file:
 * a row of sums stands for as many persons with the row's mean. Calibration to each county's own margins is linear in
 * the PSU totals (Deville & Sarndal 1992), and a calibration of the whole city gives all persons of a cell one factor.
 * One stage, with or without a finite population.
 */
import { fail, ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import { cityDesign, type City } from './cityDesign';
import type { MarginTable } from '../weighting/margins';
import type { CountyExport, FederatedDomain, PsuSums } from './countyExport';
import type { SinglePsuRule } from '../estimation/design/designSpec';
import { estimate, type DomainEstimate } from '../estimation/estimate';
import type { Estimate } from '../estimation/estimateRecord';
import type { StatisticId } from '../estimation/estimators/registry';
import {
  federatedDiagnostics,
  federatedEffect,
  federatedInterval,
  type FederatedRequest,
} from './federatedRecord';
import { linearisedVariance } from '../estimation/variance/linearised';

export interface CombineRequest extends FederatedRequest {
  readonly singlePsuRule?: SinglePsuRule;
  /** Population of the city; needed by, and only by, exports with calibration cells. */
  readonly margins?: readonly MarginTable[];
}

/**
 * City-wide estimates of every domain from the counties' exports. Strata with the same label are one stratum of the city;
 * a PSU belongs to one county. A domain that a county did not send counts as empty there.
 * Failures: NO_RESPONDENTS without exports; INVALID_INPUT {field: 'statistic' | 'county' | 'calibration' | 'margins',
 * county} when counties send different statistics or ways of weighting, one county twice, or margins do not fit them;
 * FPC_INVALID, SINGLE_PSU_STRATUM as `createSurveyDesign`; those of `calibrateToMargins`.
 */
export function combineCounties(
  exports: readonly CountyExport[],
  request: CombineRequest = {},
): Result<readonly DomainEstimate[]> {
  const checked = checkExports(exports, request);
  if (!checked.ok) return checked;
  const city = cityDesign(exports, request.singlePsuRule ?? 'fail', request.margins ?? []);
  if (!city.ok) return city;
  const ids = [...new Set(exports.flatMap(({ domains }) => domains.map(({ id }) => id)))];
  const results: DomainEstimate[] = [];
  for (const id of ids) {
    const found = combineDomain(exports, city.value, { ...request, id, statistic: checked.value });
    if (!found.ok) return found;
    results.push(found.value);
  }
  return ok(results);
}

function checkExports(exports: readonly CountyExport[], request: CombineRequest): Result<StatisticId> {
  const [first] = exports;
  if (first === undefined) return fail('NO_RESPONDENTS');
  const seen = new Set<string>();
  for (const { county, statistic, calibration } of exports) {
    if (statistic !== first.statistic) return fail('INVALID_INPUT', { field: 'statistic', county });
    if (calibration !== first.calibration) return fail('INVALID_INPUT', { field: 'calibration', county });
    if (seen.has(county)) return fail('INVALID_INPUT', { field: 'county', county });
    seen.add(county);
  }
  const hasMargins = (request.margins ?? []).length > 0;
  return hasMargins === (first.calibration === 'city')
    ? ok(first.statistic)
    : fail('INVALID_INPUT', { field: 'margins', county: first.county });
}

type DomainRequest = FederatedRequest & { readonly id: string; readonly statistic: StatisticId };

type WholeSums = Omit<PsuSums, 'row'>;

interface DomainColumns {
  readonly outcome: Float64Array;
  readonly denominator: Float64Array;
  readonly member: Uint8Array;
  /** Sums over the city, with final weights. */
  readonly whole: WholeSums;
}

const domainOf = (sent: CountyExport, id: string): FederatedDomain | undefined =>
  sent.domains.find((domain) => domain.id === id);

/** The domain's sums per row as means over all persons of the row; persons outside the domain count as zeros. */
function columnsOf(exports: readonly CountyExport[], city: City, request: DomainRequest): DomainColumns {
  const { rowCount } = city.design;
  const [outcome, denominator] = [new Float64Array(rowCount), new Float64Array(rowCount)];
  const member = new Uint8Array(rowCount);
  const whole = { respondents: 0, missing: 0, weight: 0, outcome: 0, squaredOutcome: 0, denominator: 0 };
  exports.forEach((sent, county) => {
    for (const sum of domainOf(sent, request.id)?.sums ?? []) {
      const row = (city.offsets[county] ?? 0) + sum.row;
      const persons = at(city.sentWeights, row);
      const factor = at(city.factors, row);
      const below = request.statistic === 'ratio' ? sum.denominator : sum.weight;
      member[row] = 1;
      outcome[row] = sum.respondents > 0 ? sum.outcome / persons : NaN;
      denominator[row] = below / persons;
      whole.respondents += sum.respondents;
      whole.missing += sum.missing;
      whole.weight += factor * sum.weight;
      whole.outcome += factor * sum.outcome;
      whole.squaredOutcome += factor * sum.squaredOutcome;
      whole.denominator += factor * below;
    }
  });
  return { outcome, denominator, member, whole };
}

function combineDomain(
  exports: readonly CountyExport[],
  city: City,
  request: DomainRequest,
): Result<DomainEstimate> {
  const { id, statistic } = request;
  const { outcome, denominator, member, whole } = columnsOf(exports, city, request);
  const isTotal = statistic === 'total';
  const found = estimate(city.design, {
    statistic: isTotal ? 'total' : 'ratio',
    outcome,
    denominator: isTotal ? null : denominator,
    domain: member,
  });
  if (!found.ok) {
    const { code } = found.failure;
    if (code !== 'EMPTY_DOMAIN' && code !== 'EMPTY_DENOMINATOR') return found;
    const reason =
      code === 'EMPTY_DENOMINATOR' ? 'zeroDenominator' : whole.missing > 0 ? 'allMissing' : 'noRespondents';
    return ok({ id, status: 'empty', reason, respondentCount: 0 });
  }
  const fromRows = withResiduals(found.value, exports, { city, request, whole });
  return ok({ id, status: 'estimated', estimate: cityRecord(fromRows, whole, request) });
}

/** After calibrations by the counties: the variance of the residual totals the counties sent. */
function withResiduals(
  found: Estimate,
  exports: readonly CountyExport[],
  facts: { readonly city: City; readonly request: DomainRequest; readonly whole: WholeSums },
): Estimate {
  const { city, request, whole } = facts;
  if (exports[0]?.calibration !== 'county' || found.variance === null) return found;
  const { statistic } = request;
  const totals = exports.flatMap((sent) => {
    const residuals = domainOf(sent, request.id)?.residuals ?? [];
    return sent.psus.map((_psu, index) => {
      const own = residuals[index] ?? { weight: 0, outcome: 0, denominator: 0 };
      if (statistic === 'total') return own.outcome;
      const below = statistic === 'ratio' ? own.denominator : own.weight;
      return (own.outcome - found.estimate * below) / whole.denominator;
    });
  });
  const variance = linearisedVariance(city.design, Float64Array.from(totals));
  const standardError = Math.sqrt(variance);
  const coefficientOfVariation = found.estimate === 0 ? null : standardError / Math.abs(found.estimate);
  return { ...found, variance, standardError, coefficientOfVariation };
}

/** The rows gave estimate and variance; counts, interval and design effect are those of the persons. */
function cityRecord(fromRows: Estimate, whole: WholeSums, request: DomainRequest): Estimate {
  const numbers = {
    ...fromRows,
    ...federatedEffect(fromRows, whole, request),
    interval: federatedInterval(fromRows, whole.respondents, request),
    respondentCount: whole.respondents,
    weightTotal: whole.weight,
  };
  return { ...numbers, diagnostics: federatedDiagnostics(numbers, fromRows, { ...request, ...whole }) };
}
