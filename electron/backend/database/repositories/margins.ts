/** Calibration margins of a survey: one table in force, replaced ones kept. */
import { randomUUID } from 'node:crypto';
import type { SurveyId } from '@shared/domain/ids';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

export interface NewMargins {
  readonly surveyId: SurveyId;
  /** The margins themselves; the weighting use case owns their schema. */
  readonly document: JsonValue;
  /** Where the figures come from, as the user states it. */
  readonly source: string;
  readonly contentHash: string;
}

export interface StoredMargins {
  readonly marginId: string;
  readonly document: unknown;
  readonly source: string;
  readonly contentHash: string;
  readonly importedAt: string;
}

/** Puts new margins in force and keeps the replaced ones; returns their id. */
export function saveMargins(db: WritableDb, margins: NewMargins): Result<string> {
  return db.transact(() => {
    const marginId = randomUUID();
    db.record({ kind: 'marginSaved', marginId, ...margins, at: db.now() });
    return ok(marginId);
  });
}

/** The margins in force, null when there are none. */
export function getMargins(db: ReadableDb, surveyId: SurveyId): StoredMargins | null {
  const row = db.connection
    .prepare<[string], Omit<StoredMargins, 'document'> & { readonly documentJson: string }>(
      `SELECT margin_id AS marginId, document_json AS documentJson, source, content_hash AS contentHash,
         imported_at AS importedAt
       FROM margin_table WHERE survey_id = ? AND replaced_at IS NULL`,
    )
    .get(surveyId);
  if (row === undefined) return null;
  const { documentJson, ...rest } = row;
  return { ...rest, document: fromJson(documentJson) };
}

export function applyMarginSaved(connection: Connection, entry: EntryOf<'marginSaved'>): void {
  connection
    .prepare('UPDATE margin_table SET replaced_at = ? WHERE survey_id = ? AND replaced_at IS NULL')
    .run(entry.at, entry.surveyId);
  connection
    .prepare(
      `INSERT INTO margin_table (margin_id, survey_id, document_json, source, content_hash, imported_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(entry.marginId, entry.surveyId, toJson(entry.document), entry.source, entry.contentHash, entry.at);
}
