/** The one list of question kinds and the functions that work for any question. */
import type { Result } from '../domain/result';
import type { Answer } from './answer';
import type { Question, QuestionKindName, QuestionOf } from './kinds';
import { matchingKind } from './matching';
import { multiKind } from './multi';
import { numberKind } from './number';
import { orderingKind } from './ordering';
import type { QuestionKind, VariableDescription, Variables } from './questionKind';
import { scaleKind } from './scale';
import { singleKind } from './single';
import { textKind } from './text';
import { trueFalseKind } from './trueFalse';
import { yearMonthKind } from './yearMonth';

export const questionRegistry = {
  single: singleKind,
  multi: multiKind,
  trueFalse: trueFalseKind,
  number: numberKind,
  yearMonth: yearMonthKind,
  text: textKind,
  scale: scaleKind,
  ordering: orderingKind,
  matching: matchingKind,
} as const satisfies { readonly [K in QuestionKindName]: QuestionKind<QuestionOf<K>> };

/** The kind of a question. Sound because a question's `kind` selects the entry written for it. */
const kindOf = (question: Question): QuestionKind<Question> => questionRegistry[question.kind];

/** Checks an answer against the question as asked; ANSWER_NOT_VALID carries `question` and `reason`. */
export const validateAnswer = (question: Question, answer: Answer): Result<Answer> =>
  kindOf(question).validate(question, answer);

export const blankAnswer = (question: Question): Answer | null => kindOf(question).blankAnswer(question);

/** Export columns of one answer; pass the full definition of the question, not the rotated one. */
export const toVariables = (question: Question, answer: Answer | undefined): Variables =>
  kindOf(question).toVariables(question, answer);

export const describeQuestion = (question: Question): readonly VariableDescription[] =>
  kindOf(question).describe(question);
