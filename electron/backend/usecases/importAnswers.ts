/** Answer table in: inspect, check, import. The file is parsed once per token; nothing is stored before `run`. */
import { createHash, randomUUID } from 'node:crypto';
import type { ImportCheck, ImportMapping, Inspection } from '@shared/contract/areas/imports';
import { scoreInterview } from '@shared/assessment/scoring';
import type { InterviewScore } from '@shared/assessment/score';
import { keyGroups } from '@shared/domain/groups';
import { batchId } from '@shared/domain/ids';
import type { BatchId, SurveyId } from '@shared/domain/ids';
import type { RespondentRecord } from '@shared/domain/respondent';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { CheckedImport, ImportedRow } from '@shared/importing/checkTable';
import { checkTable } from '@shared/importing/checkTable';
import type { ImportContext } from '@shared/importing/context';
import { guessMapping } from '@shared/importing/guessMapping';
import { describeProblem, guessReasonTexts, roleLabels } from '@shared/importing/importTexts';
import { readMapping } from '@shared/importing/mapping';
import type { CellError } from '@shared/importing/problems';
import { singleRoles } from '@shared/importing/roles';
import type { Table, TableWorkbook } from '@shared/importing/table';
import { cellText, columnLetter } from '@shared/importing/table';
import type { Answers } from '@shared/questions/answer';
import { keyGroupLabels } from '@shared/texts/labels';
import { keysClosed } from '../bankPackages/privateBank';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import type { NewRow } from '../database/repositories/imports';
import { findBatchByHash, insertBatch } from '../database/repositories/imports';
import type { ShelvedFile } from '../host/fileShelf';
import { findInstrument } from '../registry/registry';
import { parseInWorker } from '../workbooks/parseInWorker';
import type { ImportPlace } from './importContext';
import { importPlace } from './importContext';

const previewRows = 20;
const sampleCells = 3;
const listedProblems = 1000;

const parsed = new WeakMap<ShelvedFile, TableWorkbook>();

/** Tables of a shelved file. Failures: NOT_FOUND and those of the guard and the reader. */
export async function readShelved(context: HostContext, token: string): Promise<Result<TableWorkbook>> {
  const file = context.files.get(token);
  if (file === null) return fail('NOT_FOUND', { what: 'file' });
  const known = parsed.get(file);
  if (known !== undefined) return ok(known);
  const workbook = await parseInWorker(file.bytes, file.name);
  if (workbook.ok) parsed.set(file, workbook.value);
  return workbook;
}

export const hashOf = (file: ShelvedFile): string => createHash('sha256').update(file.bytes).digest('hex');

/** Identity of one sheet of a workbook: each sheet can be imported once. */
const sheetHash = (fileHash: string, sheet: string): string =>
  createHash('sha256').update(`${fileHash}\n${sheet}`).digest('hex');

function inspectSheet(
  table: Table,
  context: ImportContext,
): Omit<Inspection['sheets'][number], 'alreadyImportedAt'> {
  const guess = guessMapping(table, context);
  const data = table.rows.slice(guess.headerRow);
  return {
    name: table.name,
    headerRow: guess.headerRow,
    rowCount: data.filter((row) => row.some((cell) => cellText(cell) !== '')).length,
    columns: guess.columns.map((column) => ({
      column: column.column,
      letter: columnLetter(column.column),
      header: column.header,
      role: column.role,
      target: column.target,
      confidence: column.confidence,
      reason: guessReasonTexts[column.reason],
      samples: data
        .map((row) => cellText(row[column.column]))
        .filter((text) => text !== '')
        .slice(0, sampleCells),
    })),
    preview: data.slice(0, previewRows).map((row) => row.map((cell) => cellText(cell))),
  };
}

