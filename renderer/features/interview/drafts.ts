/** Answers not yet sent, kept per interview in this window only, so that a reload loses nothing that was typed. */
import { answerSchema } from '@shared/questions/answer';
import type { Answer } from '@shared/questions/answer';

const prefixOf = (interviewId: string): string => `zhiheng.draft.${interviewId}.`;

export function readDraft(interviewId: string, questionId: string): Answer | null {
  const stored = sessionStorage.getItem(prefixOf(interviewId) + questionId);
  if (stored === null) return null;
  const parsed = answerSchema.safeParse(JSON.parse(stored));
  return parsed.success ? parsed.data : null;
}

export function writeDraft(interviewId: string, questionId: string, answer: Answer | null): void {
  const key = prefixOf(interviewId) + questionId;
  if (answer === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(answer));
}

/** Forgets everything of an interview that has ended. */
export function clearDrafts(interviewId: string): void {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(prefixOf(interviewId)))
    .forEach((key) => sessionStorage.removeItem(key));
}
