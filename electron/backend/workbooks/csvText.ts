/** CSV for spreadsheets: UTF-8 with mark, CRLF, quoted where needed, and no text that a spreadsheet would calculate. */
import type { DataTable } from '@shared/analysisSpec/dataTable';

export type CsvValue = string | number | boolean | null;

/** Text beginning like a formula gets an apostrophe in front (OWASP: CSV injection). */
const formulaStart = /^[=+\-@\t\r]/;

function field(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvText = (rows: readonly (readonly CsvValue[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;

/** Header and rows of a data table; a missing number is an empty field. */
export function tableRows({ rowCount, columns }: DataTable): readonly (readonly CsvValue[])[] {
  const names = Object.keys(columns);
  const valueOf = (name: string, row: number): CsvValue => {
    const value = columns[name]?.[row] ?? null;
    return typeof value === 'number' && Number.isNaN(value) ? null : value;
  };
  return [names, ...Array.from({ length: rowCount }, (_, row) => names.map((name) => valueOf(name, row)))];
}
