/**
 * What a county sends to the city instead of answers: weighted sums per PSU and domain. Plain data, ready for JSON.
 */
import { fail, ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import type { SurveyDesign } from './design/surveyDesign';
import { domainRows } from './domainRows';
import type { Domain } from './estimate';
import type { StatisticId } from './estimators/registry';

/** Weighted sums over the persons of one PSU in one domain. A sum over one person is that person's answer. */
export interface PsuSums {
  /** Position of the PSU in `psus`. */
  readonly psu: number;
  readonly respondents: number;
  /** Persons of the domain left out because a value is missing. */
  readonly missing: number;
  /** Sums of w, w y, w y^2 and, for a ratio, w x. */
  readonly weight: number;
  readonly outcome: number;
  readonly squaredOutcome: number;
  readonly denominator: number;
}

export interface FederatedPsu {
  readonly label: string;
  readonly stratum: string;
  /** PSUs in the frame of the stratum, city-wide; null when drawn with replacement. */
  readonly populationCount: number | null;
}

export interface CountyExport {
  readonly county: string;
  readonly statistic: StatisticId;
  /** Every PSU of the county, also those without persons of a domain. */
  readonly psus: readonly FederatedPsu[];
  readonly domains: readonly { readonly id: string; readonly sums: readonly PsuSums[] }[];
}

export interface ExportRequest {
  readonly county: string;
  readonly statistic: StatisticId;
  readonly outcome: Float64Array;
  readonly denominator?: Float64Array | null;
  /** The same domains, by id, in every county. */
  readonly domains: readonly Domain[];
  /** Frame count of PSUs per row, for designs without replacement. */
  readonly populationCount?: ArrayLike<number> | null;
  /**
   * Refuse a PSU x domain with fewer persons than this (and more than none). 3 or more when sums leave the county; mind
   * that domains which complete each other can be subtracted. 1 sends everything.
   */
  readonly minimumCellCount: number;
}

/**
 * Sums of one county. Strata in which the county alone has one PSU are no obstacle: build its design with the rule
 * `certainty`; the rule for the city is given to `combineCounties`.
 * Failures: INVALID_INPUT {field: 'design'} for several stages, calibrated weights or unequal probabilities without
 * replacement; INVALID_INPUT {field: 'domains', domain, psu, count} when a cell is below the smallest count.
 */
export function exportCounty(design: SurveyDesign, request: ExportRequest): Result<CountyExport> {
  const [first, second] = design.stages;
  if (first === undefined) throw new Error('a design has at least one stage');
  if (second !== undefined || design.calibration !== null || design.unequalProbabilities !== null) {
    return fail('INVALID_INPUT', { field: 'design' });
  }
  const psus = first.unitLabels.map((label, unit) => ({
    label,
    stratum: first.stratumLabels[at(first.stratumOfUnit, unit)] ?? '',
    populationCount: request.populationCount?.[first.unitOfRow.indexOf(unit)] ?? null,
  }));
  const domains: { id: string; sums: readonly PsuSums[] }[] = [];
  for (const { id, member } of request.domains) {
    const sums = sumsOf(design, request, member);
    const small = sums.find(({ respondents }) => respondents > 0 && respondents < request.minimumCellCount);
    if (small !== undefined) {
      const psu = psus[small.psu]?.label ?? '';
      return fail('INVALID_INPUT', { field: 'domains', domain: id, psu, count: small.respondents });
    }
    domains.push({ id, sums });
  }
  return ok({ county: request.county, statistic: request.statistic, psus, domains });
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const noSums = { respondents: 0, missing: 0, weight: 0, outcome: 0, squaredOutcome: 0, denominator: 0 };

function sumsOf(design: SurveyDesign, request: ExportRequest, member: Uint8Array): readonly PsuSums[] {
  const unitOfRow = design.stages[0]?.unitOfRow ?? new Int32Array(0);
  const { rows, missingRows } = domainRows(design, request, member);
  const sums = new Map<number, Writable<PsuSums>>();
  const sumsAt = (row: number): Writable<PsuSums> => {
    const psu = at(unitOfRow, row);
    const cell = sums.get(psu) ?? { psu, ...noSums };
    sums.set(psu, cell);
    return cell;
  };
  for (const row of rows) {
    const cell = sumsAt(row);
    const weight = at(design.weights, row);
    const y = at(request.outcome, row);
    cell.respondents++;
    cell.weight += weight;
    cell.outcome += weight * y;
    cell.squaredOutcome += weight * y * y;
    cell.denominator += weight * (request.denominator?.[row] ?? 0);
  }
  for (const row of missingRows) sumsAt(row).missing++;
  return [...sums.values()];
}
