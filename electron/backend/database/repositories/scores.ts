/** Scores: append-only; a new score of an interview supersedes the one in force and keeps it. */
import { randomUUID } from 'node:crypto';
import { interviewScore } from '@shared/assessment/score';
import type { InterviewScore } from '@shared/assessment/score';
import type { InterviewId } from '@shared/domain/ids';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';

export interface StoredScore {
  readonly scoreId: string;
  readonly score: InterviewScore;
  readonly computedAt: string;
  /** Null while in force. */
  readonly supersededAt: string | null;
}

interface ScoreRow {
  readonly score_id: string;
  readonly document_json: string;
  readonly computed_at: string;
  readonly superseded_at: string | null;
}

/** Stores a score and supersedes the one in force. */
export function saveScore(db: WritableDb, interviewId: InterviewId, score: InterviewScore): Result<string> {
  return db.transact(() => {
    const scoreId = randomUUID();
    db.record({ kind: 'scoreSaved', scoreId, interviewId, score, at: db.now() });
    return ok(scoreId);
  });
}

/** The score in force, null when there is none. */
export function getScore(db: ReadableDb, interviewId: InterviewId): InterviewScore | null {
  return listScores(db, interviewId).find((stored) => stored.supersededAt === null)?.score ?? null;
}

/** Every score an interview ever had, oldest first. */
export function listScores(db: ReadableDb, interviewId: InterviewId): readonly StoredScore[] {
  return db.connection
    .prepare<[string], ScoreRow>(
      `SELECT score_id, document_json, computed_at, superseded_at FROM score
       WHERE interview_id = ? ORDER BY computed_at, rowid`,
    )
    .all(interviewId)
    .map((row) => ({
      scoreId: row.score_id,
      score: interviewScore.parse(fromJson(row.document_json)),
      computedAt: row.computed_at,
      supersededAt: row.superseded_at,
    }));
}

export function applyScoreSaved(connection: Connection, entry: EntryOf<'scoreSaved'>): void {
  insertScore(connection, entry);
}

/** Supersedes the score in force and inserts the new one. */
export function insertScore(
  connection: Connection,
  stored: Pick<EntryOf<'scoreSaved'>, 'scoreId' | 'interviewId' | 'score' | 'at'>,
): void {
  connection
    .prepare('UPDATE score SET superseded_at = ? WHERE interview_id = ? AND superseded_at IS NULL')
    .run(stored.at, stored.interviewId);
  connection
    .prepare('INSERT INTO score (score_id, interview_id, document_json, computed_at) VALUES (?, ?, ?, ?)')
    .run(stored.scoreId, stored.interviewId, toJson(stored.score), stored.at);
}
