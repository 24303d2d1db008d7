/** What both interview screens do with the question on screen; answers go to the interview on the host. */
import { useInterviewStore } from './interviewStore';
import { useAnswerActions } from './useAnswerActions';
import type { AnswerActions } from './useAnswerActions';

export function useQuestionActions(
  panel: Parameters<typeof useAnswerActions>[0],
  isCovered: () => boolean,
): AnswerActions {
  const interview = useInterviewStore();
  return useAnswerActions(panel, {
    question: () => interview.step?.question ?? null,
    draft: () => interview.draft,
    isBusy: () => interview.isSaving,
    isActive: () =>
      interview.phase === 'question' &&
      !interview.isResting &&
      interview.confirmations.length === 0 &&
      !isCovered(),
    submit: () => void interview.submit(),
    goBack: () => void interview.goBack(),
    toggleMissing: interview.toggleMissing,
    hasLetterKeys: interview.view?.mode === 'interviewer',
  });
}
