/**
 * Reads a whole table under a mapping. All or nothing: with a single error there are no rows to import, only the
 * list of what to repair and where.
 */
import type { ImportContext } from './context';
import { checkMapping, type Mapping } from './mapping';
import { createProblemLog, type ProblemLog } from './problemLog';
import type { CellError } from './problems';
import { createRowPlan, readRow, type ReadRow } from './readRow';
import { groupColumns, type ReportProblem, type TableColumns } from './rowSource';
import { isBlank, type Cell, type Table } from './table';

export interface ImportedRow extends ReadRow {
  /** 1-based row of the sheet. */
  readonly row: number;
  /** Cells of the row as read from the file. */
  readonly raw: readonly Cell[];
}

export interface ImportCounts {
  /** Rows below the header that are not blank. */
  readonly rows: number;
  /** Cases that are scored. */
  readonly complete: number;
  /** All others, partial ones included. */
  readonly nonresponse: number;
  /** All problems found, also those beyond the listed ones. */
  readonly errors: number;
  readonly warnings: number;
}

export interface CheckedImport {
  /** Empty whenever there is an error. */
  readonly records: readonly ImportedRow[];
  readonly errors: readonly CellError[];
  readonly warnings: readonly CellError[];
  readonly counts: ImportCounts;
  readonly hasDesign: { readonly stratum: boolean; readonly psu: boolean; readonly weight: boolean };
}

/** Second and later rows with one case code. */
function reportDuplicates(rows: readonly ImportedRow[], column: number, log: ProblemLog): void {
  const firstRow = new Map<string, number>();
  for (const { row, record } of rows) {
    const first = firstRow.get(record.caseCode);
    if (record.caseCode === '') continue;
    if (first === undefined) firstRow.set(record.caseCode, row);
    else log.add('error', { row, column }, { code: 'DUPLICATE_CASE', params: { firstRow: first } });
  }
}

/** Rows whose case is in the survey already, from an interview or an earlier import. */
function reportKnown(
  rows: readonly ImportedRow[],
  known: ReadonlySet<string>,
  column: number,
  log: ProblemLog,
): void {
  for (const { row, record } of rows) {
    if (known.has(record.caseCode))
      log.add('error', { row, column }, { code: 'CASE_ALREADY_IMPORTED', params: {} });
  }
}

/** A PSU label under two strata: legal when labels restart in each stratum, else a mistake. Once per PSU. */
function reportSplitPsus(rows: readonly ImportedRow[], column: number, log: ProblemLog): void {
  const stratumOf = new Map<string, string>();
  const reported = new Set<string>();
  for (const { row, record } of rows) {
    const { psu, stratum } = record.design;
    if (psu === null || stratum === null || reported.has(psu)) continue;
    const first = stratumOf.get(psu);
    if (first === undefined) stratumOf.set(psu, stratum);
    else if (first !== stratum) {
      reported.add(psu);
      log.add('warning', { row, column }, { code: 'PSU_IN_TWO_STRATA', params: { first, second: stratum } });
    }
  }
}

function reportAcrossRows(
  rows: readonly ImportedRow[],
  columns: TableColumns,
  context: ImportContext,
  log: ProblemLog,
): void {
  const caseColumn = columns.single.get('caseCode');
  const psuColumn = columns.single.get('psu');
  if (caseColumn !== undefined) {
    reportDuplicates(rows, caseColumn, log);
    reportKnown(rows, context.existingCaseCodes, caseColumn, log);
  }
  if (psuColumn !== undefined) reportSplitPsus(rows, psuColumn, log);
}

function countOutcomes(rows: readonly ImportedRow[], log: ProblemLog): ImportCounts {
  const complete = rows.filter(({ record }) => record.disposition === 'complete').length;
  return {
    rows: rows.length,
    complete,
    nonresponse: rows.length - complete,
    errors: log.counts.error,
    warnings: log.counts.warning,
  };
}

function readRows(
  table: Table,
  context: ImportContext,
  columns: TableColumns,
  log: ProblemLog,
): ImportedRow[] {
  const plan = createRowPlan(context);
  const rows: ImportedRow[] = [];
  table.rows.forEach((cells, index) => {
    if (cells.every(isBlank)) return;
    const row = index + 1;
    const report: ReportProblem = (severity, column, problem) => log.add(severity, { row, column }, problem);
    rows.push({ row, raw: cells, ...readRow({ cells, columns, report }, plan) });
  });
  return rows;
}

/** Rows below the header, at their places in the sheet; the rows above read as blank. */
const dataPart = (table: Table, headerRow: number): Table => ({
  ...table,
  rows: table.rows.map((cells, index) => (index < headerRow ? [] : cells)),
});

/**
 * Reads and checks every row. Mapping errors (missing or repeated columns) are reported alone, without cell errors.
 * @param mapping as confirmed by the user and narrowed by `readMapping`.
 */
export function checkTable(table: Table, mapping: Mapping, context: ImportContext): CheckedImport {
  const log = createProblemLog(table, mapping.headerRow);
  const columns = groupColumns(mapping);
  const headerPlace = { row: mapping.headerRow, column: null };
  for (const { severity, problem } of checkMapping(mapping, context)) log.add(severity, headerPlace, problem);
  const rows =
    log.counts.error === 0 ? readRows(dataPart(table, mapping.headerRow), context, columns, log) : [];
  if (log.counts.error === 0 && rows.length === 0) {
    log.add('error', headerPlace, { code: 'TABLE_EMPTY', params: {} });
  }
  reportAcrossRows(rows, columns, context, log);
  const has = (role: 'stratum' | 'psu' | 'weight'): boolean => columns.single.has(role);
  return {
    records: log.counts.error === 0 ? rows : [],
    errors: log.lists.error,
    warnings: log.lists.warning,
    counts: countOutcomes(rows, log),
    hasDesign: { stratum: has('stratum'), psu: has('psu'), weight: has('weight') },
  };
}
