/** Complete cases of private banks that have no score yet because their keys were closed when they ended. */
import type { InterviewId, SurveyId } from '@shared/domain/ids';
import type { ReadableDb } from '../connection';
import { loadRespondents } from './respondents';
import type { AnalysableRow } from './respondents';

/** Somebody else answered (Z4 = 1): such a case is complete and never scored. */
const waiting = `
  SELECT interview.interview_id FROM interview
  JOIN survey USING (survey_id)
  JOIN form ON form.form_id = survey.form_id
  WHERE interview.survey_id = ? AND interview.state = 'closed' AND interview.disposition = 'complete'
    AND json_extract(form.document_json, '$.sealed') = 1
    AND NOT EXISTS (
      SELECT 1 FROM score WHERE score.interview_id = interview.interview_id AND superseded_at IS NULL)
    AND NOT EXISTS (
      SELECT 1 FROM answer_current
      WHERE answer_current.interview_id = interview.interview_id AND question_id = 'Z4'
        AND json_extract(answer_json, '$.kind') = 'single' AND json_extract(answer_json, '$.code') = '1')
  ORDER BY interview.interview_id`;

export const unscoredIds = (db: ReadableDb, surveyId: SurveyId): readonly InterviewId[] =>
  db.connection.prepare<[string], InterviewId>(waiting).pluck().all(surveyId);

/** The waiting cases with their answers. */
export function loadUnscored(db: ReadableDb, surveyId: SurveyId): readonly AnalysableRow[] {
  const ids = new Set<string>(unscoredIds(db, surveyId));
  return ids.size === 0
    ? []
    : loadRespondents(db, surveyId).filter(({ interviewId }) => ids.has(interviewId));
}
