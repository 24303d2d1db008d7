/** Case codes in use: one respondent counts once per survey, whichever way the answers came in. */
import type { InterviewId, SurveyId } from '@shared/domain/ids';
import type { ReadableDb } from '../connection';

/** The case of the survey that carries the code and was not voided. */
export function caseInForce(db: ReadableDb, surveyId: SurveyId, caseCode: string): InterviewId | null {
  const found = db.connection
    .prepare<[string, string], InterviewId>(
      "SELECT interview_id FROM interview WHERE survey_id = ? AND case_code = ? AND state <> 'voided' LIMIT 1",
    )
    .pluck()
    .get(surveyId, caseCode);
  return found ?? null;
}

/** Whether a case of the survey that was not voided carries the code. */
export const isCaseCodeTaken = (db: ReadableDb, surveyId: SurveyId, caseCode: string): boolean =>
  caseInForce(db, surveyId, caseCode) !== null;
