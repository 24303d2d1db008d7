/**
 * Joint estimates without joint microdata: every county exports weighted sums per PSU and domain, the city adds them up.
 * Means, totals, proportions and ratios, their linearised variances, degrees of freedom, intervals and design effects
 * depend on the persons only through these sums (Binder 1983), so the city's numbers are those of the pooled file.
 * One stage, with or without a finite population; calibrated designs are refused, because their residuals need the
 * calibration cells of the whole city.
 */
import { fail, ok, type Result } from '../domain/result';
import type { SurveyDesign } from './design/surveyDesign';
import type { SinglePsuRule } from './design/designSpec';
import { createSurveyDesign } from './design/surveyDesign';
import type { CountyExport, FederatedPsu, PsuSums } from './countyExport';
import { estimate, type DomainEstimate } from './estimate';
import type { Estimate } from './estimateRecord';
import type { StatisticId } from './estimators/registry';
import {
  federatedDiagnostics,
  federatedEffect,
  federatedInterval,
  type FederatedRequest,
} from './federatedRecord';

export { exportCounty, type CountyExport, type ExportRequest } from './countyExport';
export type { FederatedRequest } from './federatedRecord';

interface CityPsus {
  readonly design: SurveyDesign;
  /** First position of every county's PSUs. */
  readonly offsets: readonly number[];
}

/**
 * City-wide estimates of every domain from the counties' exports. Strata with the same label are one stratum of the city;
 * a PSU belongs to one county. A domain that a county did not send counts as empty there.
 * Failures: NO_RESPONDENTS without exports; INVALID_INPUT {field: 'statistic' | 'county', county} when counties send
 * different statistics or one county twice; FPC_INVALID, SINGLE_PSU_STRATUM as `createSurveyDesign`.
 */
export function combineCounties(
  exports: readonly CountyExport[],
  request: FederatedRequest & { readonly singlePsuRule?: SinglePsuRule } = {},
): Result<readonly DomainEstimate[]> {
  const checked = checkExports(exports);
  if (!checked.ok) return checked;
  const city = cityDesign(exports, request.singlePsuRule ?? 'fail');
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

function checkExports(exports: readonly CountyExport[]): Result<StatisticId> {
  const [first] = exports;
  if (first === undefined) return fail('NO_RESPONDENTS');
  const seen = new Set<string>();
  for (const { county, statistic } of exports) {
    if (statistic !== first.statistic) return fail('INVALID_INPUT', { field: 'statistic', county });
    if (seen.has(county)) return fail('INVALID_INPUT', { field: 'county', county });
    seen.add(county);
  }
  return ok(first.statistic);
}

/** One row per PSU with weight 1: its sums are the row's values. */
function cityDesign(exports: readonly CountyExport[], singlePsuRule: SinglePsuRule): Result<CityPsus> {
  const offsets: number[] = [];
  const psus: (FederatedPsu & { readonly id: string })[] = [];
  for (const { county, psus: sent } of exports) {
    offsets.push(psus.length);
    psus.push(...sent.map((psu) => ({ ...psu, id: JSON.stringify([county, psu.label]) })));
  }
  const finite = psus.some(({ populationCount }) => populationCount !== null);
  const values = psus.map(({ populationCount }) => populationCount ?? NaN);
  const strata = psus.every(({ stratum }) => stratum === '') ? null : psus.map(({ stratum }) => stratum);
  const design = createSurveyDesign({
    stages: [
      {
        units: psus.map(({ id }) => id),
        strata,
        finitePopulation: finite ? { kind: 'populationCount', values } : null,
      },
    ],
    weights: new Float64Array(psus.length).fill(1),
    singlePsuRule,
  });
  return design.ok ? ok({ design: design.value, offsets }) : design;
}

type DomainRequest = FederatedRequest & { readonly id: string; readonly statistic: StatisticId };

function combineDomain(
  exports: readonly CountyExport[],
  { design, offsets }: CityPsus,
  request: DomainRequest,
): Result<DomainEstimate> {
  const { id, statistic } = request;
  const empty = (): Float64Array => new Float64Array(design.rowCount);
  const [outcome, below, member] = [empty(), empty(), new Uint8Array(design.rowCount)];
  const whole = { respondents: 0, missing: 0, weight: 0, outcome: 0, squaredOutcome: 0 };
  exports.forEach(({ domains }, county) => {
    for (const cell of domains.find((domain) => domain.id === id)?.sums ?? []) {
      const row = (offsets[county] ?? 0) + cell.psu;
      member[row] = 1;
      outcome[row] = cell.respondents > 0 ? cell.outcome : NaN;
      below[row] = statistic === 'ratio' ? cell.denominator : cell.weight;
      whole.respondents += cell.respondents;
      whole.missing += cell.missing;
      whole.weight += cell.weight;
      whole.outcome += cell.outcome;
      whole.squaredOutcome += cell.squaredOutcome;
    }
  });
  const isTotal = statistic === 'total';
  const found = estimate(design, {
    statistic: isTotal ? 'total' : 'ratio',
    outcome,
    denominator: isTotal ? null : below,
    domain: member,
  });
  if (!found.ok) {
    const { code } = found.failure;
    if (code !== 'EMPTY_DOMAIN' && code !== 'EMPTY_DENOMINATOR') return found;
    const reason =
      code === 'EMPTY_DENOMINATOR' ? 'zeroDenominator' : whole.missing > 0 ? 'allMissing' : 'noRespondents';
    return ok({ id, status: 'empty', reason, respondentCount: 0 });
  }
  return ok({ id, status: 'estimated', estimate: cityRecord(found.value, whole, request) });
}

/** The PSU rows gave estimate and variance; counts, interval and design effect are those of the persons. */
function cityRecord(
  fromPsus: Estimate,
  whole: Omit<PsuSums, 'psu' | 'denominator'>,
  request: DomainRequest,
): Estimate {
  const numbers = {
    ...fromPsus,
    ...federatedEffect(fromPsus, whole, request),
    interval: federatedInterval(fromPsus, whole.respondents, request),
    respondentCount: whole.respondents,
    weightTotal: whole.weight,
  };
  return { ...numbers, diagnostics: federatedDiagnostics(numbers, fromPsus, { ...request, ...whole }) };
}
