/** Writes plain sheets: values and column widths only. Text is written as text, never as a formula. */
import { utils, write } from 'xlsx';
import type { SheetRows } from '@shared/importing/table';

const defaultWidth = 14;

/** Bytes of an .xlsx with the given sheets, in order. Sheet names must be unique and at most 31 characters. */
export function writeWorkbook(sheets: readonly SheetRows[]): Uint8Array {
  const book = utils.book_new();
  for (const { name, rows, widths } of sheets) {
    const sheet = utils.aoa_to_sheet(
      rows.map((row) => [...row]),
      { dense: true },
    );
    const columnCount = rows.reduce((most, row) => Math.max(most, row.length), 0);
    sheet['!cols'] = Array.from({ length: columnCount }, (_, column) => ({
      wch: widths?.[column] ?? defaultWidth,
    }));
    utils.book_append_sheet(book, sheet, name);
  }
  return write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Uint8Array;
}
