/**
 * Population totals for calibration from a long sheet 变量 / 类别 / 人数. A crossing is written with ×:
 * variable `性别×年龄段`, category `男×18-29`. A blank variable repeats the one above (merged cells).
 */
import { ageBands, educationLevels, residences, sexes } from '../domain/groups';
import { ageBandWords, educationWords, readCategory, residenceWords, sexWords } from './backgroundCells';
import type { ImportRegion } from './context';
import { fold } from './normalise';
import { numberOf } from './numberCells';
import { createProblemLog, type ProblemLog } from './problemLog';
import { read, refuse, type CellError, type CellReading } from './problems';
import { createRegionReader } from './regionCells';
import { educationTexts, residenceTexts, sexTexts } from './categoryTexts';
import { cellText, isBlank, isFormula, type Cell, type Table } from './table';

export const marginVariables = ['sex', 'ageBand', 'education', 'residence', 'region'] as const;
export type MarginVariable = (typeof marginVariables)[number];

export interface MarginCell {
  /** Category ids in the order of the margin's variables; region codes for `region`. */
  readonly categories: readonly string[];
  /** Persons in the population, above zero. */
  readonly total: number;
}

export interface Margin {
  readonly variables: readonly MarginVariable[];
  readonly cells: readonly MarginCell[];
}

export interface ReadMargins {
  /** Empty whenever there is an error. */
  readonly margins: readonly Margin[];
  readonly errors: readonly CellError[];
  readonly warnings: readonly CellError[];
}

export const marginVariableLabels: Readonly<Record<MarginVariable, string>> = {
  sex: '性别',
  ageBand: '年龄段',
  education: '受教育程度',
  residence: '城乡',
  region: '地区',
};

const variableNames: Readonly<Record<MarginVariable, readonly string[]>> = {
  sex: ['性别', 'sex'],
  ageBand: ['年龄段', '年龄组', '年龄', 'ageband'],
  education: ['受教育程度', '教育程度', '文化程度', '学历', 'education'],
  residence: ['城乡', '城乡类型', 'residence'],
  region: ['地区', '区县', '县区', '行政区划', 'region'],
};

const variableByName = new Map(
  marginVariables.flatMap((variable) =>
    variableNames[variable].map((name): [string, MarginVariable] => [name, variable]),
  ),
);

const crossingMark = /[×✕*]/u;

interface Categories {
  /** Every category the variable must have, with the name the user knows it by. */
  readonly all: ReadonlyMap<string, string>;
  readonly readOne: (cell: Cell) => CellReading<string | null>;
}

const named = <T extends string>(
  ids: readonly T[],
  names: Readonly<Record<T, string>>,
): Map<string, string> => new Map(ids.map((id) => [id, names[id]]));

function categoriesOf(regions: readonly ImportRegion[]): Readonly<Record<MarginVariable, Categories>> {
  return {
    sex: { all: named(sexes, sexTexts), readOne: (cell) => readCategory(cell, sexWords) },
    ageBand: {
      all: new Map(ageBands.map((band) => [band, band])),
      readOne: (cell) => readCategory(cell, ageBandWords),
    },
    education: {
      all: named(educationLevels, educationTexts),
      readOne: (cell) => readCategory(cell, educationWords),
    },
    residence: {
      all: named(residences, residenceTexts),
      readOne: (cell) => readCategory(cell, residenceWords),
    },
    region: {
      all: new Map(regions.map(({ code, name }) => [code, name])),
      readOne: createRegionReader(regions),
    },
  };
}

interface MarginColumns {
  readonly headerIndex: number;
  readonly variable: number;
  readonly category: number;
  readonly total: number;
}

const headerSearchRows = 15;

function findColumns(table: Table): MarginColumns | null {
  for (const [headerIndex, row] of table.rows.slice(0, headerSearchRows).entries()) {
    const find = (...wanted: readonly string[]): number =>
      row.findIndex((cell) => wanted.includes(fold(cellText(cell))));
    const variable = find('变量', 'variable');
    const category = find('类别', '分类', 'category');
    const total = find('人数', '人口数', '总体人数', 'total');
    if (variable >= 0 && category >= 0 && total >= 0) return { headerIndex, variable, category, total };
  }
  return null;
}

function readVariables(text: string): CellReading<readonly MarginVariable[]> {
  const variables: MarginVariable[] = [];
  for (const part of text.split(crossingMark)) {
    const variable = variableByName.get(fold(part));
    if (!variable || variables.includes(variable)) {
      return refuse('MARGIN_VARIABLE_UNKNOWN', { allowed: Object.values(marginVariableLabels).join('、') });
    }
    variables.push(variable);
  }
  return read(variables);
}

function readCategories(
  text: string,
  variables: readonly MarginVariable[],
  categories: ReturnType<typeof categoriesOf>,
): CellReading<readonly string[]> {
  const parts = variables.length === 1 ? [text] : text.split(crossingMark);
  const readings = variables.map((variable, index) => categories[variable].readOne(parts[index] ?? ''));
  const values = readings.map((reading) => (reading.ok ? reading.value : null));
  const isKnown = parts.length === variables.length && values.every((value) => value !== null);
  if (isKnown) return read(values.filter((value) => value !== null));
  const refusal = readings.find((reading) => !reading.ok);
  return refuse('MARGIN_CATEGORY_UNKNOWN', refusal && !refusal.ok ? refusal.problem.params : {});
}

function readTotal(cell: Cell): CellReading<number> {
  if (isFormula(cell)) return refuse('FORMULA_CELL');
  const value = numberOf(cell);
  if (value === null) return refuse('MARGIN_TOTAL_NOT_NUMBER');
  return value > 0 ? read(value) : refuse('MARGIN_TOTAL_NOT_POSITIVE');
}

