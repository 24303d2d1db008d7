/** How one value stands in a cell: written so that reading gives the same value back. */
import { z } from 'zod';
import { fold } from '../../importing/normalise';
import { numberOf } from '../../importing/numberCells';
import type { CellReading } from '../../importing/problems';
import { read, refuse } from '../../importing/problems';
import type { Cell } from '../../importing/table';
import { cellText } from '../../importing/table';

export interface CellCodec {
  write(value: unknown): string | number | null;
  /** Never called for a blank cell nor for a formula. */
  read(cell: Cell): CellReading<unknown>;
}

const writeText = (value: unknown): string => (typeof value === 'string' ? value : String(value));

/** What a date cell arrives as. */
const dateText = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/;

/**
 * Free text. A fraction of a number may have been shown as a percentage or with other digits, and a date may have
 * been typed as 1/2: both are refused rather than guessed.
 */
export const textCodec: CellCodec = {
  write: writeText,
  read: (cell) => {
    const isFraction = typeof cell === 'number' && !Number.isInteger(cell);
    const text = cellText(cell);
    return isFraction || dateText.test(text) ? refuse('ITEM_CELL_NOT_TEXT') : read(text);
  },
};

/** Text that may well be a date or a number, e.g. the date of a document. */
export const looseTextCodec: CellCodec = { write: writeText, read: (cell) => read(cellText(cell)) };

const listMark = '；';
const isStringList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** Texts separated by ；; half-width marks and 、 are read as well. */
export const listCodec: CellCodec = {
  write: (value) => (isStringList(value) && value.length > 0 ? value.join(listMark) : null),
  read: (cell) =>
    read(
      cellText(cell)
        .split(/[;；、]/u)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
};

export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
}

export function numberCodec(range: NumberRange, isInteger: boolean): CellCodec {
  return {
    write: (value) => (typeof value === 'number' ? value : null),
    read: (cell) => {
      const value = numberOf(cell);
      const isValid =
        value !== null &&
        value >= range.minimum &&
        value <= range.maximum &&
        (!isInteger || Number.isInteger(value));
      return isValid
        ? read(value)
        : refuse('ITEM_NUMBER_NOT_VALID', { ...range, kind: isInteger ? '整数' : '数字' });
    },
  };
}

/** Whole numbers separated by ；, e.g. years. */
export const integerListCodec: CellCodec = {
  write: (value) => (Array.isArray(value) && value.length > 0 ? value.join(listMark) : null),
  read: (cell) => {
    const numbers = cellText(cell)
      .split(/[;；、,，]/u)
      .map((part) => numberOf(part));
    return numbers.every((value) => value !== null && Number.isInteger(value))
      ? read(numbers)
      : refuse('ITEM_NUMBER_NOT_VALID', { minimum: 1900, maximum: 2100, kind: '年份' });
  },
};

const yes = ['是', '√', '✓', '✔', 'y', 'yes', 'true', '1'];
const no = ['否', '×', '✗', '✘', 'x', 'n', 'no', 'false', '0'];

export const yesNoCodec: CellCodec = {
  write: (value) => (value === true ? '是' : '否'),
  read: (cell) => {
    const folded = fold(cellText(cell));
    if (yes.includes(folded)) return read(true);
    return no.includes(folded) ? read(false) : refuse('UNKNOWN_CATEGORY', { allowed: '是、否' });
  },
};

/** A code written as its label; the code itself, the label and further names are read. */
export function labelCodec(
  labels: Readonly<Record<string, string>>,
  furtherNames: Readonly<Record<string, string>> = {},
): CellCodec {
  const byName = new Map<string, string>(Object.entries(furtherNames));
  for (const [code, label] of Object.entries(labels)) byName.set(fold(code), code).set(fold(label), code);
  return {
    write: (value) => labels[String(value)] ?? String(value),
    read: (cell) => {
      const code = byName.get(fold(cellText(cell)));
      return code === undefined
        ? refuse('UNKNOWN_CATEGORY', { allowed: Object.values(labels).join('、') })
        : read(code);
    },
  };
}

/** A code written as it is; its label is read as well. */
export const codeCodec = (labels: Readonly<Record<string, string>>): CellCodec => ({
  ...labelCodec(labels),
  write: writeText,
});

const isoDate = z.iso.date();

/** A calendar date as 2026-03-15, 2026/3/15 or 2026年3月15日. */
export const dateCodec: CellCodec = {
  write: writeText,
  read: (cell) => {
    const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(fold(cellText(cell)));
    const [, year = '', month = '', day = ''] = match ?? [];
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isoDate.safeParse(date).success ? read(date) : refuse('DATE_NOT_VALID');
  },
};

/** Anything else, kept word for word as JSON. */
export const jsonCodec: CellCodec = {
  write: (value) => JSON.stringify(value),
  read: (cell) => {
    try {
      return read(JSON.parse(cellText(cell)) as unknown);
    } catch {
      return refuse('ITEM_JSON_NOT_VALID');
    }
  },
};

const marks: Readonly<Record<string, string>> = { '\\': '\\\\', '|': '\\|', '\n': '\\n' };

function cellsOf(line: string): string[] {
  const cells = [''];
  for (const [piece] of line.matchAll(/\\.|[^\\]|\\$/gu)) {
    if (piece === '|') cells.push('');
    else cells[cells.length - 1] += piece === '\\n' ? '\n' : piece.replace(/^\\(?=.)/u, '');
  }
  return cells;
}

/** Rows of a small table: a line a row, cells parted by |, with \ before a mark that belongs to the text. */
export const gridCodec: CellCodec = {
  write: (value) =>
    (value as readonly (readonly string[])[])
      .map((row) => row.map((cell) => cell.replace(/[\\|\n]/g, (mark) => marks[mark] ?? mark)).join('|'))
      .join('\n'),
  read: (cell) => read(cellText(cell).split(/\r?\n/).map(cellsOf)),
};
