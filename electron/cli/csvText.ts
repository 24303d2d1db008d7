/** CSV for spreadsheets: UTF-8 with mark, CRLF, quoted where needed, and no text that a spreadsheet would calculate. */
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
