/**
 * From a sheet (one row per person, header row first) to a response matrix: columns named as weight, stratum, PSU or group
 * are taken as such, every other column that holds nothing but 0, 1 and blanks is an item (blank = not presented).
 */
import { fail, ok, type Result } from '../domain/result';
import { cellText, type Table } from '../importing/table';
import { notPresented, type ResponseMatrix } from './responses';

export interface ResponseTableRoles {
  readonly weight: string | null;
  readonly stratum: string | null;
  readonly psu: string | null;
  readonly groups: readonly string[];
}

export interface GroupColumn {
  readonly variable: string;
  /** Category per person; empty where unknown. */
  readonly categories: readonly string[];
}

export interface ResponseTable {
  readonly matrix: ResponseMatrix;
  readonly groups: readonly GroupColumn[];
  readonly strata: readonly string[] | null;
  readonly psus: readonly string[] | null;
  /** Columns that are neither roles nor items. */
  readonly ignoredColumns: readonly string[];
}

interface Columns {
  readonly header: readonly string[];
  readonly rowCount: number;
  readonly column: (index: number) => string[];
}

function columnsOf(table: Table): Columns {
  const [first = [], ...rows] = table.rows;
  return {
    header: first.map(cellText),
    rowCount: rows.length,
    column: (index) => rows.map((row) => cellText(row[index])),
  };
}

const itemCells = new Set(['0', '1', '', 'NA']);

const isItem = (cells: readonly string[]): boolean =>
  cells.every((cell) => itemCells.has(cell)) && cells.some((cell) => cell === '0' || cell === '1');

function weightsOf(cells: readonly string[]): Result<Float64Array> {
  const weights = Float64Array.from(cells, (cell) => (cell === '' ? NaN : Number(cell)));
  const count = weights.reduce((bad, weight) => bad + (weight >= 0 && weight < Infinity ? 0 : 1), 0);
  return count === 0 ? ok(weights) : fail('WEIGHT_NOT_POSITIVE', { count });
}

/**
 * Failures: NO_RESPONDENTS; COLUMN_MISSING {column} for a named column that is not there or when no column can be an
 * item; WEIGHT_NOT_POSITIVE {count}.
 */
export function readResponseTable(table: Table, roles: ResponseTableRoles): Result<ResponseTable> {
  const { header, rowCount, column } = columnsOf(table);
  if (rowCount === 0) return fail('NO_RESPONDENTS');
  const named = [roles.weight, roles.stratum, roles.psu, ...roles.groups].filter((name) => name !== null);
  const missing = named.find((name) => !header.includes(name));
  if (missing !== undefined) return fail('COLUMN_MISSING', { column: missing });
  const cellsOf = (name: string): string[] => column(header.indexOf(name));
  const rest = header
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => name !== '' && !named.includes(name));
  const items = rest
    .map(({ name, index }) => ({ name, cells: column(index) }))
    .filter(({ cells }) => isItem(cells));
  if (items.length < 2) return fail('COLUMN_MISSING', { column: '0/1' });
  const weights = roles.weight === null ? null : weightsOf(cellsOf(roles.weight));
  if (weights !== null && !weights.ok) return weights;
  const values = new Uint8Array(rowCount * items.length).fill(notPresented);
  items.forEach(({ cells }, item) => {
    cells.forEach((cell, person) => {
      if (cell === '0' || cell === '1') values[person * items.length + item] = Number(cell);
    });
  });
  const itemIds = items.map(({ name }) => name);
  return ok({
    matrix: { itemIds, personCount: rowCount, values, weights: weights === null ? null : weights.value },
    groups: roles.groups.map((variable) => ({ variable, categories: cellsOf(variable) })),
    strata: roles.stratum === null ? null : cellsOf(roles.stratum),
    psus: roles.psu === null ? null : cellsOf(roles.psu),
    ignoredColumns: rest.map(({ name }) => name).filter((name) => !itemIds.includes(name)),
  });
}
