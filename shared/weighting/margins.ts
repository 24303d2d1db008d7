/**
 * Population margins: the totals a calibrated sample must reproduce, and the checks that name what does not fit.
 */
import { compensatedSum } from '../numeric/compensatedSum';
import { fail, ok, type Result } from '../domain/result';
import {
  codeColumn,
  crossCodes,
  nestCodes,
  type CodedColumn,
  type CrossedCodes,
} from '../estimation/design/idColumn';
import { at, intAt } from '../numeric/typedArray';
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
  const combinations = codeVariables(margin, columns, rowCount);
  if (!combinations.ok) return combinations;
  const variable = marginName(margin);
  const indexByKey = new Map(margin.cells.map((cell, index) => [cellKey(cell.categories), index]));
  const { codes, firstRows } = combinations.value;
  const indexOfCode = new Int32Array(firstRows.length);
  for (const [code, row] of firstRows.entries()) {
    const categories = margin.variables.map((name) => columns[name]?.[row] ?? '');
    const index = indexByKey.get(cellKey(categories));
    if (index === undefined) {
      return fail('MARGIN_CATEGORY_MISSING', { variable, category: cellName(categories), row: row + 1 });
    }
    indexOfCode[code] = index;
  }
  const observed = new Set(indexOfCode);
  const unseen = margin.cells.find((_, index) => !observed.has(index));
  return unseen === undefined
    ? ok({ margin, cellOfRow: translate(codes, indexOfCode) })
    : fail('MARGIN_CATEGORY_UNKNOWN', { variable, category: cellName(unseen.categories) });
}

function translate(codes: Int32Array, table: Int32Array): Int32Array {
  const translated = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) translated[row] = intAt(table, intAt(codes, row));
  return translated;
}

/** Codes the observed combinations of the margin's variables, in order of first appearance. */
function codeVariables(margin: MarginTable, columns: CategoryColumns, rowCount: number): Result<CodedColumn> {
  let combinations: CodedColumn | null = null;
  for (const variable of margin.variables) {
    const column = columns[variable];
    if (column === undefined) return fail('DESIGN_VARIABLE_MISSING', { variable, row: 0 });
    if (column.length !== rowCount) throw new Error(`${variable}: one category per row is required`);
    const coded = codeColumn(column);
    if (coded.missingRow >= 0) {
      return fail('DESIGN_VARIABLE_MISSING', { variable, row: coded.missingRow + 1 });
    }
    combinations = combinations === null ? coded : nestCodes(combinations.codes, coded);
  }
  if (combinations === null) throw new Error('a margin needs a variable');
  return ok(combinations);
}

/** One calibration cell per observed combination of margin cells; variables are 0/1 indicators. */
function crossMargins(codings: readonly MarginCoding[], rowCount: number): CalibrationSpace {
  let crossed: CrossedCodes = { codes: new Int32Array(rowCount), firstRows: [0] };
  for (const { cellOfRow } of codings) crossed = crossCodes(cellOfRow, crossed.codes);
  const cells = codings.flatMap(({ margin }) => margin.cells.map((cell) => ({ margin, cell })));
  const variables = new Float64Array(crossed.firstRows.length * cells.length);
  crossed.firstRows.forEach((row, cell) => {
    let offset = cell * cells.length;
    for (const { margin, cellOfRow } of codings) {
      variables[offset + at(cellOfRow, row)] = 1;
      offset += margin.cells.length;
    }
  });
  return {
    cellOfRow: crossed.codes,
    cellCount: crossed.firstRows.length,
    variableCount: cells.length,
    variables,
    names: cells.map(({ margin, cell }) => `${marginName(margin)}: ${cellName(cell.categories)}`),
    totals: Float64Array.from(cells, ({ cell }) => cell.total),
  };
}
