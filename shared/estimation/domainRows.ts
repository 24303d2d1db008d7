/** Which rows of a design enter a domain estimate, and how many PSUs and strata they touch. */
import { rowsByCode } from './design/idColumn';
import type { SurveyDesign } from './design/surveyDesign';
import { at, floatAt, intAt } from '../numeric/typedArray';

export interface DomainColumns {
  readonly outcome: Float64Array;
  readonly denominator?: Float64Array | null | undefined;
}

export interface DomainRows {
  /** Rows with a weight, inside the domain, with outcome and denominator. */
  readonly rows: Int32Array;
  /** Weighted rows of the domain left out because a value is missing. */
  readonly missingRows: Int32Array;
}

/** One domain by its rows; domains of a list may overlap. */
export interface Domain {
  readonly id: string;
  /** 1 = in the domain, one per row. */
  readonly member: Uint8Array;
}

/** Domains that do not overlap, coded: one look at every row instead of one look per row and domain. */
export interface CodedDomains {
  readonly ids: readonly string[];
  /** Position in `ids` of every row's domain; negative for a row in none. */
  readonly domainOfRow: Int32Array;
}

export type Domains = readonly Domain[] | CodedDomains;

const isCoded = (domains: Domains): domains is CodedDomains => 'domainOfRow' in domains;

/** Rows of the domain; `member` null means everyone. A missing value (NaN) puts a row outside the domain. */
export function domainRows(
  design: SurveyDesign,
  columns: DomainColumns,
  member: Uint8Array | null,
): DomainRows {
  requireLength(design, columns.outcome);
  if (member !== null) requireLength(design, member);
  return splitMissing(columns, memberRows(design, member));
}

/** Rows of every domain, one after the other, in the order of the ids. */
export function* domainRowsOf(
  design: SurveyDesign,
  columns: DomainColumns,
  domains: Domains,
): Generator<DomainRows & { readonly id: string }> {
  if (!isCoded(domains)) {
    for (const { id, member } of domains) yield { id, ...domainRows(design, columns, member) };
    return;
  }
  requireLength(design, columns.outcome);
  requireLength(design, domains.domainOfRow);
  const { rows, starts } = rowsByCode(weightedCodes(design, domains), domains.ids.length);
  for (const [code, id] of domains.ids.entries()) {
    yield { id, ...splitMissing(columns, rows.subarray(at(starts, code), at(starts, code + 1))) };
  }
}

/** Domain of every row with a weight, -1 for the others. */
function weightedCodes({ weights }: SurveyDesign, { ids, domainOfRow }: CodedDomains): Int32Array {
  const codes = new Int32Array(domainOfRow.length);
  for (let row = 0; row < codes.length; row++) {
    const code = intAt(domainOfRow, row);
    if (code >= ids.length) throw new Error('a row lies in a domain without an id');
    codes[row] = weights[row] === 0 ? -1 : code;
  }
  return codes;
}

/** Rows of the domain with a weight. */
function memberRows(design: SurveyDesign, member: Uint8Array | null): Int32Array {
  const { weights, rowCount } = design;
  const rows = new Int32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if ((member === null || member[row] !== 0) && weights[row] !== 0) rows[count++] = row;
  }
  return rows.slice(0, count);
}

function splitMissing({ outcome, denominator }: DomainColumns, candidates: Int32Array): DomainRows {
  const isMissing = (row: number): boolean =>
    Number.isNaN(outcome[row]) || (denominator ? Number.isNaN(denominator[row]) : false);
  return candidates.findIndex(isMissing) < 0
    ? { rows: candidates, missingRows: new Int32Array(0) }
    : { rows: candidates.filter((row) => !isMissing(row)), missingRows: candidates.filter(isMissing) };
}

function requireLength(design: SurveyDesign, column: { readonly length: number }): void {
  if (column.length !== design.rowCount) throw new Error('one value per row of the design is required');
}

export interface DomainSize {
  readonly psuCount: number;
  readonly stratumCount: number;
}

/**
 * R's degrees of freedom of a domain: PSUs with domain rows minus strata with domain rows. Rows whose outcome is
 * missing keep their PSU in the count, but at least one stratum must have outcomes from two PSUs: else 0.
 */
export function domainDegreesOfFreedom(design: SurveyDesign, selected: DomainRows, size: DomainSize): number {
  if (size.psuCount <= size.stratumCount || selected.missingRows.length === 0) {
    return size.psuCount - size.stratumCount;
  }
  const all = new Int32Array(selected.rows.length + selected.missingRows.length);
  all.set(selected.rows);
  all.set(selected.missingRows, selected.rows.length);
  const whole = domainSize(design, all);
  return whole.psuCount - whole.stratumCount;
}

/** PSUs and first-stage strata that have at least one of the rows. */
export function domainSize(design: SurveyDesign, rows: Int32Array): DomainSize {
  const first = design.stages[0];
  if (first === undefined) throw new Error('a design has at least one stage');
  const seenUnits = new Uint8Array(first.unitCount);
  const seenStrata = new Uint8Array(first.stratumCount);
  let psuCount = 0;
  let stratumCount = 0;
  for (let i = 0; i < rows.length; i++) {
    const unit = intAt(first.unitOfRow, intAt(rows, i));
    if (seenUnits[unit] === 1) continue;
    seenUnits[unit] = 1;
    psuCount++;
    const stratum = at(first.stratumOfUnit, unit);
    if (seenStrata[stratum] === 0) {
      seenStrata[stratum] = 1;
      stratumCount++;
    }
  }
  return { psuCount, stratumCount };
}

/** The values of `column` at `rows`. */
export function pick(column: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = floatAt(column, intAt(rows, i));
  return picked;
}
