/** How long questions were on screen, from the answer events of closed interviews. */
import type { SurveyId } from '@shared/domain/ids';
import type { ReadableDb } from '../connection';

/**
 * Seconds per question id, one entry per complete interview of this machine that timed it (all visits to the question
 * together). Imported cases carry no times.
 */
export function answerSeconds(
  db: ReadableDb,
  surveyId: SurveyId,
): Readonly<Record<string, readonly number[]>> {
  const rows = db.connection
    .prepare<[string], { readonly questionId: string; readonly elapsed: number }>(
      `SELECT question_id AS questionId, sum(elapsed_ms) AS elapsed
       FROM answer_event JOIN interview USING (interview_id)
       WHERE survey_id = ? AND state = 'closed' AND disposition = 'complete'
       GROUP BY interview_id, question_id HAVING elapsed > 0`,
    )
    .all(surveyId);
  const seconds: Record<string, number[]> = {};
  for (const { questionId, elapsed } of rows) (seconds[questionId] ??= []).push(elapsed / 1000);
  return seconds;
}
