/**
 * CSV as RFC 4180 describes it, with the three habits of real files: GB18030 or UTF-8 (with or without mark),
 * `,` `;` or tab between fields, any line ending. Every field stays text: `007` is not 7 and `=1+1` is no formula.
 */
import { fail, ok, type Result } from '@shared/domain/result';
import type { Cell, Table, TableWorkbook } from '@shared/importing/table';
import { maximumCells } from './readXlsx';

function decodeStrictly(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null; // not this encoding
  }
}

/** UTF-16 by its mark, then UTF-8, then GB18030 (the encoding of Chinese Excel and WPS); null = none of them. */
export function decodeText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeStrictly(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeStrictly(bytes, 'utf-16be');
  return decodeStrictly(bytes, 'utf-8') ?? decodeStrictly(bytes, 'gb18030');
}

const delimiters = [',', ';', '\t'] as const;

/** The candidate seen most often outside quotes in the first line; a comma when none is. */
function sniffDelimiter(text: string): string {
  const counts = new Map<string, number>(delimiters.map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (const character of text.slice(0, 65_536)) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === '\n' || character === '\r')) break;
    else if (!isQuoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

interface Field {
  readonly text: string;
  readonly end: number;
}

/** A quoted field starting at `start` (on its quote); null when the closing quote is missing. */
function quotedField(text: string, start: number): Field | null {
  let value = '';
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { text: value, end: quote + 1 };
    value += '"';
    from = quote + 2;
  }
}

function plainField(text: string, start: number, stop: RegExp): Field {
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? text.length;
  return { text: text.slice(start, end), end };
}

function nextField(text: string, start: number, stop: RegExp): Field | null {
  if (text[start] !== '"') return plainField(text, start, stop);
  const quoted = quotedField(text, start);
  if (!quoted) return null;
  const rest = plainField(text, quoted.end, stop); // blanks or stray text after the closing quote
  return { text: quoted.text + rest.text, end: rest.end };
}

/** Records of a CSV text; null when a quote is never closed. */
export function parseCsv(text: string, delimiter: string): string[][] | null {
  const stop = new RegExp(`[${delimiter}\\r\\n]`, 'g');
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const field = nextField(text, at, stop);
    if (!field) return null;
    record.push(field.text);
    const ending = text[field.end];
    at = field.end + 1;
    if (ending === delimiter) continue;
    records.push(record);
    record = [];
    if (ending === '\r' && text[at] === '\n') at += 1;
    if (at >= text.length) break;
  }
  return records;
}

const toCells = (record: readonly string[], columnCount: number): Cell[] =>
  Array.from({ length: columnCount }, (_, column) => {
    const value = record[column] ?? '';
    return value.trim() === '' ? null : value;
  });

function lastFilled(records: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const last = records.findLastIndex((record) => record.some((value) => value.trim() !== ''));
  return records.slice(0, last + 1);
}

/** One table named `CSV`. Fails with FILE_DAMAGED (encoding, open quote), FILE_EMPTY or SHEET_TOO_LARGE. */
export function readCsv(bytes: Buffer): Result<TableWorkbook> {
  const decoded = decodeText(bytes);
  if (decoded === null) return fail('FILE_DAMAGED', { reason: 'encoding' });
  const declared = /^sep=(.)\r?\n/i.exec(decoded);
  const body = declared ? decoded.slice(declared[0].length) : decoded;
  const records = parseCsv(body, declared?.[1] ?? sniffDelimiter(body));
  if (!records) return fail('FILE_DAMAGED', { reason: 'openQuote' });
  const filled = lastFilled(records);
  if (filled.length === 0) return fail('FILE_EMPTY');
  const columnCount = filled.reduce((most, record) => Math.max(most, record.length), 0);
  const rowCount = filled.length;
  if (rowCount * columnCount > maximumCells) {
    return fail('SHEET_TOO_LARGE', {
      sheet: 'CSV',
      rows: rowCount,
      columns: columnCount,
      limit: maximumCells,
    });
  }
  const table: Table = {
    name: 'CSV',
    rows: filled.map((record) => toCells(record, columnCount)),
    rowCount,
    columnCount,
  };
  return ok({ sheets: [table] });
}
