/**
 * The append-only answer events of an interview and their hash chain: each event's SHA-256 covers its content and
 * the hash before it, so an edited, inserted or removed event shows.
 */
import { createHash } from 'node:crypto';
import type { InterviewId } from '@shared/domain/ids';
import type { Connection, ReadableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { toJson } from '../json';

export interface AnswerEvent {
  readonly eventId: string;
  readonly interviewId: string;
  readonly sequence: number;
  readonly questionId: string;
  readonly answerJson: string;
  readonly elapsedMs: number;
  readonly recordedAt: string;
  readonly deviceCounter: number;
  readonly mode: string;
  readonly previousHash: string;
  readonly hash: string;
}

export interface ChainCheck {
  readonly eventCount: number;
  /** First event that does not fit, null when the chain is whole. */
  readonly brokenAt: { readonly interviewId: string; readonly sequence: number } | null;
}

const columns = `event_id AS eventId, interview_id AS interviewId, sequence, question_id AS questionId,
  answer_json AS answerJson, elapsed_ms AS elapsedMs, recorded_at AS recordedAt,
  device_counter AS deviceCounter, mode, previous_hash AS previousHash, hash`;

/** Appends one event to its interview's chain and makes it the current answer; returns its sequence. */
export function applyAnswerSaved(connection: Connection, entry: EntryOf<'answerSaved'>): number {
  const last = connection
    .prepare<[string], { sequence: number; hash: string }>(
      'SELECT sequence, hash FROM answer_event WHERE interview_id = ? ORDER BY sequence DESC LIMIT 1',
    )
    .get(entry.interviewId);
  const content = {
    eventId: entry.eventId,
    interviewId: entry.interviewId,
    sequence: (last?.sequence ?? 0) + 1,
    questionId: entry.questionId,
    answerJson: toJson(entry.answer),
    elapsedMs: entry.elapsedMs,
    recordedAt: entry.at,
    deviceCounter: entry.deviceCounter,
    mode: entry.mode,
    previousHash: last?.hash ?? '',
  };
  insertEvent(connection, { ...content, hash: hashOf(content) });
  connection
    .prepare('UPDATE interview SET current_question_id = ? WHERE interview_id = ?')
    .run(entry.currentQuestionId, entry.interviewId);
  connection
    .prepare("UPDATE device_counter SET value = max(value, ?) WHERE name = 'answer'")
    .run(entry.deviceCounter);
  return content.sequence;
}

/** Recomputes every hash, of one interview or of all. */
export function verifyAnswerChain(db: ReadableDb, interviewId?: InterviewId): ChainCheck {
  const events = db.connection
    .prepare<{ id: string | null }, AnswerEvent>(
      `SELECT ${columns} FROM answer_event WHERE :id IS NULL OR interview_id = :id
       ORDER BY interview_id, sequence`,
    )
    .iterate({ id: interviewId ?? null });
  let eventCount = 0;
  let previous: AnswerEvent | null = null;
  for (const event of events) {
    const before: AnswerEvent | null = previous?.interviewId === event.interviewId ? previous : null;
    if (!follows(event, before)) {
      return { eventCount, brokenAt: { interviewId: event.interviewId, sequence: event.sequence } };
    }
    previous = event;
    eventCount += 1;
  }
  return { eventCount, brokenAt: null };
}

function follows(event: AnswerEvent, before: AnswerEvent | null): boolean {
  const isNext = event.sequence === (before === null ? 1 : before.sequence + 1);
  return isNext && event.previousHash === (before?.hash ?? '') && event.hash === hashOf(event);
}

/** Every event of an interview in order. */
export function listAnswerEvents(db: ReadableDb, interviewId: InterviewId): readonly AnswerEvent[] {
  return db.connection
    .prepare<[string], AnswerEvent>(
      `SELECT ${columns} FROM answer_event WHERE interview_id = ? ORDER BY sequence`,
    )
    .all(interviewId);
}

function insertEvent(connection: Connection, event: AnswerEvent): void {
  connection
    .prepare(
      `INSERT INTO answer_event (event_id, interview_id, sequence, question_id, answer_json, elapsed_ms,
         recorded_at, device_counter, mode, previous_hash, hash)
       VALUES (:eventId, :interviewId, :sequence, :questionId, :answerJson, :elapsedMs,
         :recordedAt, :deviceCounter, :mode, :previousHash, :hash)`,
    )
    .run(event);
  connection
    .prepare(
      `INSERT INTO answer_current (interview_id, question_id, answer_json, sequence)
       VALUES (:interviewId, :questionId, :answerJson, :sequence)
       ON CONFLICT (interview_id, question_id) DO UPDATE
       SET answer_json = excluded.answer_json, sequence = excluded.sequence`,
    )
    .run({
      interviewId: event.interviewId,
      questionId: event.questionId,
      answerJson: event.answerJson,
      sequence: event.sequence,
    });
}

function hashOf(event: Omit<AnswerEvent, 'hash'>): string {
  const content = [
    event.eventId,
    event.interviewId,
    event.sequence,
    event.questionId,
    event.answerJson,
    event.elapsedMs,
    event.recordedAt,
    event.deviceCounter,
    event.mode,
    event.previousHash,
  ];
  return createHash('sha256').update(toJson(content)).digest('hex');
}
