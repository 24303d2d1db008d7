/** How many answers an interview holds: live ones from its journal state, imported ones from the row as given. */
import type { InterviewId } from '@shared/domain/ids';
import type { ReadableDb } from '../connection';

/** Answers by interview id for one page of interviews. */
export function answeredCounts(db: ReadableDb, ids: readonly InterviewId[]): ReadonlyMap<string, number> {
  const count = db.connection.prepare<[string], { answered: number }>(
    `SELECT (SELECT count(*) FROM answer_current WHERE answer_current.interview_id = interview.interview_id)
       + coalesce((SELECT count(*) FROM imported_record, json_each(imported_record.document_json, '$.answers')
           WHERE imported_record.interview_id = interview.interview_id), 0) AS answered
     FROM interview WHERE interview_id = ?`,
  );
  return new Map(ids.map((id) => [id, count.get(id)?.answered ?? 0]));
}
