/** Finds the header row of an item sheet and which column holds what. */
import { fold } from '../../importing/normalise';
import type { Cell, Table } from '../../importing/table';
import { cellText, isBlank } from '../../importing/table';
import { columnText, furtherColumnText } from '../../texts/itemTableTexts';
import type { ColumnText } from '../../texts/itemTableTexts';
import type { FurtherSheet, ItemColumn } from './itemColumns';
import { furtherSheets, itemColumns, mostReferences } from './itemColumns';

/** Header without what may surround it: *, a bracketed remark, blanks, width and case. */
const headerKey = (text: string): string =>
  fold(text)
    .replace(/[(（【[][^)）】\]]*[)）】\]]/gu, '')
    .replace(/[*:：]/gu, '');

export interface PlacedColumn extends ItemColumn {
  /** 0-based. */
  readonly index: number;
  readonly text: ColumnText;
}

export interface SheetHeader {
  /** 1-based row of the header. */
  readonly row: number;
  readonly columns: readonly PlacedColumn[];
  /** Second columns of one meaning. */
  readonly repeated: readonly PlacedColumn[];
  /** 0-based columns that have content below an unknown header. */
  readonly unknown: readonly number[];
  /** 1-based first row of data. */
  readonly firstRow: number;
}

type Known = ReadonlyMap<string, { readonly column: ItemColumn; readonly text: ColumnText }>;

function dictionary(columns: readonly ItemColumn[], textOf: (path: string) => ColumnText): Known {
  const known = new Map<string, { column: ItemColumn; text: ColumnText }>();
  const add = (name: string, column: ItemColumn, text: ColumnText): void => {
    if (!known.has(headerKey(name))) known.set(headerKey(name), { column, text });
  };
  // Headers first: another column's further name never takes the place of a header.
  for (const column of columns) add(textOf(column.path).header, column, textOf(column.path));
  for (const column of columns)
    for (const name of textOf(column.path).names) add(name, column, textOf(column.path));
  return known;
}

const itemDictionary = dictionary(itemColumns(mostReferences), columnText);
const furtherDictionaries = Object.fromEntries(
  Object.entries(furtherSheets).map(([sheet, columns]) => [
    sheet,
    dictionary(columns, (path) => furtherColumnText(sheet, path)),
  ]),
) as Readonly<Record<FurtherSheet, Known>>;

const searchedRows = 10;
const fewestColumns = 2;

function placedColumns(cells: readonly Cell[], known: Known): readonly PlacedColumn[] {
  return cells.flatMap((cell, index) => {
    const found = known.get(headerKey(cellText(cell)));
    return found === undefined ? [] : [{ ...found.column, text: found.text, index }];
  });
}

const firstOfPath = (columns: readonly PlacedColumn[]): readonly PlacedColumn[] =>
  columns.filter(({ path }, index) => columns.findIndex((each) => each.path === path) === index);

/** The row below the header when it repeats our notes. */
function isNotesRow(cells: readonly Cell[], columns: readonly PlacedColumn[]): boolean {
  const filled = columns.filter(({ index }) => !isBlank(cells[index]));
  const notes = filled.filter(({ index, text }) => fold(cellText(cells[index])) === fold(text.note));
  return notes.length >= fewestColumns && notes.length * 2 > filled.length;
}

function findHeader(table: Table, known: Known): SheetHeader | null {
  const rows = table.rows.slice(0, searchedRows).map((cells) => placedColumns(cells, known));
  const most = rows.reduce((best, columns) => Math.max(best, columns.length), 0);
  const at = rows.findIndex((columns) => columns.length === most);
  const placed = rows[at] ?? [];
  if (placed.length < fewestColumns) return null;
  const columns = firstOfPath(placed);
  const firstRow = isNotesRow(table.rows[at + 1] ?? [], columns) ? at + 3 : at + 2;
  const data = table.rows.slice(firstRow - 1);
  const indexes = Array.from({ length: table.columnCount }, (_, index) => index);
  return {
    row: at + 1,
    columns,
    repeated: placed.filter((each) => !columns.includes(each)),
    unknown: indexes.filter(
      (index) => !placed.some((each) => each.index === index) && data.some((cells) => !isBlank(cells[index])),
    ),
    firstRow,
  };
}

/** Header of a sheet of items; null when it has no 题干. */
export function findItemHeader(table: Table): SheetHeader | null {
  const header = findHeader(table, itemDictionary);
  return header?.columns.some(({ path }) => path === 'stem') === true ? header : null;
}

/** Header of a further sheet; null when it is none. */
export const findFurtherHeader = (table: Table, sheet: FurtherSheet): SheetHeader | null =>
  findHeader(table, furtherDictionaries[sheet]);
