/** Interviews: start, answer, move, close, void. Answers arrive validated; nothing is validated here. */
import { randomUUID } from 'node:crypto';
import type { InterviewScore } from '@shared/assessment/score';
import type { Disposition } from '@shared/domain/disposition';
import type { FormId, InterviewId, SurveyId } from '@shared/domain/ids';
import type { Background, DesignVariables } from '@shared/domain/respondent';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { answerSchema } from '@shared/questions/answer';
import type { Answer, Answers } from '@shared/questions/answer';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import { getInterview } from './interviewQueries';
import type { Interview } from './interviewQueries';
import { insertScore } from './scores';

export type InterviewMode = 'interviewer' | 'selfAdministered';

export interface NewInterview {
  readonly interviewId: InterviewId;
  readonly surveyId: SurveyId;
  readonly caseCode: string;
  readonly mode: InterviewMode;
  readonly formId: FormId | null;
  /** Seed of the option shuffle. */
  readonly seed: number;
  readonly regionCode: string | null;
  readonly design: DesignVariables;
  readonly assistance: string | null;
  readonly currentQuestionId: string | null;
  /** When the answers were given, where that was before they were entered (ISO 8601); now when left out. */
  readonly startedAt?: string;
}

export interface GivenAnswer {
  readonly interviewId: InterviewId;
  readonly questionId: string;
  readonly answer: Answer;
  /** Whole milliseconds the question was on screen. */
  readonly elapsedMs: number;
  readonly mode: InterviewMode;
  /** Where the interview resumes; the answered question itself when left out. */
  readonly currentQuestionId?: string | null;
}

export interface SavedAnswer {
  /** 1, 2, 3 … within the interview. */
  readonly sequence: number;
  readonly recordedAt: string;
}

export interface Closing {
  readonly interviewId: InterviewId;
  readonly disposition: Disposition;
  readonly background: Background | null;
  /** Null when the disposition leaves nothing to score. */
  readonly score: InterviewScore | null;
  /** Replaces the value given at the start when present. */
  readonly regionCode?: string | null;
  readonly assistance?: string | null;
}

/** Opens an interview; fails with NOT_FOUND (survey, form) or INVALID_INPUT (id taken). */
export function startInterview(db: WritableDb, started: NewInterview): Result<Interview> {
  return db.transact(() => {
    if (getInterview(db, started.interviewId) !== null) {
      return fail('INVALID_INPUT', { field: 'interviewId', reason: 'exists' });
    }
    if (!exists(db, 'SELECT 1 FROM survey WHERE survey_id = ?', started.surveyId)) {
      return fail('NOT_FOUND', { what: 'survey' });
    }
    if (started.formId !== null && !exists(db, 'SELECT 1 FROM form WHERE form_id = ?', started.formId)) {
      return fail('NOT_FOUND', { what: 'form' });
    }
    const { startedAt = db.now(), ...facts } = started;
    db.record({ kind: 'interviewStarted', ...facts, at: startedAt });
    return requireInterview(db, started.interviewId);
  });
}

/**
 * Stores one answer: when this returns `ok` the answer survives a power cut.
 * Fails with NOT_FOUND, INTERVIEW_CLOSED, or what `transact` fails with.
 */
export function saveAnswer(db: WritableDb, given: GivenAnswer): Result<SavedAnswer> {
  return db.transact(() => {
    const open = requireOpen(db, given.interviewId);
    if (!open.ok) return open;
    const recordedAt = db.now();
    db.record({
      kind: 'answerSaved',
      eventId: randomUUID(),
      interviewId: given.interviewId,
      questionId: given.questionId,
      answer: given.answer,
      elapsedMs: given.elapsedMs,
      deviceCounter: nextDeviceCounter(db),
      mode: given.mode,
      currentQuestionId: given.currentQuestionId === undefined ? given.questionId : given.currentQuestionId,
      at: recordedAt,
    });
    const sequence = db.connection
      .prepare<[string], { sequence: number }>(
        'SELECT max(sequence) AS sequence FROM answer_event WHERE interview_id = ?',
      )
      .get(given.interviewId)?.sequence;
    return ok({ sequence: sequence ?? 0, recordedAt });
  });
}

/** Current answers by question id. */
export function getAnswers(db: ReadableDb, interviewId: InterviewId): Answers {
  const rows = db.connection
    .prepare<[string], { question_id: string; answer_json: string }>(
      'SELECT question_id, answer_json FROM answer_current WHERE interview_id = ? ORDER BY sequence',
    )
    .all(interviewId);
  return Object.fromEntries(
    rows.map((row) => [row.question_id, answerSchema.parse(fromJson(row.answer_json))]),
  );
}

