/**
 * The interview on screen. The next question appears only after the host acknowledged the answer; until then,
 * and after every failure, the answer stays where it is.
 */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { InterviewProgress } from '@shared/contract/areas/interviews';
import type { Reply } from '@shared/contract/channel';
import type { Input } from '@shared/contract/contract';
import { interviewId as idSchema } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import type { Answer } from '@shared/questions/answer';
import { blankAnswer } from '@shared/questions/registry';
import { call } from '../../api/client';
import { problemOf, toggledMissing } from '../../questions/control';
import type { MissingReason } from '../../questions/control';
import { useAppStore } from '../../stores/app';
import { clearDrafts, readDraft, writeDraft } from './drafts';
import { createState, deriveState } from './interviewState';
import type { DerivedState, Finished, InterviewState } from './interviewState';
import { previousQuestion } from './steps';
import { problemText, refusalText } from './texts';
import { useStopwatch } from './useStopwatch';
import type { Stopwatch } from './useStopwatch';

type Context = InterviewState & DerivedState & { readonly stopwatch: Stopwatch };

const idOf = (context: Context) => idSchema.parse(context.view.value?.interviewId);

/** Puts the answer of the question now on screen into the controls: typed before, given before, or blank. */
function showCurrent(context: Context): void {
  const step = context.step.value;
  const { code } = step?.question ?? { code: '' };
  context.problem.value = null;
  context.saveFailure.value = null;
  context.draft.value =
    step === null
      ? null
      : (readDraft(idOf(context), code) ??
        context.progress.value?.answers[code] ??
        blankAnswer(step.question));
  context.stopwatch.restart();
}

async function load(context: Context, interviewId: string): Promise<void> {
  const reply = await call('interview/get', { interviewId: idSchema.parse(interviewId) });
  context.loadFailure.value = reply.ok ? null : reply.failure;
  if (!reply.ok) return;
  context.view.value = reply.value;
  context.isAtEnd.value = reply.value.progress.state === 'readyToFinish';
  accept(context, reply.value.progress);
}

function accept(context: Context, progress: InterviewProgress): void {
  context.progress.value = progress;
  useAppStore().savedAt = progress.savedAt;
  showCurrent(context);
}

/** Takes the acknowledgement and shows what comes next. */
function proceed(context: Context, progress: InterviewProgress): void {
  context.isAtEnd.value = progress.state === 'readyToFinish' || progress.currentQuestionId === null;
  accept(context, progress);
}

/** Runs one call that changes the interview; only one at a time, failures stay on screen. */
async function change<T>(context: Context, send: () => Promise<Reply<T>>): Promise<Reply<T> | null> {
  if (context.isSaving.value) return null;
  context.isSaving.value = true;
  context.saveFailure.value = null;
  const reply = await send();
  context.isSaving.value = false;
  return reply;
}

function refuse(context: Context, failure: Failure): void {
  const question = context.step.value?.question;
  const sentence = question === undefined ? null : refusalText(question, failure);
  context.problem.value = sentence;
  context.saveFailure.value = sentence === null ? failure : null;
}

/** Sends the answer on screen. `confirmed`: the enumerator looked again at an unlikely value and keeps it. */
async function submit(context: Context, confirmed: boolean): Promise<void> {
  const step = context.step.value;
  const answer = context.draft.value;
  if (step === null) return;
  const {
    question,
    question: { code },
  } = step;
  const problem = problemOf(question, answer);
  context.problem.value = problem === null ? null : problemText(question, problem.reason, problem.params);
  if (problem !== null || answer === null) {
    context.saveFailure.value = null;
    return;
  }
  const elapsedMs = context.stopwatch.elapsedMs();
  const interviewId = idOf(context);
  const reply = await change(context, () =>
    call('interview/updateAnswer', { interviewId, questionId: code, answer, elapsedMs, confirmed }),
  );
  if (reply === null) return;
  if (!reply.ok) return refuse(context, reply.failure);
  const unlikely = reply.value.confirmations.filter((each) => each.questionId === code);
  context.confirmations.value = confirmed ? [] : unlikely.map((each) => each.message);
  if (context.confirmations.value.length > 0) return;
  writeDraft(interviewId, code, null);
  context.savedCount.value += 1;
  const { notices, breaksAfter } = reply.value;
  context.notices.value = notices.filter((each) => each.questionId === code).map((each) => each.text);
  context.isBreakOffered.value = breaksAfter.includes(code);
  proceed(context, reply.value);
}

