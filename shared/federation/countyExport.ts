/**
 * What a county sends to the city instead of answers: weighted sums per PSU and domain. Plain data, ready for JSON.
 * Three ways of weighting: final weights; weights the county calibrated to its own margins (it then sends what its
 * calibration leaves of every PSU total); base weights for a calibration of the whole city, split by calibration cell.
 */
import { fail, ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import type { SurveyDesign } from '../estimation/design/surveyDesign';
import { domainRows } from '../estimation/domainRows';
import type { Domain } from '../estimation/estimate';
import type { StatisticId } from '../estimation/estimators/registry';
import { influenceTotals } from '../estimation/variance/linearised';

export type FederatedCalibration = 'none' | 'county' | 'city';

/** Weighted sums over the persons of one row in one domain. A sum over one person is that person's answer. */
export interface PsuSums {
  /** Position in `rows`. */
  readonly row: number;
  readonly respondents: number;
  /** Persons of the domain left out because a value is missing. */
  readonly missing: number;
  /** Sums of w, w y, w y^2 and, for a ratio, w x. */
  readonly weight: number;
  readonly outcome: number;
  readonly squaredOutcome: number;
  readonly denominator: number;
}

/** PSU totals of w, w y and w x in the domain after removing the fit on the county's calibration variables. */
export interface PsuResiduals {
  readonly weight: number;
  readonly outcome: number;
  readonly denominator: number;
}

export interface FederatedPsu {
  readonly label: string;
  readonly stratum: string;
  /** PSUs in the frame of the stratum, city-wide; null when drawn with replacement. */
  readonly populationCount: number | null;
}

/** All persons of a PSU, or of one calibration cell in it. */
export interface FederatedRow {
  readonly psu: number;
  /** Position in `cells`. */
  readonly cell: number;
  readonly respondents: number;
  readonly weight: number;
}

export interface FederatedDomain {
  readonly id: string;
  readonly sums: readonly PsuSums[];
  /** One per PSU in the order of `psus`; null unless the county calibrated. */
  readonly residuals: readonly PsuResiduals[] | null;
}

export interface CountyExport {
  readonly county: string;
  readonly statistic: StatisticId;
  readonly calibration: FederatedCalibration;
  /** Every PSU of the county, also those without persons of a domain. */
  readonly psus: readonly FederatedPsu[];
  readonly cellVariables: readonly string[];
  /** Categories of every calibration cell, one per variable; a single empty one without a city calibration. */
  readonly cells: readonly (readonly string[])[];
  readonly rows: readonly FederatedRow[];
  readonly domains: readonly FederatedDomain[];
}

/** Category of every respondent row by calibration variable. */
export type CellColumns = Readonly<Record<string, readonly string[]>>;

export interface ExportRequest {
  readonly county: string;
  readonly statistic: StatisticId;
  readonly outcome: Float64Array;
  readonly denominator?: Float64Array | null;
  /** The same domains, by id, in every county. */
  readonly domains: readonly Domain[];
  /** Frame count of PSUs per row, for designs without replacement. */
  readonly populationCount?: ArrayLike<number> | null;
  /** Set when the city will calibrate: the design's weights are then base weights. */
  readonly cells?: CellColumns | null;
  /**
   * Refuse a PSU x cell x domain with fewer persons than this (and more than none), and one whose rest in the row is
   * that small, because it could be subtracted. 3 or more when sums leave the county; 1 sends everything.
   */
  readonly minimumCellCount: number;
}

interface Layout {
  readonly psus: readonly FederatedPsu[];
  readonly cells: readonly (readonly string[])[];
  readonly rows: readonly FederatedRow[];
  readonly rowOfPerson: Int32Array;
}

/**
 * Sums of one county. Strata in which the county alone has one PSU are no obstacle: build its design with the rule
 * `certainty`; the rule for the city is given to `combineCounties`.
 * Failures: INVALID_INPUT {field: 'design'} for several stages, unequal probabilities without replacement, or cells
 * on top of calibrated weights; FEDERATION_CELLS_SMALL {domain, psu, count} when a cell is below the smallest count.
 */
export function exportCounty(design: SurveyDesign, request: ExportRequest): Result<CountyExport> {
  if (!canBeSummed(design, request)) return fail('INVALID_INPUT', { field: 'design' });
  const layout = layoutOf(design, request);
  const domains: FederatedDomain[] = [];
  for (const { id, member } of request.domains) {
    const sums = sumsOf(design, { request, layout }, member);
    const small = smallSum(sums, layout.rows, request.minimumCellCount);
    if (small !== null) {
      const psu = layout.psus[layout.rows[small.row]?.psu ?? 0]?.label ?? '';
      return fail('FEDERATION_CELLS_SMALL', { domain: id, psu, count: small.count });
    }
    domains.push({ id, sums, residuals: residualsOf(design, request, member) });
  }
  return ok({
    county: request.county,
    statistic: request.statistic,
    calibration: calibrationOf(design, request),
    psus: layout.psus,
    cellVariables: Object.keys(request.cells ?? {}),
    cells: layout.cells,
    rows: layout.rows,
    domains,
  });
}

function canBeSummed(
  { stages, calibration, unequalProbabilities }: SurveyDesign,
  request: ExportRequest,
): boolean {
  const isCalibratedTwice = calibration !== null && (request.cells ?? null) !== null;
  return stages.length === 1 && !isCalibratedTwice && unequalProbabilities === null;
}

function calibrationOf(design: SurveyDesign, request: ExportRequest): FederatedCalibration {
  if ((request.cells ?? null) !== null) return 'city';
  return design.calibration === null ? 'none' : 'county';
}

/** The first sum, or rest of a row, over too few persons. */
function smallSum(
  sums: readonly PsuSums[],
  rows: readonly FederatedRow[],
  minimum: number,
): { readonly row: number; readonly count: number } | null {
  const isSmall = (count: number): boolean => count > 0 && count < minimum;
  for (const { row, respondents, missing } of sums) {
    const rest = (rows[row]?.respondents ?? 0) - respondents - missing;
    if (isSmall(respondents)) return { row, count: respondents };
    if (isSmall(rest)) return { row, count: rest };
  }
  return null;
}

/** PSUs, calibration cells and their crossing, in order of appearance; every PSU has a row. */
function layoutOf(design: SurveyDesign, request: ExportRequest): Layout {
  const [first] = design.stages;
  if (first === undefined) throw new Error('a design has at least one stage');
  const psus = first.unitLabels.map((label, unit) => ({
    label,
    stratum: first.stratumLabels[at(first.stratumOfUnit, unit)] ?? '',
    populationCount: request.populationCount?.[first.unitOfRow.indexOf(unit)] ?? null,
  }));
  const columns = Object.values(request.cells ?? {});
  const cellNumbers = new Map<string, number>();
  const cells: (readonly string[])[] = [];
  const rowNumbers = new Map<string, number>();
  const rows: Writable<FederatedRow>[] = [];
  const rowOfPerson = first.unitOfRow.map((psu, person) => {
    const categories = columns.map((column) => column[person] ?? '');
    const cell = numberOf(cellNumbers, JSON.stringify(categories), () => cells.push(categories));
    const row = numberOf(rowNumbers, `${psu}/${cell}`, () => {
      rows.push({ psu, cell, respondents: 0, weight: 0 });
    });
    const found = rows[row];
    const weight = at(design.weights, person);
    if (found !== undefined && weight !== 0) {
      found.respondents++;
      found.weight += weight;
    }
    return row;
  });
  return { psus, cells, rows, rowOfPerson };
}

/** Number of a key in order of first appearance. */
function numberOf(known: Map<string, number>, key: string, onNew: () => unknown): number {
  const found = known.get(key);
  if (found !== undefined) return found;
  const number = known.size;
  known.set(key, number);
  onNew();
  return number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const noSums = { respondents: 0, missing: 0, weight: 0, outcome: 0, squaredOutcome: 0, denominator: 0 };

function sumsOf(
  design: SurveyDesign,
  { request, layout }: { readonly request: ExportRequest; readonly layout: Layout },
  member: Uint8Array,
): readonly PsuSums[] {
  const { rows, missingRows } = domainRows(design, request, member);
  const sums = new Map<number, Writable<PsuSums>>();
  const sumsAt = (person: number): Writable<PsuSums> => {
    const row = at(layout.rowOfPerson, person);
    const sum = sums.get(row) ?? { row, ...noSums };
    sums.set(row, sum);
    return sum;
  };
  for (const person of rows) {
    const sum = sumsAt(person);
    const weight = at(design.weights, person);
    const y = at(request.outcome, person);
    sum.respondents++;
    sum.weight += weight;
    sum.outcome += weight * y;
    sum.squaredOutcome += weight * y * y;
    sum.denominator += weight * (request.denominator?.[person] ?? 0);
  }
  for (const person of missingRows) sumsAt(person).missing++;
  return [...sums.values()];
}

/** The fit is linear in the outcome, so the city can put its own ratio together from the parts. */
function residualsOf(
  design: SurveyDesign,
  request: ExportRequest,
  member: Uint8Array,
): readonly PsuResiduals[] | null {
  if (design.calibration === null) return null;
  const { rows } = domainRows(design, request, member);
  const totals = (value: (person: number) => number): Float64Array =>
    influenceTotals(design, rows, Float64Array.from(rows, value));
  const weight = totals(() => 1);
  const outcome = totals((person) => at(request.outcome, person));
  const denominator = totals((person) => request.denominator?.[person] ?? 0);
  return Array.from(weight, (value, psu) => ({
    weight: value,
    outcome: at(outcome, psu),
    denominator: at(denominator, psu),
  }));
}
