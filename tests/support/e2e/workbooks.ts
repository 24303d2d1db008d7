/** Workbooks as a person's Excel would make them, by a library the product does not read with here. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils, write } from 'xlsx';
import type { WorkBook } from 'xlsx';
import { freshDataDir } from './dataDir';

export type Cell = string | number | null;
export type Rows = Cell[][];

export const readBook = (bytes: Buffer): WorkBook => read(bytes);

export function sheetRows(book: WorkBook, name: string): Rows {
  const sheet = book.Sheets[name];
  if (sheet === undefined) throw new Error(`no sheet ${name} among ${book.SheetNames.join('、')}`);
  return utils.sheet_to_json<Cell[]>(sheet, { header: 1, defval: null });
}

/** Every cell of the workbook, row after row. */
export const allCells = (book: WorkBook): Cell[] =>
  book.SheetNames.flatMap((name) => sheetRows(book, name).flat());

/** Writes a file under its own folder and returns its path. */
export function writeFile(name: string, bytes: Uint8Array): string {
  const path = join(freshDataDir(), name);
  writeFileSync(path, bytes);
  return path;
}

export function writeBook(
  name: string,
  sheet: string,
  rows: Rows,
  change?: (book: WorkBook) => void,
): string {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), sheet);
  change?.(book);
  return writeFile(name, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
}

export interface FilledTemplate {
  readonly headers: readonly string[];
  readonly rows: Rows;
  /** Zero-based column whose header matches; throws when there is none. */
  readonly column: (pattern: RegExp) => number;
}

/** The product's template with so many respondents, made from its own first example row. */
export function fillTemplate(
  template: Buffer,
  respondents: number,
  units: readonly string[],
): FilledTemplate {
  const [headerRow, example] = sheetRows(readBook(template), '填写示例');
  if (headerRow === undefined || example === undefined) throw new Error('the template has no example');
  const headers = headerRow.map(String);
  const column = (pattern: RegExp): number => {
    const found = headers.findIndex((header) => pattern.test(header));
    if (found < 0) throw new Error(`no column ${String(pattern)} in ${headers.join('、')}`);
    return found;
  };
  const set = (row: Cell[], pattern: RegExp, cell: Cell): void => void (row[column(pattern)] = cell);
  const rows = Array.from({ length: respondents }, (_, index) => {
    const row = headers.map((_header, place) => example[place] ?? null);
    const unit = index % units.length;
    set(row, /样本编号/, `T${String(index + 1).padStart(4, '0')}`);
    set(row, /区县|镇街|地区/, units[unit] ?? null);
    set(row, /^层/, `层${unit + 1}`);
    set(row, /初级单元(?!总)/, `村居${unit + 1}-${(Math.floor(index / units.length) % 4) + 1}`);
    set(row, /权/, 100 + index);
    return row;
  });
  return { headers, rows, column };
}
