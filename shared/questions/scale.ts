/**
 * One or more statements (逐项) judged on the same ordered options. 不知道 and 拒答 may stand for a single row
 * (codes 98 and 99) where the question allows them. `askRows` draws a random subset of the rows per respondent;
 * `maximumRows` keeps at most so many of the rows that apply.
 */
import { z } from 'zod';
import { ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Answer } from './answer';
import { optionsSchema, questionBase, rowsSchema } from './base';
import { codeValue, columnType, missingValues, optionValues } from './columns';
import { dontKnowCode, missingCodes, missingMeaning, noAnswerCode, refusedCode } from './missing';
import type { QuestionKind, VariableValue } from './questionKind';
import { refuse, validator } from './questionKind';

export const scaleSchema = z.strictObject({
  kind: z.literal('scale'),
  ...questionBase,
  rows: rowsSchema,
  options: optionsSchema,
  shuffleRows: z.boolean().optional(),
  askRows: z.int().min(1).max(30).optional(),
  maximumRows: z.int().min(1).max(30).optional(),
});
export type ScaleQuestion = z.infer<typeof scaleSchema>;

type ScaleAnswer = Extract<Answer, { kind: 'scale' }>;

/** Codes a row may hold: the options, and 98 and 99 where the question allows them; on paper also none, −1. */
export const rowCodes = (question: ScaleQuestion): readonly string[] => [
  ...question.options.map((option) => option.code),
  ...(question.dontKnow === true ? [dontKnowCode] : []),
  ...(question.refuse === true ? [refusedCode] : []),
  ...(question.mayBeBlank === true ? [noAnswerCode] : []),
];

function check(question: ScaleQuestion, answer: ScaleAnswer): Result<Answer> {
  const given = Object.entries(answer.rows);
  if (given.length === 0) return refuse(question, 'required');
  const codes = rowCodes(question);
  const unknownRow = given.find(([row]) => !question.rows.some((known) => known.code === row));
  if (unknownRow) return refuse(question, 'unknownRow', { row: unknownRow[0] });
  const unknownCode = given.find(([, code]) => !codes.includes(code));
  if (unknownCode) return refuse(question, 'unknownOption', { row: unknownCode[0], option: unknownCode[1] });
  const open = question.rows.find((row) => answer.rows[row.code] === undefined);
  return open ? refuse(question, 'incomplete', { row: open.code }) : ok(answer);
}

/** A row that an otherwise complete answer lacks was not asked of this respondent: 88. */
function rowValue(answer: Answer | undefined, row: string): VariableValue {
  if (answer?.kind !== 'scale') return missingCodes[missingMeaning(answer) ?? 'system'];
  const code = answer.rows[row];
  return code === undefined ? missingCodes.notApplicable : codeValue(code);
}

export const scaleKind: QuestionKind<ScaleQuestion> = {
  kind: 'scale',
  schema: scaleSchema,
  blankAnswer: () => ({ kind: 'scale', rows: {} }),
  validate: validator('scale', check),
  toVariables: (question, answer) =>
    Object.fromEntries(
      question.rows.map((row) => [`${question.code}_${row.code}`, rowValue(answer, row.code)]),
    ),
  describe: (question) =>
    question.rows.map((row) => ({
      variable: `${question.code}_${row.code}`,
      label: `${question.text} ${row.text}`,
      type: columnType(question.options.map((option) => option.code)),
      values: optionValues(question.options),
      missing: missingValues(),
    })),
};
