/** Small helpers the kinds share to name and describe their export columns. */
import type { Answer } from './answer';
import type { Option, QuestionBase } from './base';
import { missingCodes } from './missing';
import type { MissingCodes, MissingMeaning } from './missing';
import type { VariableDescription, VariableValue } from './questionKind';

/** Codes made of digits (and −1) are exported as numbers, all others as they are. */
export const codeValue = (code: string): VariableValue => (/^-?\d{1,9}$/.test(code) ? Number(code) : code);

export const columnType = (codes: readonly string[]): 'numeric' | 'text' =>
  codes.every((code) => typeof codeValue(code) === 'number') ? 'numeric' : 'text';

export const noteColumn = (question: QuestionBase): string => `${question.code}_note`;

export const optionValues = (options: readonly Option[]): VariableDescription['values'] =>
  options.map((option) => ({ code: codeValue(option.code), label: option.text }));

const meanings: readonly MissingMeaning[] = ['notApplicable', 'dontKnow', 'refused', 'system'];

export const missingValues = (codes: MissingCodes = missingCodes): VariableDescription['missing'] =>
  meanings.map((meaning) => ({ code: codes[meaning], meaning }));

export const hasNote = (options: readonly Option[]): boolean =>
  options.some((option) => option.allowsNote === true);

/** The note an answer carries, '' when it has none. */
export const noteOf = (answer: Answer | undefined): string =>
  answer !== undefined && 'note' in answer ? (answer.note ?? '') : '';

export const describeNote = (question: QuestionBase): VariableDescription => ({
  variable: noteColumn(question),
  label: question.text,
  type: 'text',
  values: [],
  missing: [],
});
