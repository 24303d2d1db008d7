/** One data row seen through the mapping: cells by meaning, and one place where its problems are reported. */
import type { Mapping, MappedColumn } from './mapping';
import { refuse, type CellProblem, type CellReading } from './problems';
import type { SingleRole } from './roles';
import { isBlank, isFormula, type Cell } from './table';

export type Severity = 'error' | 'warning';

/** Reports a problem of one column; null = the row as a whole. */
export type ReportProblem = (severity: Severity, column: number | null, problem: CellProblem) => void;

export interface TableColumns {
  readonly single: ReadonlyMap<SingleRole, number>;
  readonly keyGroups: readonly MappedColumn[];
  readonly questions: readonly MappedColumn[];
  readonly items: readonly MappedColumn[];
  readonly hasMarks: boolean;
}

/** Sorts the mapped columns by what reads them; done once per table. */
export function groupColumns(mapping: Mapping): TableColumns {
  const single = new Map<SingleRole, number>();
  const keyGroups: MappedColumn[] = [];
  const questions: MappedColumn[] = [];
  const items: MappedColumn[] = [];
  for (const mapped of mapping.columns) {
    if (mapped.role === 'ignore') continue;
    if (mapped.role === 'item' || mapped.role === 'itemMark') items.push(mapped);
    else if (mapped.role === 'question') questions.push(mapped);
    else if (mapped.role === 'keyGroup') keyGroups.push(mapped);
    else single.set(mapped.role, mapped.column);
  }
  return { single, keyGroups, questions, items, hasMarks: items.some(({ role }) => role === 'itemMark') };
}

export interface RowSource {
  readonly cells: readonly Cell[];
  readonly columns: TableColumns;
  readonly report: ReportProblem;
}

/** Value of a cell, null when blank; formulas and unreadable cells are reported and become null. */
export function take<T>(
  source: RowSource,
  column: number,
  reader: (cell: Cell) => CellReading<T | null>,
): T | null {
  const cell = source.cells[column] ?? null;
  if (isBlank(cell)) return null;
  const reading = isFormula(cell) ? refuse('FORMULA_CELL') : reader(cell);
  if (reading.ok) return reading.value;
  source.report('error', column, reading.problem);
  return null;
}

/** As `take`, for a role that has at most one column; null also when it has none. */
export function takeRole<T>(
  source: RowSource,
  role: SingleRole,
  reader: (cell: Cell) => CellReading<T | null>,
): T | null {
  const column = source.columns.single.get(role);
  return column === undefined ? null : take(source, column, reader);
}

/** Whether the role has a column and this row leaves it blank. */
export function leavesBlank(source: RowSource, role: SingleRole): boolean {
  const column = source.columns.single.get(role);
  return column !== undefined && isBlank(source.cells[column]);
}
