/** Model matrices: numeric columns and treatment contrasts of categories against the first by code point. */
import { at } from '../../numeric/typedArray';

export type ModelTerm =
  | { readonly kind: 'numeric'; readonly name: string; readonly values: Float64Array }
  | { readonly kind: 'categorical'; readonly name: string; readonly categories: readonly string[] };

export interface ModelMatrix {
  /** `(Intercept)`, numeric names, and name + category for contrasts, as R writes them. */
  readonly names: readonly string[];
  /** Row-major rows x names. */
  readonly cells: Float64Array;
  /** Where the columns of every term stand, in the order of the terms. */
  readonly blocks: readonly TermBlock[];
}

export interface TermBlock {
  readonly firstColumn: number;
  /** Levels of a category, the reference first; null for a numeric term. */
  readonly levels: readonly string[] | null;
}

interface Column {
  readonly name: string;
  readonly value: (row: number) => number;
}

/** Levels of the categories that occur in `rows`, sorted by code point: the first is the reference. */
export const levelsOf = (categories: readonly string[], rows: Int32Array): string[] =>
  [...new Set(Array.from(rows, (row) => categories[row] ?? ''))].sort((a, b) => (a < b ? -1 : 1));

function columnsOf(term: ModelTerm, rows: Int32Array): readonly Column[] {
  if (term.kind === 'numeric') return [{ name: term.name, value: (row) => at(term.values, row) }];
  return levelsOf(term.categories, rows)
    .slice(1)
    .map((level) => ({
      name: `${term.name}${level}`,
      value: (row: number): number => (term.categories[row] === level ? 1 : 0),
    }));
}

export function modelMatrix(terms: readonly ModelTerm[], rows: Int32Array): ModelMatrix {
  const intercept: Column = { name: '(Intercept)', value: () => 1 };
  const termColumns = terms.map((term) => columnsOf(term, rows));
  const columns = [intercept, ...termColumns.flat()];
  const cells = new Float64Array(rows.length * columns.length);
  rows.forEach((row, i) => columns.forEach(({ value }, k) => (cells[i * columns.length + k] = value(row))));
  let firstColumn = 1;
  const blocks = terms.map((term, index): TermBlock => {
    const levels = term.kind === 'categorical' ? levelsOf(term.categories, rows) : null;
    const block = { firstColumn, levels };
    firstColumn += termColumns[index]?.length ?? 0;
    return block;
  });
  return { names: columns.map(({ name }) => name), cells, blocks };
}
