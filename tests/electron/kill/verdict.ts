/** What is found in a data folder after its process was killed, compared with what the process had told. */
import { findDamage } from '@electron/backend/database/open';
import { verifyAnswerChain } from '@electron/backend/database/repositories/answerChain';
import { openStorage } from '@electron/backend/database/storage';
import { verifyAuditChain } from '@electron/backend/database/repositories/audit';

export interface Verdict {
  /** Answers the process called saved that are not there or have another content. */
  readonly lost: number;
  /** Answers that are there although the process had not yet called them saved. */
  readonly extra: number;
  /** Current answers that are not the newest event of their question. */
  readonly stale: number;
  readonly damage: string | null;
  readonly isChainIntact: boolean;
}

interface Event {
  readonly place: string;
  readonly answer: string;
}

/** Opens the folder as the product does, recovery included, and counts. `told` maps place to answer text. */
export function judge(dataDir: string, told: ReadonlyMap<string, string>): Verdict {
  const opened = openStorage({ dataDir, clock: () => new Date() });
  if (!opened.ok)
    return { lost: told.size, extra: 0, stale: 0, damage: opened.failure.code, isChainIntact: false };
  const storage = opened.value;
  const { connection } = storage.db;
  const events = connection
    .prepare<[], Event>(
      `SELECT interview_id || ' ' || sequence || ' ' || question_id AS place,
         json_extract(answer_json, '$.text') AS answer FROM answer_event`,
    )
    .all();
  const stored = new Map(events.map((event) => [event.place, event.answer]));
  const stale = connection
    .prepare<[], { cases: number }>(
      `SELECT count(*) AS cases FROM answer_event AS event
       LEFT JOIN answer_current AS current USING (interview_id, question_id)
       WHERE event.sequence = (SELECT max(sequence) FROM answer_event AS newest
           WHERE newest.interview_id = event.interview_id AND newest.question_id = event.question_id)
         AND current.answer_json IS NOT event.answer_json`,
    )
    .get()?.cases;
  const verdict = {
    lost: [...told].filter(([place, answer]) => stored.get(place) !== answer).length,
    extra: events.filter((event) => !told.has(event.place)).length,
    stale: stale ?? -1,
    damage: findDamage(connection),
    isChainIntact:
      verifyAnswerChain(storage.db).brokenAt === null && verifyAuditChain(storage.db).brokenAt === null,
  };
  storage.close();
  return verdict;
}

/** `interview sequence question answer` as the child tells it. */
export function parseTold(line: string): readonly [place: string, answer: string] {
  const parts = line.split(' ');
  return [parts.slice(0, 3).join(' '), parts[3] ?? ''];
}
