/** Collects the problems of one table with the place of each; counts all, lists the first ones. */
import { remedyOf, type CellError, type CellProblem } from './problems';
import type { Severity } from './rowSource';
import { cellText, columnLetter, isFormula, type Cell, type Table } from './table';

/** Problems listed in full; a table that is wrong throughout would otherwise list every one of its cells. */
export const maximumListed = 20_000;

const shownLength = 60;

function shownValue(cell: Cell | undefined): string {
  if (cell !== undefined && isFormula(cell)) return '=';
  const text = [...cellText(cell)];
  return text.length > shownLength ? `${text.slice(0, shownLength - 1).join('')}…` : text.join('');
}

export interface ProblemLog {
  readonly lists: Readonly<Record<Severity, CellError[]>>;
  readonly counts: Record<Severity, number>;
  add(severity: Severity, place: { row: number; column: number | null }, problem: CellProblem): void;
}

/** @param headerRow 1-based row whose cells name the columns. */
export function createProblemLog(table: Table, headerRow: number): ProblemLog {
  const headers = table.rows[headerRow - 1] ?? [];
  const lists: ProblemLog['lists'] = { error: [], warning: [] };
  const counts = { error: 0, warning: 0 };
  return {
    lists,
    counts,
    add(severity, { row, column }, problem) {
      counts[severity] += 1;
      if (lists[severity].length >= maximumListed) return;
      lists[severity].push({
        ...problem,
        sheet: table.name,
        row,
        column: column === null ? '' : columnLetter(column),
        header: column === null ? '' : shownValue(headers[column]),
        value: column === null ? '' : shownValue(table.rows[row - 1]?.[column]),
        remedyCode: remedyOf[problem.code],
      });
    },
  };
}
