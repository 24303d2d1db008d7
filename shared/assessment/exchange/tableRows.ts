/** Reads the rows of a sheet cell by cell under a found header. */
import type { ProblemLog } from '../../importing/problemLog';
import type { CellProblem } from '../../importing/problems';
import type { Cell, Table } from '../../importing/table';
import { isBlank, isFormula } from '../../importing/table';
import type { FlatItem } from './flatItem';
import type { PlacedColumn, SheetHeader } from './tableHeaders';

export interface ReadRow {
  readonly values: FlatItem;
  /** 1-based row of the sheet. */
  readonly row: number;
  /** Whether every cell could be read. */
  readonly isRead: boolean;
  readonly report: (path: string, problem: CellProblem) => void;
}

type ReportCell = (path: string, problem: CellProblem) => void;

function readCell(column: PlacedColumn, cell: Cell, report: ReportCell): readonly [string, unknown] | null {
  if (isFormula(cell)) {
    report(column.path, { code: 'FORMULA_CELL', params: {} });
    return null;
  }
  const reading = column.codec.read(cell);
  if (reading.ok) return [column.path, reading.value];
  report(column.path, reading.problem);
  return null;
}

/** Column of a path; the first of its group when the path itself has none, so that an error always has a cell. */
function placeOf(columns: readonly PlacedColumn[], path: string): number | null {
  const head = path.split('.')[0] ?? path;
  const found =
    columns.find((each) => each.path === path) ??
    columns.find((each) => path.startsWith(`${each.path}.`)) ??
    columns.find((each) => each.path.split('.')[0] === head);
  return found?.index ?? null;
}

export interface RowRules {
  readonly log: ProblemLog;
  /** Whether a blank cell of a required column is an error. */
  readonly requires: (path: string) => boolean;
}

function readRow(cells: readonly Cell[], row: number, header: SheetHeader, rules: RowRules): ReadRow {
  const state = { isRead: true };
  const report: ReportCell = (path, problem) => {
    state.isRead = false;
    rules.log.add('error', { row, column: placeOf(header.columns, path) }, problem);
  };
  const values = new Map<string, unknown>();
  for (const column of header.columns) {
    const cell = cells[column.index] ?? null;
    if (!isBlank(cell)) {
      const entry = readCell(column, cell, report);
      if (entry !== null) values.set(...entry);
    } else if (column.isRequired && rules.requires(column.path))
      report(column.path, { code: 'ITEM_CELL_EMPTY', params: { column: column.text.header } });
  }
  return { values, row, isRead: state.isRead, report };
}

/** Every row below the header that is not blank; problems go to the log. */
export const readRows = (table: Table, header: SheetHeader, rules: RowRules): readonly ReadRow[] =>
  table.rows.flatMap((cells, index) =>
    index + 1 < header.firstRow || cells.every(isBlank) ? [] : [readRow(cells, index + 1, header, rules)],
  );
