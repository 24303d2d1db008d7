/** Starting, answering and moving through an interview. An answer is acknowledged only once it is durable. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Input } from '@shared/contract/contract';
import type { InterviewProgress, InterviewView } from '@shared/contract/areas/interviews';
import { interviewId } from '@shared/domain/ids';
import type { InterviewId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { applyAnswer } from '@shared/questionnaire/applyAnswer';
import { interviewState } from '@shared/questionnaire/interviewState';
import type { Answer } from '@shared/questions/answer';
import type { HostContext } from '../context';
import { pageInterviews } from '../database/repositories/interviewQueries';
import { isCaseCodeTaken } from '../database/repositories/caseCodes';
import { saveAnswer, setCurrentQuestion, startInterview } from '../database/repositories/interviews';
import { getSurvey } from '../database/repositories/surveys';
import type { InterviewSession } from './interviewSession';
import {
  confirmedIds,
  confirmedSuffix,
  loadSession,
  localDate,
  placeQuestion,
  progressOf,
  viewOf,
} from './interviewSession';

/** A form past its date may not be shown to a respondent; an empty date is not a date. */
export function checkHeader(survey: Survey, now: Date): Result<null> {
  const { validUntil } = survey.settings.header;
  const { year, month, day } = localDate(now);
  const today = [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  return validUntil !== null && validUntil < today ? fail('FORM_HEADER_EXPIRED', { validUntil }) : ok(null);
}

/** A probability sample cannot be estimated with a case whose design is unknown, so it is asked for at the door. */
function checkDesign(survey: Survey, input: Input<'interview/create'>): Result<null> {
  const { basis, samplingDesign } = survey.settings;
  if (basis === 'nonprobability') return ok(null);
  const isStratified = samplingDesign === 'stratified' || samplingDesign === 'stratifiedMultistage';
  const missing = [
    input.baseWeight === null ? 'baseWeight' : null,
    isStratified && input.stratum === null ? 'stratum' : null,
    samplingDesign === 'stratifiedMultistage' && input.psu === null ? 'psu' : null,
  ].find((variable) => variable !== null);
  return missing === undefined ? ok(null) : fail('CASE_DESIGN_MISSING', { variable: missing });
}

/** 样本编号 when none was typed: serial within the survey. */
function nextCaseCode(context: HostContext, survey: Survey): string {
  const { db } = context.vault.storage();
  const { total } = pageInterviews(db, { surveyId: survey.id, origin: 'live' }, { offset: 0, limit: 1 });
  let serial = total + 1;
  const code = (): string => `F${String(serial).padStart(4, '0')}`;
  while (isCaseCodeTaken(db, survey.id, code())) serial += 1;
  return code();
}

/** Starts an interview. Failures: NOT_FOUND, FORM_HEADER_EXPIRED, and those of the storage. */
export function beginInterview(
  context: HostContext,
  input: Input<'interview/create'>,
): Result<InterviewView> {
  const { db } = context.vault.storage();
  const survey = getSurvey(db, input.surveyId);
  if (survey === null) return fail('NOT_FOUND', { what: 'survey' });
  const header = checkHeader(survey, context.clock());
  if (!header.ok) return header;
  const design = checkDesign(survey, input);
  if (!design.ok) return design;
  const caseCode = input.caseCode === '' ? nextCaseCode(context, survey) : input.caseCode;
  if (isCaseCodeTaken(db, survey.id, caseCode)) return fail('CASE_CODE_TAKEN', { caseCode });
  const id = interviewId.parse(randomUUID());
  const started = startInterview(db, {
    interviewId: id,
    surveyId: survey.id,
    caseCode,
    mode: input.mode,
    formId: survey.formId,
    seed: randomInt(2 ** 31),
    regionCode: input.regionCode,
    design: {
      stratum: input.stratum,
      psu: input.psu,
      ssu: null,
      baseWeight: input.baseWeight,
      populationPsuCount: null,
      populationSsuCount: null,
    },
    assistance: null,
    currentQuestionId: null,
  });
  if (!started.ok) return started;
  const placed = input.residence === null ? ok(null) : recordPlace(context, id, input);
  if (!placed.ok) return placed;
  const session = loadSession(context, id);
  return session.ok ? ok(viewOf(session.value)) : session;
}

function recordPlace(
  context: HostContext,
  id: InterviewId,
  input: Input<'interview/create'>,
): Result<unknown> {
  return saveAnswer(context.vault.storage().db, {
    interviewId: id,
    questionId: placeQuestion,
    answer: { kind: 'single', code: input.residence ?? '' },
    elapsedMs: 0,
    mode: input.mode,
    currentQuestionId: null,
  });
}

function store(
  context: HostContext,
  session: InterviewSession,
  given: {
    readonly questionId: string;
    readonly answer: Answer;
    readonly elapsedMs: number;
    readonly next: string | null;
  },
): Result<{ readonly recordedAt: string }> {
  return saveAnswer(context.vault.storage().db, {
    interviewId: session.interview.id,
    questionId: given.questionId,
    answer: given.answer,
    elapsedMs: given.elapsedMs,
    mode: session.interview.mode === 'interviewer' ? 'interviewer' : 'selfAdministered',
    currentQuestionId: given.next,
  });
}

/** Soft checks of this question that the person has just confirmed are written down like an answer. */
function storeConfirmations(
  context: HostContext,
  session: InterviewSession,
  questionId: string,
  next: string | null,
): Result<unknown> {
  const pending = session.state.confirmations.filter((each) => each.questionId === questionId);
  if (pending.length === 0) return ok(null);
  const text = pending.map(({ id }) => id).join('\n');
  const answer: Answer = { kind: 'text', text };
  return store(context, session, {
    questionId: `${questionId}${confirmedSuffix}`,
    answer,
    elapsedMs: 0,
    next,
  });
}

/**
 * Stores one answer and says where the interview stands. After a step back the next question is the one that
 * follows; a pending soft check keeps the screen where it is until it is confirmed.
 */
export function giveAnswer(
  context: HostContext,
  input: Input<'interview/updateAnswer'>,
): Result<InterviewProgress> {
  const loaded = loadSession(context, input.interviewId);
  if (!loaded.ok) return loaded;
  const { script, answers, today, interview } = loaded.value;
  if (interview.state !== 'open') return fail('INTERVIEW_CLOSED', { state: interview.state });
  const applied = applyAnswer(script, answers, { questionId: input.questionId, answer: input.answer }, today);
  if (!applied.ok) return applied;
  const state = interviewState(script, applied.value.answers, today, confirmedIds(answers));
  const after: InterviewSession = { ...loaded.value, answers: applied.value.answers, state };
  const mustConfirm = state.confirmations.some(({ questionId }) => questionId === input.questionId);
  const next =
    mustConfirm && !input.confirmed ? input.questionId : followingQuestion(after, input.questionId);
  const saved = store(context, after, { ...input, next });
  if (!saved.ok) return saved;
  const confirmed = input.confirmed ? storeConfirmations(context, after, input.questionId, next) : ok(null);
  if (!confirmed.ok) return confirmed;
  const confirmations = input.confirmed
    ? state.confirmations.filter(({ questionId }) => questionId !== input.questionId)
    : state.confirmations;
  const here = {
    ...after,
    state: { ...state, confirmations },
    interview: { ...interview, currentQuestionId: next },
  };
  return ok(progressOf(here, saved.value.recordedAt));
}

/** Next relevant question after this one; null resumes at the first open one. */
function followingQuestion({ state }: InterviewSession, questionId: string): string | null {
  const asked = state.steps.filter(({ status }) => status !== 'inactive');
  const index = asked.findIndex(({ step }) => step.id === questionId);
  const openIndex = asked.findIndex(({ step }) => step.id === state.currentId);
  if (openIndex >= 0 && index + 1 >= openIndex) return null;
  return asked[index + 1]?.step.id ?? null;
}

/** Goes to a question that was reached before. Failures: NOT_FOUND, ANSWER_OUT_OF_ORDER. */
export function moveTo(context: HostContext, id: InterviewId, questionId: string): Result<InterviewProgress> {
  const loaded = loadSession(context, id);
  if (!loaded.ok) return loaded;
  const { state } = loaded.value;
  const asked = state.steps.filter(({ status }) => status !== 'inactive');
  const index = asked.findIndex(({ step }) => step.id === questionId);
  const openIndex = asked.findIndex(({ step }) => step.id === state.currentId);
  if (index < 0) return fail('NOT_FOUND', { what: 'question' });
  if (openIndex >= 0 && index > openIndex) return fail('ANSWER_OUT_OF_ORDER', { question: questionId });
  const moved = setCurrentQuestion(context.vault.storage().db, id, questionId);
  if (!moved.ok) return moved;
  const fresh = loadSession(context, id);
  return fresh.ok ? ok(progressOf(fresh.value, null)) : fresh;
}
