/** What both interview screens do with the question on screen: forward, back, ways of not answering, keys. */
import { computed } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import type { MissingReason, QuestionControl } from '../../questions/control';
import { useInterviewStore } from './interviewStore';
import { useKeyboard } from './useKeyboard';

interface Panel {
  readonly control: () => QuestionControl | null;
}

export interface QuestionActions {
  readonly next: () => void;
  readonly back: () => void;
  readonly chooseMissing: (reason: MissingReason) => void;
  /** What is recorded for the question, or for the part of it that is being asked. */
  readonly recorded: ComputedRef<MissingReason | null>;
}

export function useQuestionActions(
  panel: Readonly<ShallowRef<Panel | null>>,
  isCovered: () => boolean,
): QuestionActions {
  const interview = useInterviewStore();
  const control = (): QuestionControl | null => panel.value?.control() ?? null;

  function next(): void {
    if (interview.isSaving) return;
    const isWhole = interview.draft?.kind === 'missing';
    if (!isWhole && control()?.advance() === true) return;
    void interview.submit();
  }
  function back(): void {
    if (interview.isSaving || control()?.retreat() === true) return;
    void interview.goBack();
  }
  function isOffered(reason: MissingReason): boolean {
    const question = interview.step?.question;
    if (reason === 'dontKnow') return question?.dontKnow === true;
    return reason === 'refused' ? question?.refuse === true : question?.notApplicable !== undefined;
  }
  function chooseMissing(reason: MissingReason): void {
    if (!isOffered(reason) || control()?.missing(reason) === true) return;
    interview.toggleMissing(reason);
  }
  const recorded = computed(() =>
    interview.draft?.kind === 'missing' ? interview.draft.reason : (control()?.currentMissing() ?? null),
  );

  useKeyboard({
    isActive: () =>
      interview.phase === 'question' &&
      !interview.isResting &&
      interview.confirmations.length === 0 &&
      !isCovered(),
    control,
    next,
    back,
    missing: chooseMissing,
    hasLetterKeys: interview.view?.mode === 'interviewer',
  });
  return { next, back, chooseMissing, recorded };
}