/** Remembers where the interview resumes, e.g. after going back. */
export function setCurrentQuestion(
  db: WritableDb,
  interviewId: InterviewId,
  currentQuestionId: string | null,
): Result<null> {
  return db.transact(() => {
    const open = requireOpen(db, interviewId);
    if (!open.ok) return open;
    db.record({ kind: 'questionSet', interviewId, currentQuestionId });
    return ok(null);
  });
}

/** Closes an open interview with its disposition, derived background and score in one transaction. */
export function closeInterview(db: WritableDb, closing: Closing): Result<Interview> {
  return db.transact(() => {
    const open = requireOpen(db, closing.interviewId);
    if (!open.ok) return open;
    db.record({
      kind: 'interviewClosed',
      interviewId: closing.interviewId,
      disposition: closing.disposition,
      regionCode: closing.regionCode ?? open.value.regionCode,
      background: closing.background,
      assistance: closing.assistance ?? open.value.assistance,
      score: closing.score === null ? null : { scoreId: randomUUID(), score: closing.score },
      at: db.now(),
    });
    return requireInterview(db, closing.interviewId);
  });
}

/** 作废: keeps everything and takes the interview out of every figure. Fails with NOT_FOUND. */
export function voidInterview(db: WritableDb, interviewId: InterviewId, reason: string): Result<Interview> {
  return db.transact(() => {
    const found = requireInterview(db, interviewId);
    if (!found.ok || found.value.state === 'voided') return found;
    db.record({ kind: 'interviewVoided', interviewId, reason, at: db.now() });
    return requireInterview(db, interviewId);
  });
}

export function applyInterviewStarted(connection: Connection, entry: EntryOf<'interviewStarted'>): void {
  connection
    .prepare(
      `INSERT INTO interview (interview_id, survey_id, origin, case_code, mode, form_id, seed, state,
         region_code, design_json, assistance, started_at, current_question_id)
       VALUES (:interviewId, :surveyId, 'live', :caseCode, :mode, :formId, :seed, 'open',
         :regionCode, :designJson, :assistance, :at, :currentQuestionId)`,
    )
    .run({
      interviewId: entry.interviewId,
      surveyId: entry.surveyId,
      caseCode: entry.caseCode,
      mode: entry.mode,
      formId: entry.formId,
      seed: entry.seed,
      regionCode: entry.regionCode,
      designJson: toJson(entry.design),
      assistance: entry.assistance,
      at: entry.at,
      currentQuestionId: entry.currentQuestionId,
    });
}

export function applyQuestionSet(connection: Connection, entry: EntryOf<'questionSet'>): void {
  connection
    .prepare('UPDATE interview SET current_question_id = ? WHERE interview_id = ?')
    .run(entry.currentQuestionId, entry.interviewId);
}

export function applyInterviewClosed(connection: Connection, entry: EntryOf<'interviewClosed'>): void {
  connection
    .prepare(
      `UPDATE interview SET state = 'closed', disposition = :disposition, region_code = :regionCode,
         background_json = :background, assistance = :assistance, closed_at = :at
       WHERE interview_id = :interviewId AND state = 'open'`,
    )
    .run({
      interviewId: entry.interviewId,
      disposition: entry.disposition,
      regionCode: entry.regionCode,
      background: entry.background === null ? null : toJson(entry.background),
      assistance: entry.assistance,
      at: entry.at,
    });
  if (entry.score !== null)
    insertScore(connection, { ...entry.score, interviewId: entry.interviewId, at: entry.at });
}

export function applyInterviewVoided(connection: Connection, entry: EntryOf<'interviewVoided'>): void {
  connection
    .prepare(
      `UPDATE interview SET state = 'voided', disposition = coalesce(disposition, 'voided'), void_reason = ?
       WHERE interview_id = ?`,
    )
    .run(entry.reason, entry.interviewId);
}

function requireInterview(db: ReadableDb, interviewId: InterviewId): Result<Interview> {
  const interview = getInterview(db, interviewId);
  return interview === null ? fail('NOT_FOUND', { what: 'interview' }) : ok(interview);
}

function requireOpen(db: ReadableDb, interviewId: InterviewId): Result<Interview> {
  const found = requireInterview(db, interviewId);
  if (!found.ok || found.value.state === 'open') return found;
  return fail('INTERVIEW_CLOSED', { state: found.value.state });
}

function nextDeviceCounter(db: ReadableDb): number {
  const row = db.connection
    .prepare<[], { value: number }>("SELECT value FROM device_counter WHERE name = 'answer'")
    .get();
  return (row?.value ?? 0) + 1;
}

const exists = (db: ReadableDb, sql: string, id: string): boolean =>
  db.connection.prepare<[string]>(sql).get(id) !== undefined;
