/**
 * A column of design identifiers, one per respondent row, and its coding into 0..count-1.
 * A missing identifier is an empty text, NaN, null or undefined.
 */
export type IdColumn = ArrayLike<string | number | null | undefined>;

export interface CodedColumn {
  readonly codes: Int32Array;
  /** Label of each code, in order of first appearance. */
  readonly labels: readonly string[];
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
  let missingRow = -1;
  for (let row = 0; row < column.length; row++) {
    const id = column[row];
    let code = known.get(id);
    if (code === undefined) {
      if (isMissing(id) && missingRow < 0) missingRow = row;
      code = labels.length;
      known.set(id, code);
      labels.push(String(id));
    }
    codes[row] = code;
  }
  return { codes, labels, missingRow };
}

/**
 * Codes pairs (outer, inner): equal inner codes under different outer codes become different codes.
 * The labels are those of the inner column.
 */
export function nestCodes(outer: Int32Array, inner: CodedColumn): CodedColumn {
  const codes = new Int32Array(outer.length);
  const width = inner.labels.length + 1;
  const known = new Map<number, number>();
  const labels: string[] = [];
  for (let row = 0; row < outer.length; row++) {
    const key = (outer[row] ?? 0) * width + (inner.codes[row] ?? 0);
    let code = known.get(key);
    if (code === undefined) {
      code = labels.length;
      known.set(key, code);
      labels.push(inner.labels[inner.codes[row] ?? 0] ?? '');
    }
    codes[row] = code;
  }
  return { codes, labels, missingRow: inner.missingRow };
}