/** Everything a column can be mapped to, with its Chinese name. */
function targetsOf(context: ImportContext): Inspection['targets'] {
  const plain = [...singleRoles, 'ignore' as const].map((role) => ({
    role,
    target: null,
    label: roleLabels[role],
  }));
  const groups = keyGroups.map((group) => ({
    role: 'keyGroup',
    target: group,
    label: `${roleLabels.keyGroup}：${keyGroupLabels[group]}`,
  }));
  const items = context.form.items.flatMap(({ itemId, position }) => [
    { role: 'item', target: itemId, label: `第 ${position} 题（作答）` },
    { role: 'itemMark', target: itemId, label: `第 ${position} 题（0/1 对错）` },
  ]);
  const questions = (context.questions ?? []).map(({ code, label }) => ({
    role: 'question',
    target: code,
    label: `${code} ${label.slice(0, 30)}`,
  }));
  return [...plain, ...groups, ...items, ...questions];
}

export async function inspectFile(
  context: HostContext,
  id: SurveyId,
  token: string,
): Promise<Result<Inspection>> {
  const place = importPlace(context, id);
  if (!place.ok) return place;
  const workbook = await readShelved(context, token);
  if (!workbook.ok) return workbook;
  const file = context.files.get(token);
  if (file === null) return fail('NOT_FOUND', { what: 'file' });
  const contentHash = hashOf(file);
  const { db } = context.vault.storage();
  return ok({
    fileName: file.name,
    contentHash,
    sheets: workbook.value.sheets.map((sheet) => ({
      ...inspectSheet(sheet, place.value.importContext),
      alreadyImportedAt: findBatchByHash(db, id, sheetHash(contentHash, sheet.name))?.importedAt ?? null,
    })),
    targets: targetsOf(place.value.importContext),
  });
}

interface Checked {
  readonly place: ImportPlace;
  readonly checked: CheckedImport;
  readonly file: ShelvedFile;
  readonly contentHash: string;
}

/** Failures: NOT_FOUND, IMPORT_ALREADY_DONE, IMPORT_MAPPING_INCOMPLETE and those of reading. */
async function checkFile(
  context: HostContext,
  id: SurveyId,
  token: string,
  mapping: ImportMapping,
): Promise<Result<Checked>> {
  const place = importPlace(context, id);
  if (!place.ok) return place;
  const workbook = await readShelved(context, token);
  if (!workbook.ok) return workbook;
  const file = context.files.get(token);
  const table = workbook.value.sheets.find((sheet) => sheet.name === mapping.sheet);
  if (file === null || table === undefined) return fail('NOT_FOUND', { what: 'sheet' });
  const contentHash = sheetHash(hashOf(file), table.name);
  const same = findBatchByHash(context.vault.storage().db, id, contentHash);
  if (same !== null)
    return fail('IMPORT_ALREADY_DONE', { fileName: same.fileName, importedAt: same.importedAt });
  const narrowed = readMapping(mapping, place.value.importContext);
  if (!narrowed.ok) return narrowed;
  return ok({
    place: place.value,
    checked: checkTable(table, narrowed.value, place.value.importContext),
    file,
    contentHash,
  });
}

export const toErrorView = (error: CellError): ImportCheck['errors'][number] => ({
  sheet: error.sheet,
  row: error.row,
  column: error.column,
  header: error.header,
  value: error.value,
  code: error.code,
  ...describeProblem(error),
});

/** Reads and checks the whole table without storing anything. */
export async function checkImport(
  context: HostContext,
  id: SurveyId,
  token: string,
  mapping: ImportMapping,
): Promise<Result<ImportCheck>> {
  const result = await checkFile(context, id, token, mapping);
  if (!result.ok) return result;
  const { counts, errors, warnings, hasDesign } = result.value.checked;
  return ok({
    rowCount: counts.rows,
    completeCount: counts.complete,
    nonresponseCount: counts.nonresponse,
    errorCount: counts.errors,
    warningCount: counts.warnings,
    errors: errors.slice(0, listedProblems).map(toErrorView),
    warnings: warnings.slice(0, listedProblems).map(toErrorView),
    hasDesign,
  });
}

