/** Computed results: derived, so they are replaced freely and not journalled. */
import type { SurveyId } from '@shared/domain/ids';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { ReadableDb, WritableDb } from '../connection';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

export interface ResultSnapshot {
  readonly surveyId: SurveyId;
  /** What was asked for; two equal specifications share one snapshot. */
  readonly spec: JsonValue;
  /** `dataFingerprint` of the survey when the result was computed. */
  readonly dataFingerprint: string;
  readonly document: JsonValue;
}

export interface StoredResult {
  readonly document: unknown;
  readonly dataFingerprint: string;
  readonly computedAt: string;
}

/** Stores a result in place of an older one of the same specification. */
export function saveResult(db: WritableDb, snapshot: ResultSnapshot): Result<null> {
  return db.transact(() => {
    db.connection
      .prepare(
        `INSERT INTO result_snapshot (survey_id, spec_json, data_fingerprint, document_json, computed_at)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (survey_id, spec_json) DO UPDATE SET data_fingerprint = excluded.data_fingerprint,
           document_json = excluded.document_json, computed_at = excluded.computed_at`,
      )
      .run(
        snapshot.surveyId,
        toJson(snapshot.spec),
        snapshot.dataFingerprint,
        toJson(snapshot.document),
        db.now(),
      );
    return ok(null);
  });
}

/** The stored result of a specification, null when there is none; compare its fingerprint before using it. */
export function findResult(db: ReadableDb, surveyId: SurveyId, spec: JsonValue): StoredResult | null {
  const row = db.connection
    .prepare<[string, string], Omit<StoredResult, 'document'> & { readonly documentJson: string }>(
      `SELECT document_json AS documentJson, data_fingerprint AS dataFingerprint, computed_at AS computedAt
       FROM result_snapshot WHERE survey_id = ? AND spec_json = ?`,
    )
    .get(surveyId, toJson(spec));
  if (row === undefined) return null;
  return {
    document: fromJson(row.documentJson),
    dataFingerprint: row.dataFingerprint,
    computedAt: row.computedAt,
  };
}
