/** Case codes in use: one respondent counts once per survey, whichever way the answers came in. */
import type { SurveyId } from '@shared/domain/ids';
import type { ReadableDb } from '../connection';

/** Whether a case of the survey that was not voided carries the code. */
export function isCaseCodeTaken(db: ReadableDb, surveyId: SurveyId, caseCode: string): boolean {
  const found = db.connection
    .prepare<[string, string]>(
      "SELECT 1 FROM interview WHERE survey_id = ? AND case_code = ? AND state <> 'voided' LIMIT 1",
    )
    .get(surveyId, caseCode);
  return found !== undefined;
}
