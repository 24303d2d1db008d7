/**
 * Population margins: the totals a calibrated sample must reproduce, and the checks that name what does not fit.
 */
import { compensatedSum } from '../numeric/compensatedSum';
import { fail, ok, type Result } from '../domain/result';
import type { CalibrationSpace } from './calibrationSpace';

export interface MarginCell {
  /** One category per variable of the table. */
  readonly categories: readonly string[];
  /** Persons in the population; positive. */
  readonly total: number;
}

/** Totals of one variable, or of the cells of several variables crossed. */
export interface MarginTable {
  readonly variables: readonly string[];
  readonly cells: readonly MarginCell[];
}

/** Category of every respondent row, by variable name. An empty text is a missing value. */
export type CategoryColumns = Readonly<Record<string, readonly string[]>>;

/** Two margins may differ by this share of the total: rounding of percentages, not another population. */
const TOTALS_TOLERANCE = 1e-9;
const SEPARATOR = '\u0000';

export const marginName = (table: MarginTable): string => table.variables.join(' x ');
const cellKey = (categories: readonly string[]): string => categories.join(SEPARATOR);
const cellName = (categories: readonly string[]): string => categories.join(' x ');
export const marginTotal = (table: MarginTable): number =>
  compensatedSum(table.cells.map((cell) => cell.total));

/** The margin scaled so that its cells add to `total`: for margins given in percent, or to settle a difference. */
export function scaleMargin(table: MarginTable, total: number): MarginTable {
  const factor = total / marginTotal(table);
  return {
    ...table,
    cells: table.cells.map(({ categories, total: count }) => ({ categories, total: count * factor })),
  };
}

/**
 * Checks margins against the sample and turns them into calibration cells (one per observed combination).
 * Failures: DESIGN_VARIABLE_MISSING {variable, row}; MARGIN_NOT_POSITIVE {variable, category, total};
 * MARGIN_CATEGORY_MISSING {variable, category} (in the sample, not in the margin);
 * MARGIN_CATEGORY_UNKNOWN {variable, category} (in the margin, nobody in the sample);
 * MARGIN_TOTALS_DIFFER {first, firstTotal, second, secondTotal}.
 */
export function marginSpace(
  margins: readonly MarginTable[],
  columns: CategoryColumns,
  rowCount: number,
): Result<CalibrationSpace> {
  const totals = checkTotals(margins);
  if (!totals.ok) return totals;
  const codings: MarginCoding[] = [];
  for (const margin of margins) {
    const coding = codeMargin(margin, columns, rowCount);
    if (!coding.ok) return coding;
    codings.push(coding.value);
  }
  return ok(crossMargins(codings, rowCount));
}

function checkTotals(margins: readonly MarginTable[]): Result<true> {
  const first = margins[0];
  if (first === undefined) throw new Error('calibration needs at least one margin');
  for (const margin of margins) {
    const bad = margin.cells.find((cell) => !(cell.total > 0 && cell.total < Infinity));
    if (bad !== undefined) {
      const category = cellName(bad.categories);
      return fail('MARGIN_NOT_POSITIVE', { variable: marginName(margin), category, total: bad.total });
    }
  }
  const firstTotal = marginTotal(first);
  for (const margin of margins) {
    const secondTotal = marginTotal(margin);
    if (Math.abs(secondTotal - firstTotal) > TOTALS_TOLERANCE * firstTotal) {
      return fail('MARGIN_TOTALS_DIFFER', {
        first: marginName(first),
        firstTotal,
        second: marginName(margin),
        secondTotal,
      });
    }
  }
  return ok(true);
}

interface MarginCoding {
  readonly margin: MarginTable;
  /** Index of the margin cell every row falls into. */
  readonly cellOfRow: Int32Array;
}

function codeMargin(margin: MarginTable, columns: CategoryColumns, rowCount: number): Result<MarginCoding> {
  const variable = marginName(margin);
  const indexByKey = new Map(margin.cells.map((cell, index) => [cellKey(cell.categories), index]));
  const values = margin.variables.map((name) => columns[name]);
  const absent = values.findIndex((column) => column === undefined);
  if (absent >= 0)
    return fail('DESIGN_VARIABLE_MISSING', { variable: margin.variables[absent] ?? '', row: 0 });
  const cellOfRow = new Int32Array(rowCount);
  const observed = new Uint8Array(margin.cells.length);
  for (let row = 0; row < rowCount; row++) {
    const categories = values.map((column) => column?.[row] ?? '');
    const empty = categories.indexOf('');
    if (empty >= 0) {
      return fail('DESIGN_VARIABLE_MISSING', { variable: margin.variables[empty] ?? '', row: row + 1 });
    }
    const index = indexByKey.get(cellKey(categories));
    if (index === undefined) {
      return fail('MARGIN_CATEGORY_MISSING', { variable, category: cellName(categories), row: row + 1 });
    }
    cellOfRow[row] = index;
    observed[index] = 1;
  }
  const unseen = margin.cells[observed.indexOf(0)];
  return unseen === undefined
    ? ok({ margin, cellOfRow })
    : fail('MARGIN_CATEGORY_UNKNOWN', { variable, category: cellName(unseen.categories) });
}

/** One calibration cell per observed combination of margin cells; variables are 0/1 indicators. */
function crossMargins(codings: readonly MarginCoding[], rowCount: number): CalibrationSpace {
  const offsets: number[] = [];
  const names: string[] = [];
  const totals: number[] = [];
  for (const { margin } of codings) {
    offsets.push(names.length);
    for (const cell of margin.cells) {
      names.push(`${marginName(margin)}: ${cellName(cell.categories)}`);
      totals.push(cell.total);
    }
  }
  const cellOfRow = new Int32Array(rowCount);
  const known = new Map<string, number>();
  const lines: number[][] = [];
  for (let row = 0; row < rowCount; row++) {
    const line = codings.map(({ cellOfRow: codes }, k) => (offsets[k] ?? 0) + (codes[row] ?? 0));
    const key = line.join(',');
    let cell = known.get(key);
    if (cell === undefined) {
      cell = lines.length;
      known.set(key, cell);
      lines.push(line);
    }
    cellOfRow[row] = cell;
  }
  const variables = new Float64Array(lines.length * names.length);
  lines.forEach((line, cell) => line.forEach((index) => (variables[cell * names.length + index] = 1)));
  return {
    cellOfRow,
    cellCount: lines.length,
    variableCount: names.length,
    variables,
    names,
    totals: Float64Array.from(totals),
  };
}
