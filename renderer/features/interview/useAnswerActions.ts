/** What a screen does with the question on it: forward, back, ways of not answering, keys. */
import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';
import type { MissingReason, QuestionControl } from '../../questions/control';
import { useKeyboard } from './useKeyboard';

interface Panel {
  readonly control: () => QuestionControl | null;
}

/** Where answers go: an interview on the host, or a practice run that keeps nothing. */
export interface AnswerSession {
  readonly question: () => Question | null;
  readonly draft: () => Answer | null;
  readonly isBusy: () => boolean;
  /** False while something else than the question has the screen. */
  readonly isActive: () => boolean;
  readonly submit: () => void;
  readonly goBack: () => void;
  readonly toggleMissing: (reason: MissingReason) => void;
  readonly hasLetterKeys: boolean;
}

export interface AnswerActions {
  readonly next: () => void;
  readonly back: () => void;
  readonly chooseMissing: (reason: MissingReason) => void;
  /** What is recorded for the question, or for the part of it that is being asked. */
  readonly recorded: ComputedRef<MissingReason | null>;
}

export function useAnswerActions(
  panel: Readonly<ShallowRef<Panel | null>>,
  session: AnswerSession,
): AnswerActions {
  const control = (): QuestionControl | null => panel.value?.control() ?? null;

  function next(): void {
    if (session.isBusy()) return;
    const isWhole = session.draft()?.kind === 'missing';
    if (!isWhole && control()?.advance() === true) return;
    session.submit();
  }
  function back(): void {
    if (session.isBusy() || control()?.retreat() === true) return;
    session.goBack();
  }
  function isOffered(reason: MissingReason): boolean {
    const question = session.question();
    if (reason === 'dontKnow') return question?.dontKnow === true;
    return reason === 'refused' ? question?.refuse === true : question?.notApplicable !== undefined;
  }
  function chooseMissing(reason: MissingReason): void {
    if (!isOffered(reason) || control()?.missing(reason) === true) return;
    session.toggleMissing(reason);
  }
  const recorded = computed(() => {
    const draft = session.draft();
    return draft?.kind === 'missing' ? draft.reason : (control()?.currentMissing() ?? null);
  });

  useKeyboard({
    isActive: session.isActive,
    control,
    next,
    back,
    missing: chooseMissing,
    hasLetterKeys: session.hasLetterKeys,
  });
  return { next, back, chooseMissing, recorded };
}
