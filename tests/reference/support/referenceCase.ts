/** Reads a reference case, its checks and its data files. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Check {
  readonly id: string;
  readonly what: string;
  readonly args?: unknown;
  readonly values: unknown;
  readonly tol: { readonly rel: number; readonly abs: number };
  readonly status: 'normative' | 'r-compat' | 'info';
}

export interface ReferenceCase {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly Check[];
}

/** Computes our answer in the shape of `check.values`; undefined when the check is not implemented. */
export type Handler = (check: Check) => unknown;

const path = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));

export const readJson = (relative: string): unknown => JSON.parse(readFileSync(path(relative), 'utf8'));

/** Every case of the folder, by name. */
export const caseIds = (): readonly string[] =>
  readdirSync(path('cases'))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();

export const readCase = (id: string): ReferenceCase => readJson(`cases/${id}.json`) as ReferenceCase;

export interface Table {
  readonly rowCount: number;
  readonly text: (column: string) => string[];
  /** NaN where the cell is blank. */
  readonly numbers: (column: string) => Float64Array;
}

function splitLine(line: string): string[] {
  const cells: string[] = [];
  const pattern = /("([^"]*(?:""[^"]*)*)"|[^,]*)(,|$)/g;
  for (const match of line.matchAll(pattern)) {
    cells.push(match[2]?.replaceAll('""', '"') ?? match[1] ?? '');
    if (match[3] === '') break;
  }
  return cells;
}

const tables = new Map<string, Table>();

/** A CSV of tests/reference/data; every file is parsed once. */
export function readTable(name: string): Table {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const lines = readFileSync(path(`data/${name}`), 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const header = splitLine(lines[0] ?? '');
  const rows = lines.slice(1).map(splitLine);
  const columns = new Map<string, string[]>();
  const readColumn = (column: string): string[] => {
    const index = header.indexOf(column);
    if (index < 0) throw new Error(`${name} has no column ${column}`);
    return rows.map((row) => row[index] ?? '');
  };
  const text = (column: string): string[] => {
    const values = columns.get(column) ?? readColumn(column);
    columns.set(column, values);
    return values;
  };
  const numbers = (column: string): Float64Array =>
    Float64Array.from(text(column), (cell) => (cell === '' ? NaN : Number(cell)));
  const table = { rowCount: rows.length, text, numbers };
  tables.set(name, table);
  return table;
}
