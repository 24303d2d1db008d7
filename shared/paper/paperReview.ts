/**
 * A paper read against the rules of the interview: the same script, conditions, validation and checks, with questions
 * left empty where the paper is empty. Nothing is repaired here; every break of a rule is named.
 */
import type { Disposition } from '../domain/disposition';
import type { CalendarDate } from '../questionnaire/age';
import type { InterviewState, StepState } from '../questionnaire/interviewState';
import { interviewState } from '../questionnaire/interviewState';
import type { Script } from '../questionnaire/script';
import type { Answer, Answers } from '../questions/answer';
import { noAnswerCode } from '../questions/missing';
import type { AnswerProblem } from '../questions/questionKind';
import { validateAnswer } from '../questions/registry';
import type { KeyedFields } from './comparison';
import type { KeyedProblem, KeyedReading } from './keyedText';
import { readKeyed } from './keyedText';

export type PaperProblem = KeyedProblem | AnswerProblem | 'skipped' | 'check' | 'coverMissing' | 'coverDate';

export interface PaperViolation {
  readonly fieldId: string;
  readonly problem: PaperProblem;
  /** Message of the definition's check; '' otherwise. */
  readonly message: string;
}

export interface PaperReview {
  readonly answers: Answers;
  readonly state: InterviewState;
  readonly violations: readonly PaperViolation[];
  /** Possible but implausible: to look at, nothing has to change. */
  readonly warnings: readonly { readonly fieldId: string; readonly message: string }[];
}

const leftEmpty: Answer = { kind: 'missing', reason: 'noAnswer' };

/** Rows that were rightly not asked and are empty do not belong to the answer. */
function fitted(answer: Answer, state: StepState): Answer {
  if (answer.kind !== 'scale' || state.question.kind !== 'scale') return answer;
  const { rows: asked } = state.question;
  const rows = Object.entries(answer.rows).filter(
    ([row, code]) => code !== noAnswerCode || asked.some((each) => each.code === row),
  );
  return rows.every(([, code]) => code === noAnswerCode)
    ? leftEmpty
    : { kind: 'scale', rows: Object.fromEntries(rows) };
}

/** Rows of one scale may depend on those of another; two passes reach every chain of the definition. */
const fittingPasses = 3;

function fittedState(
  script: Script,
  given: Answers,
  today: CalendarDate,
): { readonly answers: Answers; readonly state: InterviewState } {
  let answers = given;
  let state = interviewState(script, answers, today);
  for (let pass = 0; pass < fittingPasses; pass += 1) {
    answers = Object.fromEntries(
      state.steps.map((entry) => [entry.step.id, fitted(answers[entry.step.id] ?? leftEmpty, entry)]),
    );
    state = interviewState(script, answers, today);
  }
  return { answers, state };
}

function problemOf(
  entry: StepState,
  reading: KeyedReading,
  answer: Answer,
): Omit<PaperViolation, 'fieldId'> | null {
  if (reading.kind === 'blank') return null;
  if (entry.status === 'inactive') return { problem: 'skipped', message: '' };
  if (reading.kind === 'unreadable') return { problem: reading.problem, message: '' };
  const [message] = entry.failedChecks;
  if (message !== undefined) return { problem: 'check', message };
  const valid = validateAnswer(entry.question, answer);
  return valid.ok ? null : { problem: valid.failure.params['reason'] as AnswerProblem, message: '' };
}

/** Reviews what is keyed so far for the questions of the script; `today` is the date of the interview. */
export function reviewPaper(script: Script, keyed: KeyedFields, today: CalendarDate): PaperReview {
  const readings = new Map(
    script.steps.map(({ id, question }) => [id, readKeyed(question, keyed.get(id) ?? '')]),
  );
  const given = Object.fromEntries(
    [...readings].map(([id, reading]) => [id, reading.kind === 'answer' ? reading.answer : leftEmpty]),
  );
  const { answers, state } = fittedState(script, given, today);
  const violations = state.steps.flatMap((entry) => {
    const { id, standIn } = entry.step;
    const reading = readings.get(id);
    if (standIn !== null || reading === undefined) return [];
    const problem = problemOf(entry, reading, answers[id] ?? leftEmpty);
    return problem === null ? [] : [{ fieldId: id, ...problem }];
  });
  return {
    answers,
    state,
    violations,
    warnings: state.confirmations.map(({ questionId, message }) => ({ fieldId: questionId, message })),
  };
}

/** Answers to store: of the questions that were to be answered, empty ones included. */
export const answersToFile = ({ answers, state }: PaperReview): readonly (readonly [string, Answer])[] =>
  state.steps.flatMap(({ step, status }) => {
    const answer = answers[step.id];
    return status === 'inactive' || answer === undefined ? [] : [[step.id, answer] as const];
  });

const completeShare = 0.8;
const partialShare = 0.5;

/**
 * Disposition of a paper by the share of applicable questions answered with other than a refusal or nothing (AAPOR
 * Standard Definitions, 9th edition 2016, mail surveys): below half break-off, up to 80 % partial, above complete. An
 * ending rule of the questionnaire comes first.
 */
export function paperDisposition({ state }: PaperReview): Disposition {
  if (state.status === 'ended' && state.disposition !== null) return state.disposition;
  const asked = state.steps.filter(({ status }) => status !== 'inactive');
  const answered = asked.filter(
    ({ answer }) =>
      answer !== null &&
      (answer.kind !== 'missing' || answer.reason === 'dontKnow' || answer.reason === 'notApplicable'),
  );
  const share = asked.length === 0 ? 0 : answered.length / asked.length;
  if (share > completeShare) return 'complete';
  return share >= partialShare ? 'partial' : 'breakOff';
}
