/** What an interview leaves behind for scoring, export and background once it stops. */
import type { Disposition } from '../domain/disposition';
import type { Answer, Answers } from '../questions/answer';
import type { CalendarDate } from './age';
import { environmentOf } from './environment';
import { evaluate } from './expression/evaluate';
import type { Value } from './expression/value';
import type { InterviewState } from './interviewState';
import type { Script } from './script';

/**
 * Active answers, with 不适用 (88) written for every question that was passed over and the stated default for what
 * no interviewer recorded. Questions never reached have no entry.
 */
export function finalAnswers(state: InterviewState): Answers {
  const reached = state.currentId === null ? Infinity : indexOf(state, state.currentId);
  const entries = state.steps.flatMap((entry, index): [string, Answer][] =>
    entry.answer === null || (index > reached && entry.status === 'inactive')
      ? []
      : [[entry.step.id, entry.answer]],
  );
  return Object.fromEntries(entries);
}

const indexOf = (state: InterviewState, id: string): number =>
  state.steps.findIndex((entry) => entry.step.id === id);

/** Derived values of the definition, by code; null where they cannot be computed. */
export function derivedValues(
  script: Script,
  answers: Answers,
  today: CalendarDate,
): Readonly<Record<string, Value>> {
  const environment = environmentOf(script, new Map(Object.entries(answers)), today);
  return Object.fromEntries(
    Object.entries(script.derived).map(([code, expression]) => [code, evaluate(expression, environment)]),
  );
}

/** Below this share of answered relevant questions a stopped interview is a break-off (AAPOR Standard Definitions). */
const partialShare = 0.5;

/**
 * Disposition of an interview that stops here without a rule having ended it: refusal before any test item was
 * answered, break-off below half of the relevant questions, partial from there on, complete when nothing is open.
 */
export function dispositionWhenStopped(state: InterviewState): Disposition {
  if (state.disposition !== null) return state.disposition;
  const testBegun = state.steps.some((entry) => entry.step.testPosition !== null && entry.answer !== null);
  if (!testBegun) return 'refusal';
  return state.progress.answered / state.progress.total < partialShare ? 'breakOff' : 'partial';
}
