/** A sheet as the reading code gives it, turned into a data table: the first row names the columns. */
import { fail, ok, type Result } from '../domain/result';
import { cellText, columnLetter, isBlank, isFormula, type Table } from '../importing/table';
import type { DataTable } from './dataTable';

/**
 * Cells as texts without surrounding blanks; texts of `missing` and blank cells become ''. Columns without a name and
 * rows without any cell are left out.
 * Failures: FILE_EMPTY; SPEC_COLUMN_EXISTS {column} for a name that occurs twice; SPEC_FORMULA_CELL {cell}.
 */
export function tableOfSheet(sheet: Table, missing: readonly string[]): Result<DataTable> {
  const [header = [], ...body] = sheet.rows;
  const named = header.flatMap((cell, column) => {
    const name = cellText(cell);
    return name === '' ? [] : [{ name, column }];
  });
  if (named.length === 0) return fail('FILE_EMPTY');
  const names = named.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return fail('SPEC_COLUMN_EXISTS', { column: twice });
  const rows = body.filter((row) => !row.every(isBlank));
  for (const { column } of named) {
    const formula = body.findIndex((row) => isFormula(row[column] ?? null));
    if (formula >= 0) return fail('SPEC_FORMULA_CELL', { cell: `${columnLetter(column)}${formula + 2}` });
  }
  const absent = new Set(missing);
  const columns = named.map(({ name, column }): [string, readonly string[]] => [
    name,
    rows.map((row) => {
      const text = cellText(row[column]);
      return absent.has(text) ? '' : text;
    }),
  ]);
  return ok({ rowCount: rows.length, columns: Object.fromEntries(columns) });
}
