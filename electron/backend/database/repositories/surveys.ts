/** Surveys and their revisions. A changed survey is a new revision; the old one stays. */
import { survey as surveySchema } from '@shared/domain/survey';
import type { Survey } from '@shared/domain/survey';
import type { SurveyId } from '@shared/domain/ids';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';

export interface SurveyCounts {
  readonly open: number;
  readonly closed: number;
  readonly voided: number;
  /** Closed interviews taken on this machine. */
  readonly live: number;
  /** Closed cases from imported tables. */
  readonly imported: number;
}

export interface SurveyWithCounts {
  readonly survey: Survey;
  readonly counts: SurveyCounts;
}

export type NewSurvey = Pick<Survey, 'id' | 'status' | 'isDemo' | 'settings' | 'formId'>;
export type SurveyChange = Partial<Pick<Survey, 'status' | 'settings' | 'formId'>>;

interface SurveyRow {
  readonly survey_id: string;
  readonly status: string;
  readonly is_demo: number;
  readonly form_id: string | null;
  readonly revision: number;
  readonly settings_json: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Stores a new survey as revision 1; its form must be stored before it. */
export function createSurvey(db: WritableDb, created: NewSurvey): Result<Survey> {
  return db.transact(() => {
    const now = db.now();
    const survey: Survey = { ...created, revision: 1, createdAt: now, updatedAt: now };
    if (getSurvey(db, created.id) !== null) return fail('INVALID_INPUT', { field: 'id', reason: 'exists' });
    db.record({ kind: 'surveySaved', survey });
    return ok(survey);
  });
}

/** Stores what changed as the next revision; fails with NOT_FOUND. */
export function saveSurveyRevision(db: WritableDb, id: SurveyId, change: SurveyChange): Result<Survey> {
  return db.transact(() => {
    const current = getSurvey(db, id);
    if (current === null) return fail('NOT_FOUND', { what: 'survey' });
    const survey: Survey = { ...current, ...change, revision: current.revision + 1, updatedAt: db.now() };
    db.record({ kind: 'surveySaved', survey });
    return ok(survey);
  });
}

export function getSurvey(db: ReadableDb, id: SurveyId): Survey | null {
  const row = db.connection.prepare<[string], SurveyRow>('SELECT * FROM survey WHERE survey_id = ?').get(id);
  return row === undefined ? null : toSurvey(row);
}

/** Every survey, newest first, with the number of its interviews by state. */
export function listSurveys(db: ReadableDb): readonly SurveyWithCounts[] {
  const rows = db.connection
    .prepare<[], SurveyRow & SurveyCounts>(
      `SELECT survey.*,
         count(*) FILTER (WHERE interview.state = 'open') AS open,
         count(*) FILTER (WHERE interview.state = 'closed') AS closed,
         count(*) FILTER (WHERE interview.state = 'voided') AS voided,
         count(*) FILTER (WHERE interview.state = 'closed' AND interview.origin = 'live') AS live,
         count(*) FILTER (WHERE interview.state = 'closed' AND interview.origin = 'import') AS imported
       FROM survey LEFT JOIN interview USING (survey_id)
       GROUP BY survey.survey_id
       ORDER BY survey.created_at DESC, survey.survey_id`,
    )
    .all();
  return rows.map((row) => {
    const { open, closed, voided, live, imported } = row;
    return { survey: toSurvey(row), counts: { open, closed, voided, live, imported } };
  });
}

/** Every revision of a survey, oldest first, as settings were then. */
export function listSurveyRevisions(
  db: ReadableDb,
  id: SurveyId,
): readonly {
  readonly revision: number;
  readonly settings: Survey['settings'];
  readonly recordedAt: string;
}[] {
  return db.connection
    .prepare<[string], { revision: number; settings_json: string; recorded_at: string }>(
      'SELECT revision, settings_json, recorded_at FROM survey_revision WHERE survey_id = ? ORDER BY revision',
    )
    .all(id)
    .map((row) => ({
      revision: row.revision,
      settings: surveySchema.shape.settings.parse(fromJson(row.settings_json)),
      recordedAt: row.recorded_at,
    }));
}

export function applySurveySaved(connection: Connection, { survey }: EntryOf<'surveySaved'>): void {
  const row = {
    surveyId: survey.id,
    status: survey.status,
    isDemo: survey.isDemo ? 1 : 0,
    formId: survey.formId,
    revision: survey.revision,
    settings: toJson(survey.settings),
    createdAt: survey.createdAt,
    updatedAt: survey.updatedAt,
  };
  connection
    .prepare(
      `INSERT INTO survey
         (survey_id, status, is_demo, form_id, revision, settings_json, created_at, updated_at)
       VALUES (:surveyId, :status, :isDemo, :formId, :revision, :settings, :createdAt, :updatedAt)
       ON CONFLICT (survey_id) DO UPDATE SET status = excluded.status, form_id = excluded.form_id,
         revision = excluded.revision, settings_json = excluded.settings_json, updated_at = excluded.updated_at`,
    )
    .run(row);
  connection
    .prepare(
      `INSERT INTO survey_revision (survey_id, revision, status, form_id, settings_json, recorded_at)
       VALUES (:surveyId, :revision, :status, :formId, :settings, :updatedAt)`,
    )
    .run(row);
}

function toSurvey(row: SurveyRow): Survey {
  return surveySchema.parse({
    id: row.survey_id,
    status: row.status,
    isDemo: row.is_demo === 1,
    settings: fromJson(row.settings_json),
    formId: row.form_id,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
}
