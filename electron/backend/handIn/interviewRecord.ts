/** One ended interview as it travels: everything the station's journal has of it but scores. */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import type { InterviewScore } from '@shared/assessment/score';
import { disposition } from '@shared/domain/disposition';
import { formId, interviewId } from '@shared/domain/ids';
import type { InterviewId, SurveyId } from '@shared/domain/ids';
import { background, designVariables } from '@shared/domain/respondent';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { answerSchema } from '@shared/questions/answer';
import type { Answers } from '@shared/questions/answer';
import type { ReadableDb, WritableDb } from '../database/connection';
import { fromJson } from '../database/json';
import { listAnswerEvents } from '../database/repositories/answerChain';
import { getInterview } from '../database/repositories/interviewQueries';
import type { Interview } from '../database/repositories/interviewQueries';
import { voidInterview } from '../database/repositories/interviews';

const mode = z.enum(['interviewer', 'selfAdministered']);
/** Far above any interview; a counter beyond it would use up the office's own. */
const mostEvents = 20_000;
const largestCounter = 1e12;

const answerEvent = z.strictObject({
  eventId: z.string().min(1).max(80),
  questionId: z.string().min(1).max(80),
  answer: answerSchema,
  elapsedMs: z.int().min(0),
  deviceCounter: z.int().min(0).max(largestCounter),
  mode,
  at: z.iso.datetime(),
});

export const interviewRecord = z.strictObject({
  interviewId,
  caseCode: z.string().min(1).max(80),
  mode,
  medium: z.enum(['screen', 'paper']),
  formId,
  /** Seed of the option shuffle. */
  seed: z.int(),
  regionCode: z.string().max(20).nullable(),
  design: designVariables,
  assistance: z.string().max(1000).nullable(),
  startedAt: z.iso.datetime(),
  /** Every event in order, changed answers included. */
  answers: z.array(answerEvent).max(mostEvents),
  /** Null for an interview that was voided before it ended. */
  closing: z
    .strictObject({ disposition, background: background.nullable(), at: z.iso.datetime() })
    .nullable(),
});
export type InterviewRecord = z.infer<typeof interviewRecord>;

export interface RecordedInterview {
  readonly record: InterviewRecord;
  readonly voidReason: string | null;
}

const closingOf = ({ closedAt, disposition: outcome, background: known }: Interview) =>
  closedAt === null || outcome === null ? null : { disposition: outcome, background: known, at: closedAt };

/** Null for an interview that is open, was imported from a table, or is not there. */
export function readInterviewRecord(db: ReadableDb, id: InterviewId): RecordedInterview | null {
  const interview = getInterview(db, id);
  if (interview === null || interview.origin !== 'live' || interview.state === 'open') return null;
  const { caseCode, medium, seed, regionCode, design, assistance, startedAt, voidReason } = interview;
  const record = interviewRecord.parse({
    interviewId: id,
    caseCode,
    mode: interview.mode,
    medium,
    formId: interview.formId,
    seed,
    regionCode,
    design,
    assistance,
    startedAt,
    answers: listAnswerEvents(db, id).map((event) => ({
      eventId: event.eventId,
      questionId: event.questionId,
      answer: fromJson(event.answerJson),
      elapsedMs: event.elapsedMs,
      deviceCounter: event.deviceCounter,
      mode: event.mode,
      at: event.recordedAt,
    })),
    closing: closingOf(interview),
  });
  return { record, voidReason };
}

/** Equal for equal facts, wherever they are stored; whether the interview was voided later is not part of it. */
export const recordHash = (record: InterviewRecord): string =>
  createHash('sha256').update(canonicalJson(record)).digest('hex');

/** Current answers by question id: the last event of each question. */
export const lastAnswers = ({ answers }: InterviewRecord): Answers =>
  Object.fromEntries(answers.map(({ questionId, answer }) => [questionId, answer]));

/** Stores a record as an interview of a survey, answers and times as given. To be called inside `transact`. */
export function storeInterviewRecord(
  db: WritableDb,
  surveyId: SurveyId,
  { record, voidReason }: RecordedInterview,
  score: InterviewScore | null,
): Result<null> {
  const { interviewId: id, answers, closing, startedAt, regionCode, assistance } = record;
  db.record({
    kind: 'interviewStarted',
    interviewId: id,
    surveyId,
    caseCode: record.caseCode,
    mode: record.mode,
    formId: record.formId,
    seed: record.seed,
    regionCode,
    design: record.design,
    assistance,
    currentQuestionId: null,
    at: startedAt,
  });
  for (const event of answers)
    db.record({ kind: 'answerSaved', ...event, interviewId: id, currentQuestionId: null });
  if (closing !== null)
    db.record({
      kind: 'interviewClosed',
      interviewId: id,
      ...closing,
      regionCode,
      assistance,
      score: score === null ? null : { scoreId: randomUUID(), score },
    });
  if (voidReason === null) return ok(null);
  const voided = voidInterview(db, id, voidReason);
  return voided.ok ? ok(null) : voided;
}