/** Problems of a file whole, for the downloadable list. */
export async function importProblems(
  context: HostContext,
  id: SurveyId,
  token: string,
  mapping: ImportMapping,
): Promise<Result<Pick<CheckedImport, 'errors' | 'warnings'>>> {
  const result = await checkFile(context, id, token, mapping);
  return result.ok ? ok(result.value.checked) : result;
}

/** Marks of a table that holds 0/1 instead of answers, as the number answers scoring knows. */
function withMarks(row: ImportedRow): RespondentRecord {
  const marks: Answers = Object.fromEntries(
    Object.entries(row.itemMarks ?? {}).map(([itemId, value]) => [itemId, { kind: 'number', value }]),
  );
  return { ...row.record, answers: { ...row.record.answers, ...marks } };
}

/** Whether every answer to an item is a 0/1 mark or missing, which no key is needed for. */
const holdsMarksOnly = ({ scoring }: ImportPlace, { answers }: RespondentRecord): boolean =>
  scoring.form.entries.every(({ itemId }) => {
    const kind = answers[itemId]?.kind;
    return kind === undefined || kind === 'number' || kind === 'missing';
  });

/**
 * Scores one record when the case is complete; a case that is not is kept without a score. Fails with
 * BANK_KEYS_CLOSED {bank} when answers of a private bank are given and its keys are closed.
 */
export function scoreRecord(
  context: HostContext,
  place: ImportPlace,
  record: RespondentRecord,
): Result<InterviewScore | null> {
  const instrument = findInstrument(context.registry, place.survey.settings.instrumentId);
  if (instrument === null) return fail('NOT_FOUND', { what: 'instrument' });
  if (record.disposition !== 'complete') return ok(null);
  if (place.scoring.keys === 'closed' && !holdsMarksOnly(place, record))
    return keysClosed(context, place.stored.form.bankId);
  return scoreInterview(instrument, place.scoring.form, place.scoring.items, record.answers);
}

function scoredRows(
  context: HostContext,
  place: ImportPlace,
  rows: readonly ImportedRow[],
): Result<NewRow[]> {
  const scored: NewRow[] = [];
  for (const row of rows) {
    const respondent = withMarks(row);
    const score = scoreRecord(context, place, respondent);
    if (!score.ok) return score;
    scored.push({
      rowNumber: row.row,
      respondent,
      given: Object.fromEntries(row.raw.map((cell, column) => [columnLetter(column), cellText(cell)])),
      score: score.value,
    });
  }
  return ok(scored);
}

/**
 * Imports a whole table or nothing. Failures: IMPORT_HAS_ERRORS {count}, IMPORT_ALREADY_DONE {importedAt},
 * CASE_ALREADY_IMPORTED {count, caseCode}, those of reading and of the storage.
 */
export async function importAnswers(
  context: HostContext,
  id: SurveyId,
  token: string,
  mapping: ImportMapping,
): Promise<Result<{ batchId: BatchId; rowCount: number }>> {
  const result = await checkFile(context, id, token, mapping);
  if (!result.ok) return result;
  const { place, checked, file, contentHash } = result.value;
  if (checked.counts.errors > 0) return fail('IMPORT_HAS_ERRORS', { count: checked.counts.errors });
  const rows = scoredRows(context, place, checked.records);
  if (!rows.ok) return rows;
  const { db } = context.vault.storage();
  const stored = insertBatch(
    db,
    {
      batchId: batchId.parse(randomUUID()),
      surveyId: id,
      contentHash,
      fileName: file.name,
      sheet: mapping.sheet,
      mapping: mapping,
    },
    rows.value,
  );
  if (!stored.ok) return stored;
  const { rowCount } = stored.value;
  const detail = { rowCount, contentHash };
  const audited = appendAudit(db, { action: 'import.done', subject: stored.value.batchId, detail });
  return audited.ok ? ok({ batchId: stored.value.batchId, rowCount }) : audited;
}
