/** Turns guarded workbook parts into plain tables. Cached results of formulas are never used. */
import { read, SSF, type CellObject, type WorkBook, type WorkSheet } from 'xlsx';
import { fail, ok, type Result } from '@shared/domain/result';
import { columnLetter, type Cell, type Table, type TableWorkbook } from '@shared/importing/table';
import { packStored } from './storedZip';

/** Rows × columns of one sheet: reliability.md §6.5. */
export const maximumCells = 2_000_000;

interface DateParts {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly H: number;
  readonly M: number;
  readonly S: number;
}

/** The two untyped helpers of the library we need to tell dates from numbers. */
const numberFormats = SSF as {
  is_date(format: string): boolean;
  parse_date_code(value: number, options: { date1904: boolean }): DateParts | null;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** ISO text of a serial date; the time only when it is not midnight. */
function dateText(value: number, date1904: boolean): string | null {
  const parts = numberFormats.parse_date_code(value, { date1904 });
  if (!parts) return null;
  const time = [parts.H, parts.M, parts.S].map(twoDigits).join(':');
  if (value < 1) return time;
  const date = `${String(parts.y)}-${twoDigits(parts.m)}-${twoDigits(parts.d)}`;
  return time === '00:00:00' ? date : `${date} ${time}`;
}

/** Error values by their code in the file format (ECMA-376 18.18.11). */
const errorTexts: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

function numberCell(cell: CellObject, date1904: boolean): Cell {
  const value = Number(cell.v);
  const isDate = cell.z !== undefined && numberFormats.is_date(String(cell.z));
  return (isDate ? dateText(value, date1904) : null) ?? value;
}

function toCell(cell: CellObject | undefined, date1904: boolean): Cell {
  if (!cell) return null;
  if (cell.f !== undefined || cell.F !== undefined) return { formula: true };
  if (cell.v === undefined) return null;
  if (cell.t === 'n') return numberCell(cell, date1904);
  if (cell.t === 'b') return Boolean(cell.v);
  if (cell.t === 'e') return errorTexts[Number(cell.v)] ?? '#ERROR!';
  const value = String(cell.v);
  return value.trim() === '' ? null : value;
}

/** Dense rows of the library: sparse arrays, so that one far cell costs nothing. */
const denseRows = (sheet: WorkSheet): (CellObject[] | undefined)[] =>
  (sheet as { '!data'?: (CellObject[] | undefined)[] })['!data'] ?? [];

interface Extent {
  readonly filled: readonly (readonly [row: number, column: number, cell: Cell])[];
  readonly rowCount: number;
  readonly columnCount: number;
}

/** Cells that hold something, visited without walking the holes between them. */
function filledCells(sheet: WorkSheet, date1904: boolean): Extent {
  const filled: [number, number, Cell][] = [];
  let rowCount = 0;
  let columnCount = 0;
  denseRows(sheet).forEach((cells, row) => {
    cells?.forEach((source, column) => {
      const cell = toCell(source, date1904);
      if (cell === null) return;
      filled.push([row, column, cell]);
      rowCount = Math.max(rowCount, row + 1);
      columnCount = Math.max(columnCount, column + 1);
    });
  });
  return { filled, rowCount, columnCount };
}

function toTable(name: string, sheet: WorkSheet, date1904: boolean): Result<Table> {
  const { filled, rowCount, columnCount } = filledCells(sheet, date1904);
  if (rowCount * columnCount > maximumCells) {
    const lastCell = `${columnLetter(columnCount - 1)}${String(rowCount)}`;
    return fail('SHEET_TOO_LARGE', {
      sheet: name,
      rows: rowCount,
      columns: columnCount,
      lastCell,
      limit: maximumCells,
    });
  }
  const rows: Cell[][] = Array.from({ length: rowCount }, () => new Array<Cell>(columnCount).fill(null));
  for (const [row, column, cell] of filled) {
    const target = rows[row];
    if (target) target[column] = cell;
  }
  return ok({ name, rows, rowCount, columnCount });
}

function parse(parts: ReadonlyMap<string, Buffer>): WorkBook | null {
  try {
    return read(packStored(parts), {
      type: 'buffer',
      dense: true,
      cellFormula: true,
      cellNF: true,
      cellHTML: false,
      cellText: false,
      cellDates: false,
    });
  } catch {
    return null; // the library throws plain errors for every kind of damage
  }
}

/** Tables of all sheets. Fails with FILE_DAMAGED, FILE_EMPTY or SHEET_TOO_LARGE. */
export function readXlsx(parts: ReadonlyMap<string, Buffer>): Result<TableWorkbook> {
  const book = parse(parts);
  if (!book) return fail('FILE_DAMAGED');
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets: Table[] = [];
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name];
    if (!sheet) continue;
    const table = toTable(name, sheet, date1904);
    if (!table.ok) return table;
    sheets.push(table.value);
  }
  return sheets.every((sheet) => sheet.rowCount === 0) ? fail('FILE_EMPTY') : ok({ sheets });
}
