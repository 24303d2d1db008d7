/** The analysable rows of a survey: closed interviews of this machine and imported cases, without voided ones. */
import { createHash } from 'node:crypto';
import { interviewScore } from '@shared/assessment/score';
import type { InterviewScore } from '@shared/assessment/score';
import { keyGroups } from '@shared/domain/groups';
import { interviewId } from '@shared/domain/ids';
import type { InterviewId, SurveyId } from '@shared/domain/ids';
import { respondentRecord } from '@shared/domain/respondent';
import type { RespondentRecord } from '@shared/domain/respondent';
import type { ReadableDb } from '../connection';
import { fromJson, toJson } from '../json';

export interface AnalysableRow {
  readonly interviewId: InterviewId;
  readonly respondent: RespondentRecord;
  /** The score in force; null when the case was never scored, e.g. a refusal. */
  readonly score: InterviewScore | null;
}

interface Row {
  readonly interview_id: string;
  readonly case_code: string;
  readonly mode: string;
  readonly disposition: string;
  readonly region_code: string | null;
  readonly design_json: string;
  readonly background_json: string | null;
  readonly imported_json: string | null;
  readonly answers_json: string | null;
  readonly score_json: string | null;
}

const unknownBackground = {
  sex: null,
  ageYears: null,
  ageBand: null,
  education: null,
  residence: null,
  keyGroups: Object.fromEntries(keyGroups.map((group) => [group, null])),
};

const closedRows = `
  SELECT interview.interview_id, case_code, CASE medium WHEN 'paper' THEN 'paper' ELSE mode END AS mode, disposition, region_code, design_json, background_json,
    imported_record.document_json AS imported_json,
    CASE WHEN origin = 'live' THEN (
      SELECT json_group_object(question_id, json(answer_json)) FROM answer_current
      WHERE answer_current.interview_id = interview.interview_id
    ) END AS answers_json,
    score.document_json AS score_json
  FROM interview
  LEFT JOIN imported_record ON imported_record.interview_id = interview.interview_id
  LEFT JOIN score ON score.interview_id = interview.interview_id AND score.superseded_at IS NULL
  WHERE interview.survey_id = ? AND interview.state = 'closed'
  ORDER BY interview.started_at, imported_record.batch_id, imported_record.row_number, interview.interview_id`;

/**
 * Every closed, not voided case with whatever disposition, in a stable order (imported rows in the order of their
 * sheet). Empty when the survey has none or does not exist.
 */
export function loadRespondents(db: ReadableDb, surveyId: SurveyId): readonly AnalysableRow[] {
  const rows: AnalysableRow[] = [];
  for (const row of db.connection.prepare<[string], Row>(closedRows).iterate(surveyId)) {
    rows.push(toAnalysableRow(row));
  }
  return rows;
}

/**
 * Digest of everything the figures of a survey are made from: equal fingerprints mean equal inputs, so a stored
 * result with another fingerprint is out of date.
 */
export function dataFingerprint(db: ReadableDb, surveyId: SurveyId): string {
  const states = db.connection
    .prepare<[string, string, string, string], { parts: string }>(
      `SELECT json_array(
         (SELECT revision FROM survey WHERE survey_id = ?),
         (SELECT json_group_array(interview_id || ' ' || state || ' ' || coalesce(score_id, '')) FROM (
            SELECT interview.interview_id, state, score_id FROM interview
            LEFT JOIN score ON score.interview_id = interview.interview_id AND superseded_at IS NULL
            WHERE survey_id = ? AND state <> 'open' ORDER BY interview.interview_id)),
         (SELECT count(*) FROM answer_event JOIN interview USING (interview_id)
            WHERE survey_id = ? AND state = 'closed'),
         (SELECT margin_id FROM margin_table WHERE survey_id = ? AND replaced_at IS NULL)
       ) AS parts`,
    )
    .get(surveyId, surveyId, surveyId, surveyId);
  return createHash('sha256')
    .update(states?.parts ?? toJson(null))
    .digest('hex');
}

function toAnalysableRow(row: Row): AnalysableRow {
  return {
    interviewId: interviewId.parse(row.interview_id),
    respondent: respondentRecord.parse({
      caseCode: row.case_code,
      regionCode: row.region_code,
      disposition: row.disposition,
      mode: row.mode,
      design: fromJson(row.design_json),
      background: row.background_json === null ? unknownBackground : fromJson(row.background_json),
      answers: answersOf(row),
    }),
    score: row.score_json === null ? null : interviewScore.parse(fromJson(row.score_json)),
  };
}

function answersOf(row: Row): unknown {
  if (row.imported_json === null) return fromJson(row.answers_json ?? '{}');
  return (fromJson(row.imported_json) as { answers: unknown }).answers;
}
