/** Imported answer tables: all rows or none, recognised by content hash, voided but never deleted. */
import { randomUUID } from 'node:crypto';
import type { InterviewScore } from '@shared/assessment/score';
import { interviewId } from '@shared/domain/ids';
import type { BatchId, SurveyId } from '@shared/domain/ids';
import type { RespondentRecord } from '@shared/domain/respondent';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf, ImportedRow } from '../journalEntry';
import { toJson } from '../json';
import type { JsonValue } from '../json';
import { listCaseCodes } from './interviewQueries';

export interface NewBatch {
  readonly batchId: BatchId;
  readonly surveyId: SurveyId;
  /** SHA-256 of the file and the name of the sheet, hex. */
  readonly contentHash: string;
  readonly fileName: string;
  readonly sheet: string;
  readonly mapping: JsonValue;
}

export interface NewRow {
  /** Row in the sheet, 1 for the first. */
  readonly rowNumber: number;
  readonly respondent: RespondentRecord;
  /** Cells as given, by column heading; may be left out for generated data. */
  readonly given?: Readonly<Record<string, JsonValue>>;
  readonly score: InterviewScore | null;
}

export interface ImportBatch {
  readonly batchId: BatchId;
  readonly surveyId: SurveyId;
  readonly contentHash: string;
  readonly fileName: string;
  readonly sheet: string;
  readonly rowCount: number;
  readonly importedAt: string;
  readonly voidedAt: string | null;
  readonly voidReason: string | null;
}

const columns = `batch_id AS batchId, survey_id AS surveyId, content_hash AS contentHash, file_name AS fileName,
  sheet, row_count AS rowCount, imported_at AS importedAt, voided_at AS voidedAt, void_reason AS voidReason`;

/**
 * Stores a whole table with its scores in one transaction.
 * Fails with IMPORT_ALREADY_DONE when the same content is in force, CASE_ALREADY_IMPORTED {count, caseCode} when
 * the survey holds one of the cases, NOT_FOUND when there is no such survey.
 */
export function insertBatch(db: WritableDb, batch: NewBatch, rows: readonly NewRow[]): Result<ImportBatch> {
  return db.transact(() => {
    const same = findBatchByHash(db, batch.surveyId, batch.contentHash);
    if (same !== null) {
      return fail('IMPORT_ALREADY_DONE', { fileName: same.fileName, importedAt: same.importedAt });
    }
    const survey = db.connection
      .prepare<[string]>('SELECT 1 FROM survey WHERE survey_id = ?')
      .get(batch.surveyId);
    if (survey === undefined) return fail('NOT_FOUND', { what: 'survey' });
    const known = listCaseCodes(db, batch.surveyId);
    const repeated = rows.map(({ respondent }) => respondent.caseCode).filter((code) => known.has(code));
    const [caseCode] = repeated;
    if (caseCode !== undefined) return fail('CASE_ALREADY_IMPORTED', { count: repeated.length, caseCode });
    db.record({ kind: 'batchImported', ...batch, rows: rows.map(toImportedRow), at: db.now() });
    const stored = findBatchByHash(db, batch.surveyId, batch.contentHash);
    return stored === null ? fail('NOT_FOUND', { what: 'batch' }) : ok(stored);
  });
}

/** The batch in force with this content, null when there is none. */
export function findBatchByHash(db: ReadableDb, surveyId: SurveyId, contentHash: string): ImportBatch | null {
  const row = db.connection
    .prepare<[string, string], ImportBatch>(
      `SELECT ${columns} FROM import_batch WHERE survey_id = ? AND content_hash = ? AND voided_at IS NULL`,
    )
    .get(surveyId, contentHash);
  return row ?? null;
}

/** One batch, voided or not; null when there is none. */
export function findBatch(db: ReadableDb, batchId: BatchId): ImportBatch | null {
  const row = db.connection
    .prepare<[string], ImportBatch>(`SELECT ${columns} FROM import_batch WHERE batch_id = ?`)
    .get(batchId);
  return row ?? null;
}

