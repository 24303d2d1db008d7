/** What an open interview screen holds; changed only by the actions of `useInterviewStore`. */
import { computed, ref, shallowRef } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { InterviewProgress, InterviewStep, InterviewView } from '@shared/contract/areas/interviews';
import type { Output } from '@shared/contract/contract';
import type { Failure } from '@shared/domain/result';
import type { Answer } from '@shared/questions/answer';

export type Finished = Output<'interview/runFinish'>;

/** `ended`: a rule ended the interview before its last question. */
export type Phase = 'loading' | 'failed' | 'question' | 'review' | 'ended' | 'closed' | 'finished';

export interface InterviewState {
  readonly view: ShallowRef<InterviewView | null>;
  readonly progress: ShallowRef<InterviewProgress | null>;
  readonly draft: ShallowRef<Answer | null>;
  readonly finished: ShallowRef<Finished | null>;
  readonly loadFailure: Ref<Failure | null>;
  readonly saveFailure: Ref<Failure | null>;
  /** Sentence about the answer on screen. */
  readonly problem: Ref<string | null>;
  readonly confirmations: Ref<readonly string[]>;
  readonly isSaving: Ref<boolean>;
  /** The last answer closed the questionnaire; going back to a question clears it. */
  readonly isAtEnd: Ref<boolean>;
  readonly isBreakOffered: Ref<boolean>;
  /** What the last answer called for, e.g. a card to hand over. */
  readonly notices: Ref<readonly string[]>;
  readonly isResting: Ref<boolean>;
  /** Counts acknowledged answers, for the live region. */
  readonly savedCount: Ref<number>;
}

export const createState = (): InterviewState => ({
  view: shallowRef(null),
  progress: shallowRef(null),
  draft: shallowRef(null),
  finished: shallowRef(null),
  loadFailure: ref(null),
  saveFailure: ref(null),
  problem: ref(null),
  confirmations: ref([]),
  isSaving: ref(false),
  isAtEnd: ref(false),
  isBreakOffered: ref(false),
  notices: ref([]),
  isResting: ref(false),
  savedCount: ref(0),
});

function phaseOf(state: InterviewState, step: InterviewStep | null): Phase {
  const progress = state.progress.value;
  if (state.finished.value !== null) return 'finished';
  if (progress === null) return state.loadFailure.value === null ? 'loading' : 'failed';
  if (progress.state === 'closed' || progress.state === 'voided') return 'closed';
  if (step !== null && !state.isAtEnd.value) return 'question';
  return progress.disposition === null || progress.disposition === 'complete' ? 'review' : 'ended';
}

export interface DerivedState {
  readonly step: ComputedRef<InterviewStep | null>;
  readonly phase: ComputedRef<Phase>;
}

export function deriveState(state: InterviewState): DerivedState {
  const step = computed(() => {
    const current = state.progress.value?.currentQuestionId ?? null;
    const found = state.view.value?.steps.find((each) => each.question.code === current);
    if (found === undefined) return null;
    return { ...found, question: state.progress.value?.currentQuestion ?? found.question };
  });
  return { step, phase: computed(() => phaseOf(state, step.value)) };
}
