/** Sources of items as they were added and changed here. Append-only; the newest version of a source counts. */
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

export type ReferenceStatus = 'current' | 'superseded' | 'withdrawn';

export interface NewReferenceVersion {
  readonly bankId: string;
  readonly referenceId: string;
  readonly version: number;
  /** Version this one was made from; 1 is the one of the bank's files; null for a new source. */
  readonly previousVersion: number | null;
  readonly document: JsonValue;
  readonly status: ReferenceStatus;
  /** What takes its place: the id of a source, or words; null while it is in force. */
  readonly supersededBy: string | null;
  readonly savedBy: string;
  readonly note: string;
}

export interface StoredReferenceVersion extends Omit<NewReferenceVersion, 'document'> {
  /** Passed the schema of references when it was stored. */
  readonly document: unknown;
  readonly recordedAt: string;
}

/** Stores a version. Fails with REFERENCE_CHANGED_MEANWHILE when somebody else followed the same version first. */
export function saveReferenceVersion(db: WritableDb, reference: NewReferenceVersion): Result<null> {
  return db.transact(() => {
    const rival = db.connection
      .prepare<[string, string, number]>(
        'SELECT 1 FROM item_reference WHERE bank_id = ? AND reference_id = ? AND version >= ?',
      )
      .get(reference.bankId, reference.referenceId, reference.version);
    if (rival !== undefined)
      return fail('REFERENCE_CHANGED_MEANWHILE', { referenceId: reference.referenceId });
    db.record({ kind: 'itemReferenceSaved', ...reference, at: db.now() });
    return ok(null);
  });
}

/** Every version in the order it was recorded. */
export function listReferenceVersions(db: ReadableDb, bankId: string): readonly StoredReferenceVersion[] {
  return db.connection
    .prepare<[string], Omit<StoredReferenceVersion, 'document'> & { readonly documentJson: string }>(
      `SELECT bank_id AS bankId, reference_id AS referenceId, version, previous_version AS previousVersion,
         document_json AS documentJson, status, superseded_by AS supersededBy, saved_by AS savedBy, note,
         recorded_at AS recordedAt
       FROM item_reference WHERE bank_id = ? ORDER BY rowid`,
    )
    .all(bankId)
    .map(({ documentJson, ...row }) => ({ ...row, document: fromJson(documentJson) }));
}

export function applyItemReferenceSaved(connection: Connection, entry: EntryOf<'itemReferenceSaved'>): void {
  connection
    .prepare(
      `INSERT INTO item_reference (bank_id, reference_id, version, previous_version, document_json, status,
         superseded_by, saved_by, note, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.bankId,
      entry.referenceId,
      entry.version,
      entry.previousVersion,
      toJson(entry.document),
      entry.status,
      entry.supersededBy,
      entry.savedBy,
      entry.note,
      entry.at,
    );
}
