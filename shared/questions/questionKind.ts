/**
 * What a question kind must be able to do. One file per kind implements it; `registry.ts` lists all kinds.
 * Adding a kind changes no storage, no channel and no report.
 */
import type { z } from 'zod';
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Answer, AnswerKind } from './answer';
import type { QuestionBase } from './base';
import type { MissingMeaning } from './missing';

/** Why an answer was refused: the `reason` parameter of ANSWER_NOT_VALID. */
export type AnswerProblem =
  | 'wrongKind'
  | 'required'
  | 'incomplete'
  | 'unknownOption'
  | 'unknownRow'
  | 'duplicate'
  | 'exclusive'
  | 'tooMany'
  | 'outOfRange'
  | 'notWhole'
  | 'tooLong'
  | 'noteNotAllowed'
  | 'missingNotAllowed';

export type VariableValue = number | string;
export type Variables = Readonly<Record<string, VariableValue>>;

/** One codebook row: a column of the exported data. */
export interface VariableDescription {
  readonly variable: string;
  readonly label: string;
  readonly type: 'numeric' | 'text';
  readonly values: readonly { readonly code: VariableValue; readonly label: string }[];
  readonly missing: readonly { readonly code: VariableValue; readonly meaning: MissingMeaning }[];
}

export interface QuestionKind<Q extends QuestionBase & { readonly kind: string }> {
  readonly kind: Q['kind'];
  readonly schema: z.ZodType<Q>;
  /** What an untouched control holds; null when nothing can be shown as an answer yet. */
  blankAnswer(question: Q): Answer | null;
  /** Checks an answer against the question as it was asked; fails with ANSWER_NOT_VALID and `reason`. */
  validate(question: Q, answer: Answer): Result<Answer>;
  /** Flat columns for export; `undefined` (nothing recorded) gives system missing. Names match `describe`. */
  toVariables(question: Q, answer: Answer | undefined): Variables;
  /** Codebook rows, one for each column of `toVariables`, in the same order. */
  describe(question: Q): readonly VariableDescription[];
}

export const refuse = (
  question: QuestionBase,
  reason: AnswerProblem,
  params: Readonly<Record<string, string | number>> = {},
): Result<never> => fail('ANSWER_NOT_VALID', { question: question.code, reason, ...params });

type Given<K extends AnswerKind> = Extract<Answer, { kind: K }>;

/**
 * Wraps a kind's own check: ways of not answering are accepted only where the question allows them, and an
 * answer of another kind never reaches the check.
 */
export function validator<Q extends QuestionBase, K extends Exclude<AnswerKind, 'missing'>>(
  kind: K,
  check: (question: Q, answer: Given<K>) => Result<Answer>,
): (question: Q, answer: Answer) => Result<Answer> {
  return (question, answer) => {
    if (answer.kind === 'missing') {
      const allowed = {
        dontKnow: question.dontKnow === true,
        refused: question.refuse === true,
        notApplicable: question.notApplicable !== undefined,
        noAnswer: question.mayBeBlank === true,
      }[answer.reason];
      return allowed ? ok(answer) : refuse(question, 'missingNotAllowed', { missing: answer.reason });
    }
    if (!isKind(answer, kind)) return refuse(question, 'wrongKind', { kind: answer.kind });
    return check(question, answer);
  };
}

function isKind<K extends AnswerKind>(answer: Answer, kind: K): answer is Given<K> {
  return answer.kind === kind;
}
