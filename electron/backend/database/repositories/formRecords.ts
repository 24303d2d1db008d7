/** The form library (卷库): forms filed for use in the field and their statuses. Append-only; the newest status counts. */
import { randomUUID } from 'node:crypto';
import { formId } from '@shared/domain/ids';
import type { FormId, SurveyId } from '@shared/domain/ids';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

export type FormStatus = 'available' | 'retired';

export interface NewFormRecord {
  readonly formId: FormId;
  readonly title: string;
  readonly bankId: string;
  readonly blueprintId: string;
  /** Shared by the parallel forms of one assembly. */
  readonly setId: string;
  readonly seed: number;
  /** Judgement, verification and options of the assembly. */
  readonly document: JsonValue;
  readonly filedBy: string;
}

export interface StoredFormRecord extends Omit<NewFormRecord, 'document'> {
  /** Parse it with the schema of the use case that wrote it. */
  readonly document: unknown;
  readonly filedAt: string;
  /** 可用 until somebody says otherwise. */
  readonly status: FormStatus;
  readonly statusReason: string | null;
  readonly surveys: readonly FormSurvey[];
}

/** A survey that fields the form. */
export interface FormSurvey {
  readonly surveyId: SurveyId;
  readonly name: string;
  readonly year: number;
  readonly isDemo: boolean;
  /** Complete cases. */
  readonly responseCount: number;
}

export interface StoredFormStatus {
  readonly status: FormStatus;
  readonly setBy: string;
  readonly reason: string;
  readonly recordedAt: string;
}

/** Files a stored form. Fails with FORM_ALREADY_FILED {title} for a form the library has. */
export function fileForm(db: WritableDb, record: NewFormRecord): Result<FormId> {
  return db.transact(() => {
    const known = db.connection
      .prepare<[string], { title: string }>('SELECT title FROM form_record WHERE form_id = ?')
      .get(record.formId);
    if (known !== undefined) return fail('FORM_ALREADY_FILED', { title: known.title });
    db.record({ kind: 'formFiled', ...record, at: db.now() });
    return ok(record.formId);
  });
}

export function setFormStatus(
  db: WritableDb,
  change: Omit<StoredFormStatus, 'recordedAt'> & { readonly formId: FormId },
): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'formStatusSet', statusId: randomUUID(), ...change, at: db.now() });
    return ok(null);
  });
}

type RecordRow = Omit<StoredFormRecord, 'document' | 'surveys'> & { readonly documentJson: string };

function surveysOf(db: ReadableDb): ReadonlyMap<string, readonly FormSurvey[]> {
  const rows = db.connection
    .prepare<[], Omit<FormSurvey, 'isDemo'> & { readonly formId: string; readonly demo: number }>(
      `SELECT survey.form_id AS formId, survey.survey_id AS surveyId, settings_json ->> 'name' AS name,
         settings_json ->> 'year' AS year, is_demo AS demo,
         (SELECT count(*) FROM interview WHERE interview.survey_id = survey.survey_id
            AND state = 'closed' AND disposition = 'complete') AS responseCount
       FROM survey WHERE survey.form_id IS NOT NULL ORDER BY survey.rowid`,
    )
    .all();
  const byForm = new Map<string, FormSurvey[]>();
  for (const { formId: id, demo, ...survey } of rows)
    byForm.set(id, [...(byForm.get(id) ?? []), { ...survey, isDemo: demo === 1 }]);
  return byForm;
}

/** The whole library, newest first. */
export function listFormRecords(db: ReadableDb): readonly StoredFormRecord[] {
  const surveys = surveysOf(db);
  return db.connection
    .prepare<[], RecordRow>(
      `SELECT record.form_id AS formId, title, bank_id AS bankId, blueprint_id AS blueprintId, set_id AS setId, seed,
         document_json AS documentJson, filed_by AS filedBy, filed_at AS filedAt,
         coalesce(newest.status, 'available') AS status, newest.reason AS statusReason
       FROM form_record AS record
       LEFT JOIN form_status AS newest ON newest.rowid =
         (SELECT max(rowid) FROM form_status WHERE form_status.form_id = record.form_id)
       ORDER BY record.rowid DESC`,
    )
    .all()
    .map(({ documentJson, ...row }) => ({
      ...row,
      formId: formId.parse(row.formId),
      document: fromJson(documentJson),
      surveys: surveys.get(row.formId) ?? [],
    }));
}

/** Null when the library does not have the form. */
export const getFormRecord = (db: ReadableDb, id: FormId): StoredFormRecord | null =>
  listFormRecords(db).find((record) => record.formId === id) ?? null;

/** Every status set for a form, in order; empty while it is 可用 from the start. */
export function listFormStatuses(db: ReadableDb, id: FormId): readonly StoredFormStatus[] {
  return db.connection
    .prepare<[string], StoredFormStatus>(
      `SELECT status, set_by AS setBy, reason, recorded_at AS recordedAt
       FROM form_status WHERE form_id = ? ORDER BY rowid`,
    )
    .all(id);
}

export function applyFormFiled(connection: Connection, entry: EntryOf<'formFiled'>): void {
  connection
    .prepare(
      `INSERT INTO form_record (form_id, title, bank_id, blueprint_id, set_id, seed, document_json, filed_by, filed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.formId,
      entry.title,
      entry.bankId,
      entry.blueprintId,
      entry.setId,
      entry.seed,
      toJson(entry.document),
      entry.filedBy,
      entry.at,
    );
}

export function applyFormStatusSet(connection: Connection, entry: EntryOf<'formStatusSet'>): void {
  connection
    .prepare(
      `INSERT INTO form_status (status_id, form_id, status, set_by, reason, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(entry.statusId, entry.formId, entry.status, entry.setBy, entry.reason, entry.at);
}
