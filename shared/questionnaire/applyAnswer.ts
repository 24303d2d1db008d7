/** The only way an answer enters an interview. */
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Answer, Answers } from '../questions/answer';
import { validateAnswer } from '../questions/registry';
import type { CalendarDate } from './age';
import { interviewState } from './interviewState';
import type { InterviewState, StepState } from './interviewState';
import type { Script } from './script';

export interface GivenAnswer {
  readonly questionId: string;
  readonly answer: Answer;
}

export interface AppliedAnswer {
  readonly answers: Answers;
  readonly state: InterviewState;
  /** For the journal: whether the question was answered before, and differently. */
  readonly change: 'first' | 'changed' | 'same';
}

/** Whether the question may be answered now; the failure says which question comes first. */
function locate(state: InterviewState, questionId: string): Result<StepState> {
  const index = state.steps.findIndex((entry) => entry.step.id === questionId);
  const found = state.steps[index];
  if (!found) return fail('NOT_FOUND', { question: questionId });
  const outOfOrder = (reason: string): Result<never> =>
    fail('ANSWER_OUT_OF_ORDER', { question: questionId, reason, expected: state.currentId ?? '' });
  if (found.status === 'inactive') return outOfOrder('notRelevant');
  const currentIndex = state.steps.findIndex((entry) => entry.step.id === state.currentId);
  return currentIndex !== -1 && index > currentIndex ? outOfOrder('jumped') : ok(found);
}

function changeOf(before: Answer | undefined, answer: Answer): AppliedAnswer['change'] {
  if (before === undefined) return 'first';
  return JSON.stringify(before) === JSON.stringify(answer) ? 'same' : 'changed';
}

/**
 * Applies one answer. Fails with NOT_FOUND (no such question in this interview), ANSWER_OUT_OF_ORDER (`reason`
 * notRelevant or jumped, `expected` the current question) or ANSWER_NOT_VALID (`reason` as in AnswerProblem, or
 * check with the `message` of the definition). Earlier questions may be changed at any time.
 */
export function applyAnswer(
  script: Script,
  answers: Answers,
  given: GivenAnswer,
  today: CalendarDate,
): Result<AppliedAnswer> {
  const { questionId, answer } = given;
  const located = locate(interviewState(script, answers, today), questionId);
  if (!located.ok) return located;
  const valid = validateAnswer(located.value.question, answer);
  if (!valid.ok) return valid;
  const after: Answers = { ...answers, [questionId]: answer };
  const state = interviewState(script, after, today);
  const failed = state.steps.find((entry) => entry.step.id === questionId)?.failedChecks[0];
  if (failed !== undefined) {
    return fail('ANSWER_NOT_VALID', { question: questionId, reason: 'check', message: failed });
  }
  return ok({ answers: after, state, change: changeOf(answers[questionId], answer) });
}
