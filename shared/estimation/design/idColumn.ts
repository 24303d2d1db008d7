/**
 * A column of design identifiers, one per respondent row, and its coding into 0..count-1.
 * A missing identifier is an empty text, NaN, null or undefined.
 */
import { intAt } from '../../numeric/typedArray';

export type IdColumn = ArrayLike<string | number | null | undefined>;

export interface CodedColumn {
  readonly codes: Int32Array;
  /** Label of each code, in order of first appearance. */
  readonly labels: readonly string[];
  /** Row each code appears in first. */
  readonly firstRows: readonly number[];
  /** First row without an identifier, or -1. */
  readonly missingRow: number;
}

const isMissing = (id: string | number | null | undefined): boolean =>
  id === null || id === undefined || id === '' || (typeof id === 'number' && Number.isNaN(id));

/** Codes identifiers in order of first appearance. */
export function codeColumn(column: IdColumn): CodedColumn {
  const codes = new Int32Array(column.length);
  const known = new Map<string | number | null | undefined, number>();
  const labels: string[] = [];
  const firstRows: number[] = [];
  let missingRow = -1;
  for (let row = 0; row < column.length; row++) {
    const id = column[row];
    // Files list a PSU's persons together: most rows repeat the one before and need no look-up.
    if (row > 0 && id === column[row - 1]) {
      codes[row] = intAt(codes, row - 1);
      continue;
    }
    let code = known.get(id);
    if (code === undefined) {
      if (isMissing(id) && missingRow < 0) missingRow = row;
      code = labels.length;
      known.set(id, code);
      labels.push(String(id));
      firstRows.push(row);
    }
    codes[row] = code;
  }
  return { codes, labels, firstRows, missingRow };
}

/**
 * Codes pairs (outer, inner): equal inner codes under different outer codes become different codes.
 * The labels are those of the inner column.
 */
export function nestCodes(outer: Int32Array, inner: CodedColumn): CodedColumn {
  const { codes, firstRows } = crossCodes(outer, inner.codes);
  const labels = firstRows.map((row) => inner.labels[intAt(inner.codes, row)] ?? '');
  return { codes, labels, firstRows, missingRow: inner.missingRow };
}

export interface CrossedCodes {
  readonly codes: Int32Array;
  readonly firstRows: readonly number[];
}

/** A table tells the codes of pairs as long as it has at most this many places per row; above it a map. */
const PLACES_PER_ROW = 64;

/** Codes the observed pairs of two codings in order of first appearance. */
export function crossCodes(outer: Int32Array, inner: Int32Array): CrossedCodes {
  const width = codeCount(inner);
  const pairCount = codeCount(outer) * width;
  const table = pairCount <= PLACES_PER_ROW * outer.length ? new Int32Array(pairCount).fill(-1) : null;
  const map = new Map<number, number>();
  const codes = new Int32Array(outer.length);
  const firstRows: number[] = [];
  for (let row = 0; row < codes.length; row++) {
    const pair = intAt(outer, row) * width + intAt(inner, row);
    let code = (table === null ? map.get(pair) : table[pair]) ?? -1;
    if (code < 0) {
      code = firstRows.length;
      firstRows.push(row);
      if (table === null) map.set(pair, code);
      else table[pair] = code;
    }
    codes[row] = code;
  }
  return { codes, firstRows };
}

/** Largest code plus one; 0 for a column without codes. */
export function codeCount(codes: Int32Array): number {
  let largest = -1;
  for (let row = 0; row < codes.length; row++) {
    const code = intAt(codes, row);
    if (code > largest) largest = code;
  }
  return largest + 1;
}

export interface RowsByCode {
  /** Rows of code 0, then of code 1, ...; rows of one code keep their order. Rows with a negative code are left out. */
  readonly rows: Int32Array;
  /** Position of the first row of every code, and the end of the last: count + 1 numbers. */
  readonly starts: Int32Array;
}

/** Counting sort of the rows by their code, 0..count-1 or negative for none. */
export function rowsByCode(codes: Int32Array, count = codeCount(codes)): RowsByCode {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < codes.length; row++) {
    const code = intAt(codes, row);
    if (code >= 0) starts[code + 1] = intAt(starts, code + 1) + 1;
  }
  for (let code = 0; code < count; code++) starts[code + 1] = intAt(starts, code + 1) + intAt(starts, code);
  const rows = new Int32Array(intAt(starts, count));
  const next = starts.slice();
  for (let row = 0; row < codes.length; row++) {
    const code = intAt(codes, row);
    if (code < 0) continue;
    const position = intAt(next, code);
    rows[position] = row;
    next[code] = position + 1;
  }
  return { rows, starts };
}
