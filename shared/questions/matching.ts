/** Each row on the left gets one option from the right; with `oneToOne` no option is used twice. */
import { z } from 'zod';
import { ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Answer } from './answer';
import { optionsSchema, questionBase, rowsSchema } from './base';
import { codeValue, columnType, missingValues, optionValues } from './columns';
import { missingCodes, missingMeaning } from './missing';
import type { QuestionKind, VariableValue } from './questionKind';
import { refuse, validator } from './questionKind';

export const matchingSchema = z.strictObject({
  kind: z.literal('matching'),
  ...questionBase,
  rows: rowsSchema,
  options: optionsSchema,
  shuffle: z.boolean().optional(),
  oneToOne: z.boolean().optional(),
});
export type MatchingQuestion = z.infer<typeof matchingSchema>;

type MatchingAnswer = Extract<Answer, { kind: 'matching' }>;

function check(question: MatchingQuestion, answer: MatchingAnswer): Result<Answer> {
  const pairs = Object.entries(answer.pairs);
  if (pairs.length === 0) return refuse(question, 'required');
  const unknownRow = pairs.find(([row]) => !question.rows.some((known) => known.code === row));
  if (unknownRow) return refuse(question, 'unknownRow', { row: unknownRow[0] });
  const unknown = pairs.find(([, code]) => !question.options.some((option) => option.code === code));
  if (unknown) return refuse(question, 'unknownOption', { row: unknown[0], option: unknown[1] });
  const used = new Set(pairs.map(([, code]) => code));
  if (question.oneToOne === true && used.size !== pairs.length) return refuse(question, 'duplicate');
  const open = question.rows.find((row) => answer.pairs[row.code] === undefined);
  return open && question.mayBeBlank !== true
    ? refuse(question, 'incomplete', { row: open.code })
    : ok(answer);
}

function pairValue(answer: Answer | undefined, row: string): VariableValue {
  if (answer?.kind !== 'matching') return missingCodes[missingMeaning(answer) ?? 'system'];
  return codeValue(answer.pairs[row] ?? String(missingCodes.system));
}

export const matchingKind: QuestionKind<MatchingQuestion> = {
  kind: 'matching',
  schema: matchingSchema,
  blankAnswer: () => ({ kind: 'matching', pairs: {} }),
  validate: validator('matching', check),
  toVariables: (question, answer) =>
    Object.fromEntries(
      question.rows.map((row) => [`${question.code}_${row.code}`, pairValue(answer, row.code)]),
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
