/** Margins of a specification as margin tables, from the document or from a file. */
import { scaleMargin, type CategoryColumns, type MarginTable } from '../../weighting/margins';
import { at } from '../../numeric/typedArray';
import type { DataTables } from '../dataTable';
import type { MarginSpec } from '../schema/weighting';
import { tableOf } from './assembleData';
import { createColumns, wholeNumbers, wholeTexts, type Columns } from './columns';
import { refuse } from './refusal';

/** Refused: SPEC_LENGTHS_DIFFER when a cell has another number of categories than variables; failures of the file. */
export function marginTable(margin: MarginSpec, tables: DataTables, path: string): MarginTable {
  const table = { variables: margin.variables, cells: cellsOf(margin, tables, path) };
  return margin.scaleTo === null ? table : scaleMargin(table, margin.scaleTo);
}

function cellsOf(margin: MarginSpec, tables: DataTables, path: string): MarginTable['cells'] {
  if (margin.source === 'inline') {
    const odd = margin.cells.findIndex(({ categories }) => categories.length !== margin.variables.length);
    if (odd >= 0) {
      refuse('SPEC_LENGTHS_DIFFER', `${path}.cells[${odd}].categories`, {
        expected: margin.variables.length,
      });
    }
    return margin.cells;
  }
  const columns = createColumns(tableOf(tables, margin.file, `${path}.file`));
  const categories = margin.variables.map((name, k) => wholeTexts(columns, name, `${path}.variables[${k}]`));
  const place = { column: margin.total, path: `${path}.total` };
  return Array.from(
    wholeNumbers(columns, place, (value) => value > 0),
    (total, row) => ({ categories: categories.map((column) => column[row] ?? ''), total }),
  );
}

/** Category columns of the margins' variables at `rows`; a missing category is refused by the row of the data. */
export function categoriesAt(
  columns: Columns,
  variables: ReadonlySet<string>,
  place: { readonly rows: Int32Array; readonly path: string },
): CategoryColumns {
  const { rows, path } = place;
  const entries = [...variables].map((name): [string, readonly string[]] => {
    const texts = columns.texts(name, path);
    const picked = Array.from(rows, (row) => texts[row] ?? '');
    const missing = picked.indexOf('');
    if (missing >= 0) refuse('SPEC_VALUE_MISSING', path, { column: name, row: at(rows, missing) + 1 });
    return [name, picked];
  });
  return Object.fromEntries(entries);
}
