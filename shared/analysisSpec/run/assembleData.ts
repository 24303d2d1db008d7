/** The data of a run: the main table, columns attached from other files, derived columns. */
import { unreachable } from '../../domain/result';
import type { AnalysisSpec } from '../analysisSpec';
import type { DataColumn, DataTable, DataTables } from '../dataTable';
import type { DerivedColumn } from '../schema/data';
import { createColumns, type Columns } from './columns';
import { evaluate } from './conditions';
import { refuse } from './refusal';

type Attachment = AnalysisSpec['data']['attach'][number];

/** Table of a file id. Refused: SPEC_FILE_MISSING {file}. */
export function tableOf(tables: DataTables, file: string, path: string): DataTable {
  return tables[file] ?? refuse('SPEC_FILE_MISSING', path, { file });
}

const keySeparator = '\u0000';

/** Row of `inner` for every row of `data`, by key. */
function matchedRows(data: Columns, inner: Columns, attachment: Attachment, path: string): Int32Array {
  if (attachment.by.kind === 'rowOrder') {
    if (inner.rowCount !== data.rowCount) {
      const { file } = attachment;
      refuse('SPEC_ROWS_DIFFER', path, { file, rows: inner.rowCount, expected: data.rowCount });
    }
    return Int32Array.from({ length: data.rowCount }, (_, row) => row);
  }
  const { columns, fileColumns } = attachment.by;
  const keysOf = (source: Columns, names: readonly string[]): string[] => {
    const texts = names.map((name, index) => source.texts(name, `${path}.by.columns[${index}]`));
    return Array.from({ length: source.rowCount }, (_, row) =>
      texts.map((column) => column[row] ?? '').join(keySeparator),
    );
  };
  const shown = (key: string): string => key.split(keySeparator).join('、');
  const rowOfKey = new Map<string, number>();
  keysOf(inner, fileColumns ?? columns).forEach((key, row) => {
    if (rowOfKey.has(key)) refuse('SPEC_KEY_TWICE', path, { file: attachment.file, key: shown(key) });
    rowOfKey.set(key, row);
  });
  return Int32Array.from(
    keysOf(data, columns),
    (key, row) =>
      rowOfKey.get(key) ??
      refuse('SPEC_KEY_NOT_FOUND', path, { file: attachment.file, key: shown(key), row: row + 1 }),
  );
}

function takeRows(column: DataColumn, rows: Int32Array): DataColumn {
  return column instanceof Float64Array
    ? Float64Array.from(rows, (row) => column[row] ?? NaN)
    : Array.from(rows, (row) => column[row] ?? '');
}

function attach(data: Columns, tables: DataTables, attachment: Attachment, path: string): void {
  const table = tableOf(tables, attachment.file, `${path}.file`);
  const rows = matchedRows(data, createColumns(table), attachment, path);
  for (const [name, column] of Object.entries(table.columns)) {
    if (!data.has(name)) data.add(name, takeRows(column, rows), path);
  }
}

function derived(columns: Columns, spec: DerivedColumn, path: string): DataColumn {
  switch (spec.kind) {
    case 'indicator':
      return evaluate(columns, spec.when, `${path}.when`);
    case 'bands':
      return Array.from(columns.numbers(spec.from, `${path}.from`), (value) => {
        const band = spec.bands.find(
          ({ from, below }) => value >= (from ?? -Infinity) && value < (below ?? Infinity),
        );
        return band?.category ?? '';
      });
    case 'map': {
      const { categories, others } = spec;
      return columns.texts(spec.from, `${path}.from`).map((text) => {
        const known = Object.hasOwn(categories, text) ? categories[text] : undefined;
        return known ?? (others === 'keep' ? text : '');
      });
    }
    case 'crossing': {
      const parts = spec.from.map((name, index) => columns.texts(name, `${path}.from[${index}]`));
      return Array.from({ length: columns.rowCount }, (_, row) => {
        const texts = parts.map((part) => part[row] ?? '');
        return texts.includes('') ? '' : texts.join(spec.separator);
      });
    }
    case 'constant':
      return new Float64Array(columns.rowCount).fill(spec.value);
    default:
      return unreachable(spec);
  }
}

/** Refused: SPEC_FILE_MISSING, SPEC_ROWS_DIFFER, SPEC_KEY_TWICE, SPEC_KEY_NOT_FOUND, SPEC_COLUMN_MISSING, SPEC_COLUMN_EXISTS. */
export function assembleData(spec: AnalysisSpec, tables: DataTables): Columns {
  const columns = createColumns(tableOf(tables, spec.data.file, 'data.file'));
  spec.data.attach.forEach((attachment, index) =>
    attach(columns, tables, attachment, `data.attach[${index}]`),
  );
  spec.derived.forEach((each, index) => {
    const path = `derived[${index}]`;
    columns.add(each.name, derived(columns, each, path), `${path}.name`);
  });
  return columns;
}
