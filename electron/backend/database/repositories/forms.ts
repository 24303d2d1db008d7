/** Assembled forms, stored whole and never changed: an interview must be readable with the form it was taken on. */
import type { FormId } from '@shared/domain/ids';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

/** Stores a form; storing the same document again changes nothing, another one under the same id is refused. */
export function saveForm(db: WritableDb, formId: FormId, document: JsonValue): Result<FormId> {
  return db.transact(() => {
    const existing = getForm(db, formId);
    if (existing === null) db.record({ kind: 'formSaved', formId, document, at: db.now() });
    else if (toJson(existing) !== toJson(document)) {
      return fail('INVALID_INPUT', { field: 'formId', reason: 'exists' });
    }
    return ok(formId);
  });
}

/** The stored document (parse it with the schema of forms), null when there is none. */
export function getForm(db: ReadableDb, formId: FormId): unknown {
  const row = db.connection
    .prepare<[string], { document_json: string }>('SELECT document_json FROM form WHERE form_id = ?')
    .get(formId);
  return row === undefined ? null : fromJson(row.document_json);
}

/** Id of the bank a form was taken from, without reading its items; null when there is no such form. */
export const bankOfForm = (db: ReadableDb, formId: FormId): string | null =>
  db.connection
    .prepare<[string], string>("SELECT document_json ->> '$.form.bankId' FROM form WHERE form_id = ?")
    .pluck()
    .get(formId) ?? null;

export function applyFormSaved(connection: Connection, entry: EntryOf<'formSaved'>): void {
  connection
    .prepare('INSERT INTO form (form_id, document_json, created_at) VALUES (?, ?, ?)')
    .run(entry.formId, toJson(entry.document), entry.at);
}