async function goTo(context: Context, questionId: string): Promise<void> {
  const interviewId = idOf(context);
  const reply = await change(context, () => call('interview/updateCurrent', { interviewId, questionId }));
  if (reply === null) return;
  if (!reply.ok) return refuse(context, reply.failure);
  context.isBreakOffered.value = false;
  context.notices.value = [];
  proceed(context, reply.value);
  context.isAtEnd.value = false;
}

function questionBefore(context: Context): string | null {
  const { view, progress } = context;
  if (view.value === null || progress.value === null) return null;
  const from = context.phase.value === 'question' ? progress.value.currentQuestionId : null;
  return previousQuestion(view.value, progress.value.states, from);
}

async function end(context: Context, send: () => Promise<Reply<Finished>>): Promise<boolean> {
  const reply = await change(context, send);
  if (reply === null) return false;
  if (!reply.ok) {
    context.saveFailure.value = reply.failure;
    return false;
  }
  clearDrafts(idOf(context));
  context.finished.value = reply.value;
  return true;
}

function changeDraft(context: Context, answer: Answer | null): void {
  const code = context.step.value?.question.code;
  if (code === undefined || context.isSaving.value) return;
  context.draft.value = answer;
  context.problem.value = null;
  writeDraft(idOf(context), code, answer);
}

function toggleMissing(context: Context, reason: MissingReason): void {
  const question = context.step.value?.question;
  if (question === undefined) return;
  changeDraft(context, toggledMissing(question, context.draft.value, reason));
}

function rest(context: Context, isResting: boolean): void {
  context.isResting.value = isResting;
  context.isBreakOffered.value = false;
  if (isResting) context.stopwatch.pause();
  else context.stopwatch.resume();
}

type BreakOff = Omit<Input<'interview/runBreakOff'>, 'interviewId'>;

export const useInterviewStore = defineStore('interview', () => {
  const state = createState();
  const stopwatch = useStopwatch();
  const context: Context = { ...state, ...deriveState(state), stopwatch };
  const openId = ref<string | null>(null);
  const lastAction = shallowRef<(() => Promise<unknown>) | null>(null);

  /** Remembers the action for 重试, so that it repeats what failed and nothing else. */
  async function act<T>(action: () => Promise<T>): Promise<T | null> {
    if (context.isSaving.value) return null;
    lastAction.value = action;
    return action();
  }
  const finishWith = async (send: () => Promise<Reply<Finished>>): Promise<boolean> =>
    (await act(() => end(context, send))) === true;

  async function open(interviewId: string): Promise<void> {
    const fresh = createState();
    for (const key of Object.keys(state) as (keyof InterviewState)[]) state[key].value = fresh[key].value;
    openId.value = interviewId;
    lastAction.value = null;
    stopwatch.begin();
    await load(context, interviewId);
  }

  return {
    ...state,
    step: context.step,
    phase: context.phase,
    seconds: stopwatch.seconds,
    openId,
    open,
    submit: (confirmed = false) => act(() => submit(context, confirmed)),
    goTo: (questionId: string) => act(() => goTo(context, questionId)),
    goBack: async () => {
      const previous = questionBefore(context);
      if (previous !== null) await act(() => goTo(context, previous));
    },
    /** Repeats the action whose failure is on screen. */
    retry: async () => {
      if (lastAction.value !== null && !context.isSaving.value) await lastAction.value();
    },
    changeDraft: (answer: Answer | null) => changeDraft(context, answer),
    toggleMissing: (reason: MissingReason) => toggleMissing(context, reason),
    rest: () => rest(context, true),
    resume: () => rest(context, false),
    dismissConfirmations: async () => {
      context.confirmations.value = [];
      const code = context.step.value?.question.code;
      if (code !== undefined)
        await call('interview/updateCurrent', { interviewId: idOf(context), questionId: code });
    },
    finish: () => finishWith(() => call('interview/runFinish', { interviewId: idOf(context) })),
    breakOff: (input: BreakOff) =>
      finishWith(() => call('interview/runBreakOff', { interviewId: idOf(context), ...input })),
  };
});
