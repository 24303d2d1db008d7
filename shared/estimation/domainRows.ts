/** Which rows of a design enter a domain estimate, and how many PSUs and strata they touch. */
import type { SurveyDesign } from './design/surveyDesign';
import { at } from '../numeric/typedArray';

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

/** Rows of the domain; `member` null means everyone. A missing value (NaN) puts a row outside the domain. */
export function domainRows(
  design: SurveyDesign,
  columns: DomainColumns,
  member: Uint8Array | null,
): DomainRows {
  const { outcome, denominator } = columns;
  requireLength(design, outcome);
  if (member !== null) requireLength(design, member);
  const candidates = memberRows(design, member);
  const isMissing = (row: number): boolean =>
    Number.isNaN(outcome[row]) || (denominator ? Number.isNaN(denominator[row]) : false);
  const missingRows = candidates.filter(isMissing);
  const rows = missingRows.length === 0 ? candidates : candidates.filter((row) => !isMissing(row));
  return { rows, missingRows };
}

/** Rows of the domain with a weight; counted first, because domains are small beside the design. */
function memberRows(design: SurveyDesign, member: Uint8Array | null): Int32Array {
  const { weights, rowCount } = design;
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if ((member === null || member[row] !== 0) && weights[row] !== 0) count++;
  }
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; next < count; row++) {
    if ((member === null || member[row] !== 0) && weights[row] !== 0) rows[next++] = row;
  }
  return rows;
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
  for (const row of rows) {
    const unit = at(first.unitOfRow, row);
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
  for (let i = 0; i < rows.length; i++) picked[i] = at(column, at(rows, i));
  return picked;
}
