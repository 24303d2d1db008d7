/** Corrections and withdrawals of items that were asked, with what they did to every survey. Append-only. */
import { keyChangeSchema, rescoredSurveySchema } from '@shared/assessment/keyChange';
import type { KeyChange, RescoredSurvey } from '@shared/assessment/keyChange';
import type { SurveyId } from '@shared/domain/ids';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';

export interface AppliedKeyChange {
  readonly change: KeyChange;
  readonly survey: RescoredSurvey;
}

/** Records a change; the new scores belong into the same transaction. */
export function recordKeyChange(
  db: WritableDb,
  change: KeyChange,
  surveys: readonly RescoredSurvey[],
): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'itemKeyChanged', change, surveys: [...surveys] });
    return ok(null);
  });
}

/** Every change, oldest first: the order in which they take effect. */
export function listKeyChanges(db: ReadableDb): readonly KeyChange[] {
  return db.connection
    .prepare<[], { documentJson: string }>(
      'SELECT document_json AS documentJson FROM key_change ORDER BY rowid',
    )
    .all()
    .map(({ documentJson }) => keyChangeSchema.parse(fromJson(documentJson)));
}

/** Changes that re-scored this survey, oldest first. */
export function keyChangesOfSurvey(db: ReadableDb, surveyId: SurveyId): readonly AppliedKeyChange[] {
  return db.connection
    .prepare<[string], { change: string; survey: string }>(
      `SELECT key_change.document_json AS change, key_change_survey.document_json AS survey
       FROM key_change_survey JOIN key_change USING (change_id)
       WHERE survey_id = ? ORDER BY key_change.rowid`,
    )
    .all(surveyId)
    .map((row) => ({
      change: keyChangeSchema.parse(fromJson(row.change)),
      survey: rescoredSurveySchema.parse(fromJson(row.survey)),
    }));
}

/** What one change did, by survey. */
export function surveysOfKeyChange(db: ReadableDb, changeId: string): readonly RescoredSurvey[] {
  return db.connection
    .prepare<[string], { documentJson: string }>(
      'SELECT document_json AS documentJson FROM key_change_survey WHERE change_id = ? ORDER BY survey_id',
    )
    .all(changeId)
    .map(({ documentJson }) => rescoredSurveySchema.parse(fromJson(documentJson)));
}

export function applyItemKeyChanged(connection: Connection, entry: EntryOf<'itemKeyChanged'>): void {
  const { change, surveys } = entry;
  connection
    .prepare('INSERT INTO key_change (change_id, item_id, document_json, recorded_at) VALUES (?, ?, ?, ?)')
    .run(change.changeId, change.itemId, toJson(change), change.at);
  const insert = connection.prepare(
    'INSERT INTO key_change_survey (change_id, survey_id, document_json) VALUES (?, ?, ?)',
  );
  for (const survey of surveys) insert.run(change.changeId, survey.surveyId, toJson(survey));
}
