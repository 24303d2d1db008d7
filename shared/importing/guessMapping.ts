/** First proposal for a mapping: header row, meaning of every column, how sure we are and why. */
import type { ImportContext, ImportItem } from './context';
import {
  createHeaderDictionary,
  recogniseHeader,
  type GuessReason,
  type HeaderDictionary,
  type HeaderGuess,
} from './headers';
import { fold } from './normalise';
import type { Mapping, MappedColumn } from './mapping';
import { meaningKey } from './roles';
import { cellText, type Cell, type Table, type TableWorkbook } from './table';

export interface GuessedColumn extends MappedColumn {
  readonly header: string;
  /** 0..1; below 0.8 a person should confirm. */
  readonly confidence: number;
  readonly reason: GuessReason;
}

export interface GuessedMapping extends Mapping {
  readonly columns: readonly GuessedColumn[];
}

/** Rows above the headers that a title and a form header may take. */
const headerSearchRows = 15;

const headerGuesses = (row: readonly Cell[], dictionary: HeaderDictionary): HeaderGuess[] =>
  row.map((cell) => recogniseHeader(cellText(cell), dictionary));

/** Different meanings a row would give if it were the header row. */
function recognisedCount(row: readonly Cell[], dictionary: HeaderDictionary): number {
  const keys = headerGuesses(row, dictionary).map((guess) =>
    guess.reason === 'PLATFORM_COLUMN' ? 'platform' : meaningKey(guess) || `number:${String(guess.number)}`,
  );
  return new Set(keys.filter((key) => key !== 'number:null')).size;
}

function findRow(table: Table, dictionary: HeaderDictionary): { row: number; recognised: number } {
  let best = {
    row: Math.max(
      0,
      table.rows.findIndex((row) => row.some((cell) => cellText(cell) !== '')),
    ),
    recognised: 0,
  };
  table.rows.slice(0, headerSearchRows).forEach((row, index) => {
    const recognised = recognisedCount(row, dictionary);
    if (recognised > best.recognised) best = { row: index, recognised };
  });
  return best;
}

/**
 * Gives numbered columns their items. When the file numbers background questions too, item numbers are shifted;
 * then the numbered columns left over are the items in form order, provided there are exactly as many.
 */
function placeNumbered(guesses: readonly HeaderGuess[], items: readonly ImportItem[]): HeaderGuess[] {
  const ordered = [...items].sort((a, b) => a.position - b.position);
  const isShifted = guesses.some(({ reason }) => reason === 'NUMBERED_NAME');
  const numbered = guesses.filter(({ number }) => number !== null);
  const byOrder = isShifted && numbered.length === ordered.length;
  return guesses.map((guess) => {
    if (guess.number === null || (isShifted && !byOrder)) return guess;
    const item = byOrder
      ? ordered[numbered.indexOf(guess)]
      : ordered.find(({ position }) => position === guess.number);
    if (!item) return guess;
    const meaning = { role: 'item', target: item.itemId } as const;
    if (byOrder) return { ...guess, ...meaning, confidence: 0.7, reason: 'ITEM_ORDER' };
    return { ...guess, ...meaning, confidence: guess.hasWording ? 0.6 : 0.9, reason: 'ITEM_NUMBER' };
  });
}

/** Keeps the surest column of each meaning; the others are proposed to be left out. */
function dropRepeated(guesses: readonly HeaderGuess[]): HeaderGuess[] {
  const best = new Map<string, HeaderGuess>();
  for (const guess of guesses) {
    const held = best.get(meaningKey(guess));
    if (!held || guess.confidence > held.confidence) best.set(meaningKey(guess), guess);
  }
  return guesses.map((guess) =>
    guess.role === 'ignore' || best.get(meaningKey(guess)) === guess
      ? guess
      : { ...guess, role: 'ignore', target: null, confidence: 0.5, reason: 'SECOND_COLUMN' },
  );
}

/** Whether a column holds nothing but 0 and 1, at least one of them 0. */
function looksMarked(dataRows: Table['rows'], column: number): boolean {
  const values = new Set(dataRows.map((row) => cellText(row[column])));
  values.delete('');
  return values.has('0') && [...values].every((value) => value === '0' || value === '1');
}

/** Columns of 0/1 are marks, unless only true/false items look so: there 1 and 0 can be the answers themselves. */
function proposeMarks(
  columns: readonly GuessedColumn[],
  dataRows: Table['rows'],
  items: readonly ImportItem[],
): GuessedColumn[] {
  const typeOf = new Map(items.map(({ itemId, type }) => [itemId, type]));
  const marked = columns.filter(({ role, column }) => role === 'item' && looksMarked(dataRows, column));
  const hasCertainMark = marked.some(({ target }) => typeOf.get(target ?? '') !== 'trueFalse');
  if (!hasCertainMark) return [...columns];
  return columns.map((column) => (marked.includes(column) ? { ...column, role: 'itemMark' } : column));
}

/** Proposal for one table. Every column is present; unrecognised ones are `ignore`. */
export function guessMapping(table: Table, context: ImportContext): GuessedMapping {
  const dictionary = createHeaderDictionary(context);
  const { row } = findRow(table, dictionary);
  const headers = Array.from({ length: table.columnCount }, (_, column) =>
    cellText(table.rows[row]?.[column]),
  );
  const guesses = dropRepeated(placeNumbered(readHeaders(headers, dictionary), context.form.items));
  const columns = guesses.map((guess, column): GuessedColumn => ({
    column,
    header: headers[column] ?? '',
    role: guess.role,
    target: guess.target,
    confidence: guess.confidence,
    reason: guess.reason,
  }));
  return {
    sheet: table.name,
    headerRow: row + 1,
    columns: proposeMarks(columns, table.rows.slice(row + 1), context.form.items),
  };
}

/** T6 and beyond can only be test items; then T1–T5 are items too and not the questions of module T. */
function readHeaders(headers: readonly string[], dictionary: HeaderDictionary): HeaderGuess[] {
  const numbersItemsByT = headers.some((header) => /^t([6-9]|\d{2,3})$/.test(fold(header)));
  if (!numbersItemsByT) return headers.map((header) => recogniseHeader(header, dictionary));
  const questionCodes = new Map([...dictionary.questionCodes].filter(([code]) => !/^t\d$/.test(code)));
  return headers.map((header) => recogniseHeader(header, { ...dictionary, questionCodes }));
}

/** The sheet that looks most like an answer table; null for a workbook without sheets. */
export function pickSheet(workbook: TableWorkbook, context: ImportContext): Table | null {
  const dictionary = createHeaderDictionary(context);
  let best: { table: Table; recognised: number } | null = null;
  for (const table of workbook.sheets) {
    const { recognised } = findRow(table, dictionary);
    if (!best || recognised > best.recognised) best = { table, recognised };
  }
  return best?.table ?? null;
}