interface OpenMargin {
  readonly variables: readonly MarginVariable[];
  readonly row: number;
  readonly cells: Map<string, MarginCell & { readonly row: number }>;
}

const labelOf = (variables: readonly MarginVariable[]): string =>
  variables.map((variable) => marginVariableLabels[variable]).join('×');

/** All combinations of categories a margin must list: key and name of each. */
function expectedCells(
  variables: readonly MarginVariable[],
  categories: ReturnType<typeof categoriesOf>,
): ReadonlyMap<string, string> {
  return variables.reduce<ReadonlyMap<string, string>>(
    (cells, variable, index) => {
      const crossed = [...cells].flatMap(([key, name]) =>
        [...categories[variable].all].map(([category, label]): [string, string] =>
          index === 0 ? [category, label] : [`${key}\n${category}`, `${name}×${label}`],
        ),
      );
      return new Map(crossed);
    },
    new Map([['', '']]),
  );
}

const cellKey = (categories: readonly string[]): string => categories.join('\n');

function reportIncomplete(
  open: OpenMargin,
  categories: ReturnType<typeof categoriesOf>,
  log: ProblemLog,
): void {
  const absent = [...expectedCells(open.variables, categories)].filter(([key]) => !open.cells.has(key));
  if (absent.length === 0) return;
  const missing = absent
    .slice(0, 10)
    .map(([, name]) => name)
    .join('、');
  const params = { variable: labelOf(open.variables), missing };
  log.add('error', { row: open.row, column: null }, { code: 'MARGIN_CATEGORY_MISSING', params });
}

const sumOf = (open: OpenMargin): number =>
  [...open.cells.values()].reduce((sum, { total }) => sum + total, 0);

/** Relative to the first margin: totals this close are equal, a difference of floating-point sums. */
const equalTolerance = 1e-9;
/** Relative to the first margin: a difference of rounded published figures, scaled away before calibration. */
const roundingTolerance = 1e-3;

function reportUnequal(margins: readonly OpenMargin[], log: ProblemLog): void {
  const [first, ...others] = margins;
  if (!first) return;
  const firstTotal = sumOf(first);
  for (const other of others) {
    const total = sumOf(other);
    const difference = Math.abs(total - firstTotal) / firstTotal;
    if (difference <= equalTolerance) continue;
    const params = { variable: labelOf(other.variables), total, first: labelOf(first.variables), firstTotal };
    const place = { row: other.row, column: null };
    if (difference > roundingTolerance) log.add('error', place, { code: 'MARGIN_TOTALS_DIFFER', params });
    else log.add('warning', place, { code: 'MARGIN_TOTALS_ROUNDED', params });
  }
}

function addRow(
  open: OpenMargin,
  source: { cells: readonly Cell[]; row: number; columns: MarginColumns },
  categories: ReturnType<typeof categoriesOf>,
  log: ProblemLog,
): void {
  const { cells, row, columns } = source;
  const named = readCategories(cellText(cells[columns.category]), open.variables, categories);
  const total = readTotal(cells[columns.total] ?? null);
  if (!named.ok) log.add('error', { row, column: columns.category }, named.problem);
  if (!total.ok) log.add('error', { row, column: columns.total }, total.problem);
  if (!named.ok) return;
  const held = open.cells.get(cellKey(named.value));
  if (held) {
    const problem = { code: 'MARGIN_CATEGORY_TWICE', params: { firstRow: held.row } } as const;
    log.add('error', { row, column: columns.category }, problem);
  } else {
    open.cells.set(cellKey(named.value), { categories: named.value, total: total.ok ? total.value : 0, row });
  }
}

function collect(
  table: Table,
  columns: MarginColumns,
  categories: ReturnType<typeof categoriesOf>,
  log: ProblemLog,
): OpenMargin[] {
  const margins = new Map<string, OpenMargin>();
  let current: OpenMargin | null = null;
  for (const [index, cells] of table.rows.entries()) {
    if (index <= columns.headerIndex || cells.every(isBlank)) continue;
    const row = index + 1;
    const named = cellText(cells[columns.variable]);
    if (named !== '' || !current) {
      const variables = readVariables(named);
      if (!variables.ok) {
        log.add('error', { row, column: columns.variable }, variables.problem);
        continue;
      }
      const key = variables.value.join('\n');
      current = margins.get(key) ?? { variables: variables.value, row, cells: new Map() };
      margins.set(key, current);
    }
    addRow(current, { cells, row, columns }, categories, log);
  }
  return [...margins.values()];
}

/** Reads the margin sheet. Every category of every listed variable must be present exactly once. */
export function readMargins(table: Table, regions: readonly ImportRegion[]): ReadMargins {
  const columns = findColumns(table);
  const log = createProblemLog(table, (columns?.headerIndex ?? 0) + 1);
  const categories = categoriesOf(regions);
  const open = columns ? collect(table, columns, categories, log) : [];
  if (!columns) log.add('error', { row: 1, column: null }, { code: 'MARGIN_HEADER_MISSING', params: {} });
  else if (open.length === 0 && log.counts.error === 0) {
    log.add('error', { row: columns.headerIndex + 1, column: null }, { code: 'TABLE_EMPTY', params: {} });
  }
  for (const margin of open) reportIncomplete(margin, categories, log);
  if (log.counts.error === 0) reportUnequal(open, log);
  const margins = open.map(({ variables, cells }) => ({
    variables,
    cells: [...cells.values()].map((cell) => ({ categories: cell.categories, total: cell.total })),
  }));
  return {
    margins: log.counts.error === 0 ? margins : [],
    errors: log.lists.error,
    warnings: log.lists.warning,
  };
}
