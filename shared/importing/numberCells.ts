/** Numbers and dates of a cell. Text that only looks like a number to a person ('约3') is not one. */
import { fold } from './normalise';
import { read, refuse, type CellReading } from './problems';
import { cellText, type Cell } from './table';

const plainNumber = /^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e[+-]?\d+)?$/;

/** Finite number of a cell, with thousands separators allowed; null when it is none. */
export function numberOf(cell: Cell): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell !== 'string') return null;
  const folded = fold(cell);
  if (!/\d/.test(folded) || !plainNumber.test(folded)) return null;
  const value = Number(folded.replaceAll(',', ''));
  return Number.isFinite(value) ? value : null;
}

export function readNumber(cell: Cell): CellReading<number> {
  const value = numberOf(cell);
  return value === null ? refuse('NUMBER_EXPECTED') : read(value);
}

/** A weight: finite and above zero. Text and non-positive values are two different errors. */
export function readWeight(cell: Cell): CellReading<number> {
  const value = numberOf(cell);
  if (value === null) return refuse('WEIGHT_NOT_NUMBER');
  return value > 0 ? read(value) : refuse('WEIGHT_NOT_POSITIVE');
}

/** Population count of sampling units: a number above zero. */
export function readCount(cell: Cell): CellReading<number> {
  const value = numberOf(cell);
  return value !== null && value > 0 ? read(value) : refuse('COUNT_NOT_POSITIVE');
}

/** Completed years, 0..120; `35岁` and `35周岁` are understood. */
export function readAge(cell: Cell): CellReading<number> {
  const text = typeof cell === 'string' ? fold(cell).replace(/(周岁|岁)$/u, '') : cell;
  const value = numberOf(text);
  const isAge = value !== null && Number.isInteger(value) && value >= 0 && value <= 120;
  return isAge ? read(value) : refuse('AGE_NOT_VALID');
}

export interface YearMonth {
  readonly year: number;
  readonly month: number | null;
}

/** Blanks are already folded away, so a time of day follows its day directly. */
const yearMonthForms: readonly RegExp[] = [
  /^(\d{4})年?$/u,
  /^(\d{4})[-/.年](\d{1,2})月?$/u,
  /^(\d{4})[-/.年](\d{1,2})[-/.月]\d{1,2}日?(?:t?\d{1,2}:[\d:.]+(?:z|[+-][\d:]+)?|\d:[\d:.]+|:[\d:.]+)?$/u,
  /^(\d{4})(0[1-9]|1[0-2])(?:\d{2})?$/,
];

function yearMonthOf(cell: Cell): YearMonth | null {
  const folded = fold(cellText(cell));
  const match = yearMonthForms.map((form) => form.exec(folded)).find((found) => found !== null);
  if (!match) return null;
  const month = match[2] === undefined ? null : Number(match[2]);
  const isMonth = month === null || (month >= 1 && month <= 12);
  return isMonth ? { year: Number(match[1]), month } : null;
}

/** Birth year with month when given: `1990-05`, `199005`, `1990年5月`, a date cell, or the year alone. */
export function readBirth(cell: Cell): CellReading<YearMonth> {
  const value = yearMonthOf(cell);
  return value && value.year >= 1900 && value.year <= 2100 ? read(value) : refuse('BIRTH_NOT_VALID');
}

/** Year and month of an interview date such as `2026-03-15 10:20` or `2026/3/15`. */
export function readInterviewMonth(cell: Cell): CellReading<YearMonth> {
  const value = yearMonthOf(cell);
  const isDate = value !== null && value.month !== null && value.year >= 2000 && value.year <= 2100;
  return isDate ? read(value) : refuse('DATE_NOT_VALID');
}

/**
 * Completed years from two months; an unknown birth month counts as July (question-bank-spec S1), the birth month
 * itself as already celebrated.
 * @example ageFromMonths({ year: 1990, month: 5 }, { year: 2026, month: 4 }) === 35
 */
export function ageFromMonths(birth: YearMonth, interview: YearMonth): number {
  const isBeforeBirthday = (interview.month ?? 7) < (birth.month ?? 7);
  return interview.year - birth.year - (isBeforeBirthday ? 1 : 0);
}
