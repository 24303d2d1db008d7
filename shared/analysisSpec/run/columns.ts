/** Columns of the data by name, as texts or as numbers; what is missing or not a number is refused by name. */
import { at } from '../../numeric/typedArray';
import type { DataColumn, DataTable } from '../dataTable';
import { refuse } from './refusal';

export interface Columns {
  readonly rowCount: number;
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  /** '' where missing. Refused: SPEC_COLUMN_MISSING. */
  readonly texts: (name: string, path: string) => readonly string[];
  /** NaN where missing. Refused: SPEC_COLUMN_MISSING, SPEC_NOT_NUMERIC {column, row, value}. */
  readonly numbers: (name: string, path: string) => Float64Array;
  /** Adds a column. Refused: SPEC_COLUMN_EXISTS. */
  readonly add: (name: string, column: DataColumn, path: string) => void;
}

const shownColumns = 30;

export const textOfNumber = (value: number): string => (Number.isNaN(value) ? '' : String(value));

export function createColumns(table: DataTable): Columns {
  const columns = new Map(Object.entries(table.columns));
  const texts = new Map<string, readonly string[]>();
  const numbers = new Map<string, Float64Array>();
  const find = (name: string, path: string): DataColumn => {
    const found = columns.get(name);
    if (found !== undefined) return found;
    const known = [...columns.keys()].slice(0, shownColumns).join('、');
    return refuse('SPEC_COLUMN_MISSING', path, { column: name, columns: known });
  };
  return {
    rowCount: table.rowCount,
    get names() {
      return [...columns.keys()];
    },
    has: (name) => columns.has(name),
    texts: (name, path) => {
      const known = texts.get(name);
      if (known !== undefined) return known;
      const column = find(name, path);
      const made = column instanceof Float64Array ? Array.from(column, textOfNumber) : column;
      texts.set(name, made);
      return made;
    },
    numbers: (name, path) => {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      const column = find(name, path);
      const made = column instanceof Float64Array ? column : parseNumbers(column, name, path);
      numbers.set(name, made);
      return made;
    },
    add: (name, column, path) => {
      if (columns.has(name)) refuse('SPEC_COLUMN_EXISTS', path, { column: name });
      columns.set(name, column);
    },
  };
}

function parseNumbers(texts: readonly string[], column: string, path: string): Float64Array {
  const values = new Float64Array(texts.length);
  texts.forEach((text, row) => {
    values[row] = text === '' ? NaN : Number(text);
    if (text !== '' && !Number.isFinite(values[row])) {
      refuse('SPEC_NOT_NUMERIC', path, { column, row: row + 1, value: text.slice(0, 40) });
    }
  });
  return values;
}

/** The same numbers where every row must have one that passes. Refused: SPEC_VALUE_MISSING, SPEC_OUT_OF_RANGE. */
export function wholeNumbers(
  columns: Columns,
  place: { readonly column: string; readonly path: string },
  passes: (value: number) => boolean,
): Float64Array {
  const { column, path } = place;
  const values = columns.numbers(column, path);
  for (let row = 0; row < values.length; row++) {
    const value = at(values, row);
    if (Number.isNaN(value)) refuse('SPEC_VALUE_MISSING', path, { column, row: row + 1 });
    if (!passes(value)) refuse('SPEC_OUT_OF_RANGE', path, { column, row: row + 1, value });
  }
  return values;
}

/** The same texts where every row must have one. Refused: SPEC_VALUE_MISSING. */
export function wholeTexts(columns: Columns, column: string, path: string): readonly string[] {
  const texts = columns.texts(column, path);
  const row = texts.indexOf('');
  if (row >= 0) refuse('SPEC_VALUE_MISSING', path, { column, row: row + 1 });
  return texts;
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/** Values that occur: in the order of numbers when all are numbers, else by code point. */
export function observedCategories(texts: readonly string[], member: Uint8Array | null): readonly string[] {
  const seen = new Set<string>();
  texts.forEach((text, row) => {
    if (text !== '' && member?.[row] !== 0) seen.add(text);
  });
  const found = [...seen];
  return found.every(isNumber)
    ? found.sort((a, b) => Number(a) - Number(b))
    : found.sort((a, b) => (a < b ? -1 : 1));
}
