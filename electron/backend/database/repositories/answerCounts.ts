/** How many answers an interview holds: live ones from its journal state, imported ones from the row as given. */
import type { InterviewId } from '@shared/domain/ids';
import type { ReadableDb } from '../connection';

/** Answers by interview id for one page of interviews. */
export function answeredCounts(db: ReadableDb, ids: readonly InterviewId[]): ReadonlyMap<string, number> {
  const count = db.connection.prepare<[string], { answered: number }>(
    'SELECT count(*) AS answered FROM answer_current WHERE interview_id = ?',
  );
  return new Map(ids.map((id) => [id, count.get(id)?.answered ?? 0]));
}