/** Every batch of a survey, newest first, voided ones included. */
export function listBatches(db: ReadableDb, surveyId: SurveyId): readonly ImportBatch[] {
  return db.connection
    .prepare<[string], ImportBatch>(
      `SELECT ${columns} FROM import_batch WHERE survey_id = ? ORDER BY imported_at DESC, rowid DESC`,
    )
    .all(surveyId);
}

/** Takes a batch out of every figure and allows importing the same file again. Fails with NOT_FOUND. */
export function voidBatch(db: WritableDb, batchId: BatchId, reason: string): Result<null> {
  return db.transact(() => {
    const batch = db.connection
      .prepare<[string]>('SELECT 1 FROM import_batch WHERE batch_id = ? AND voided_at IS NULL')
      .get(batchId);
    if (batch === undefined) return fail('NOT_FOUND', { what: 'batch' });
    db.record({ kind: 'batchVoided', batchId, reason, at: db.now() });
    return ok(null);
  });
}

export function applyBatchImported(connection: Connection, entry: EntryOf<'batchImported'>): void {
  connection
    .prepare(
      `INSERT INTO import_batch
         (batch_id, survey_id, content_hash, file_name, sheet, mapping_json, row_count, imported_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.batchId,
      entry.surveyId,
      entry.contentHash,
      entry.fileName,
      entry.sheet,
      toJson(entry.mapping),
      entry.rows.length,
      entry.at,
    );
  const insertRow = prepareRowInsert(connection, entry);
  for (const row of entry.rows) insertRow(row);
}

export function applyBatchVoided(connection: Connection, entry: EntryOf<'batchVoided'>): void {
  connection
    .prepare('UPDATE import_batch SET voided_at = ?, void_reason = ? WHERE batch_id = ?')
    .run(entry.at, entry.reason, entry.batchId);
  connection
    .prepare(
      "UPDATE interview SET state = 'voided', void_reason = ? WHERE batch_id = ? AND state <> 'voided'",
    )
    .run(entry.reason, entry.batchId);
}

function prepareRowInsert(
  connection: Connection,
  batch: EntryOf<'batchImported'>,
): (row: ImportedRow) => void {
  const interview = connection.prepare(
    `INSERT INTO interview (interview_id, survey_id, origin, batch_id, case_code, mode, medium, seed, state,
       disposition, region_code, design_json, background_json, started_at, closed_at)
     VALUES (?, ?, 'import', ?, ?, ?, ?, 0, 'closed', ?, ?, ?, ?, ?, ?)`,
  );
  const record = connection.prepare(
    'INSERT INTO imported_record (batch_id, row_number, interview_id, document_json) VALUES (?, ?, ?, ?)',
  );
  const score = connection.prepare(
    'INSERT INTO score (score_id, interview_id, document_json, computed_at) VALUES (?, ?, ?, ?)',
  );
  return (row) => {
    const { caseCode, mode, disposition, regionCode, design, background, answers } = row.respondent;
    interview.run(
      row.interviewId,
      batch.surveyId,
      batch.batchId,
      caseCode,
      // On paper it is not known who read the questions.
      mode === 'paper' ? 'unknown' : mode,
      mode === 'paper' ? 'paper' : 'screen',
      disposition,
      regionCode,
      toJson(design),
      toJson(background),
      batch.at,
      batch.at,
    );
    record.run(batch.batchId, row.rowNumber, row.interviewId, toJson({ answers, given: row.given }));
    if (row.score !== null) score.run(row.score.scoreId, row.interviewId, toJson(row.score.score), batch.at);
  };
}

function toImportedRow(row: NewRow): ImportedRow {
  return {
    interviewId: interviewId.parse(randomUUID()),
    rowNumber: row.rowNumber,
    respondent: row.respondent,
    given: { ...row.given },
    score: row.score === null ? null : { scoreId: randomUUID(), score: row.score },
  };
}
