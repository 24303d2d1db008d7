/** One practice run: its questions, the answer on screen and how it was. Lives in this page only; nothing is kept. */
import { computed, ref, shallowRef } from 'vue';
import type { PracticeFeedback } from '@shared/contract/areas/practice';
import type { Failure } from '@shared/domain/result';
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';
import { blankAnswer } from '@shared/questions/registry';
import { call } from '../../api/client';
import { problemOf, toggledMissing } from '../../questions/control';
import type { MissingReason } from '../../questions/control';
import { problemText } from '../interview/texts';

type Phase = 'loading' | 'failed' | 'question' | 'done';

const largestSeed = 0x7fff_ffff;
const newSeed = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) & largestSeed;

function createState() {
  const questions = shallowRef<readonly Question[]>([]);
  const index = ref(0);
  const failure = shallowRef<Failure | null>(null);
  /** By question: whether the last answer to it was right. */
  const judged = shallowRef<Readonly<Record<string, boolean>>>({});
  const question = computed(() => questions.value[index.value] ?? null);
  return {
    questions,
    index,
    failure,
    judged,
    question,
    draft: shallowRef<Answer | null>(null),
    feedback: shallowRef<PracticeFeedback | null>(null),
    problem: ref<string | null>(null),
    isBusy: ref(false),
    isLast: computed(() => index.value === questions.value.length - 1),
    judgedCount: computed(() => Object.keys(judged.value).length),
    rightCount: computed(() => Object.values(judged.value).filter(Boolean).length),
    phase: computed<Phase>(() => {
      if (questions.value.length === 0) return failure.value === null ? 'loading' : 'failed';
      return question.value === null ? 'done' : 'question';
    }),
  };
}
type State = ReturnType<typeof createState>;

function show(state: State, at: number): void {
  state.index.value = at;
  state.draft.value = state.question.value === null ? null : blankAnswer(state.question.value);
  state.feedback.value = null;
  state.problem.value = null;
  state.failure.value = null;
}

async function start(state: State, seed: number): Promise<void> {
  state.questions.value = [];
  state.judged.value = {};
  show(state, 0);
  const reply = await call('practice/get', { seed });
  if (!reply.ok) state.failure.value = reply.failure;
  else state.questions.value = reply.value.questions;
  if (reply.ok) show(state, 0);
}

async function judge(state: State, asked: Question, answer: Answer): Promise<void> {
  state.isBusy.value = true;
  const reply = await call('practice/getFeedback', { itemId: asked.code, answer });
  state.isBusy.value = false;
  state.failure.value = reply.ok ? null : reply.failure;
  state.feedback.value = reply.ok ? reply.value : null;
  if (reply.ok) state.judged.value = { ...state.judged.value, [asked.code]: reply.value.status === 'right' };
}

/** First shows how the answer was, then goes on. */
async function submit(state: State): Promise<void> {
  const asked = state.question.value;
  if (asked === null || state.isBusy.value) return;
  if (state.feedback.value !== null) return show(state, state.index.value + 1);
  const answer = state.draft.value;
  const found = problemOf(asked, answer);
  state.problem.value = found === null ? null : problemText(asked, found.reason, found.params);
  if (found === null && answer !== null) await judge(state, asked, answer);
}

/** Another answer may be tried; what was said about the one before goes away. */
function changeDraft(state: State, answer: Answer | null): void {
  if (state.isBusy.value) return;
  state.draft.value = answer;
  state.feedback.value = null;
  state.problem.value = null;
}

/** `firstSeed`: the run to begin with, so that a class can practise the same questions; null draws one. */
export function usePractice(firstSeed: number | null) {
  const state = createState();
  void start(state, firstSeed ?? newSeed());
  return {
    ...state,
    again: () => start(state, newSeed()),
    /** Ends the run where it is. */
    finish: () => show(state, state.questions.value.length),
    submit: () => submit(state),
    changeDraft: (answer: Answer | null) => changeDraft(state, answer),
    toggleMissing: (reason: MissingReason) => {
      const asked = state.question.value;
      if (asked !== null) changeDraft(state, toggledMissing(asked, state.draft.value, reason));
    },
  };
}
export type Practice = ReturnType<typeof usePractice>;
