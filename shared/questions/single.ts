/** Single choice: exactly one option. */
import { z } from 'zod';
import { ok } from '../domain/result';
import { optionsSchema, questionBase } from './base';
import { codeValue, columnType, describeNote, hasNote, missingValues, noteColumn, noteOf } from './columns';
import { optionValues } from './columns';
import { missingCodes, missingMeaning } from './missing';
import type { QuestionKind } from './questionKind';
import { refuse, validator } from './questionKind';

export const singleSchema = z.strictObject({
  kind: z.literal('single'),
  ...questionBase,
  options: optionsSchema,
  shuffle: z.boolean().optional(),
});
export type SingleQuestion = z.infer<typeof singleSchema>;

export const singleKind: QuestionKind<SingleQuestion> = {
  kind: 'single',
  schema: singleSchema,
  blankAnswer: () => null,
  validate: validator('single', (question, answer) => {
    const chosen = question.options.find((option) => option.code === answer.code);
    if (!chosen) return refuse(question, 'unknownOption', { option: answer.code });
    if (answer.note !== undefined && chosen.allowsNote !== true) return refuse(question, 'noteNotAllowed');
    return ok(answer);
  }),
  toVariables(question, answer) {
    const missing = missingMeaning(answer);
    const code = answer?.kind === 'single' ? codeValue(answer.code) : missingCodes[missing ?? 'system'];
    return {
      [question.code]: code,
      ...(hasNote(question.options) ? { [noteColumn(question)]: noteOf(answer) } : {}),
    };
  },
  describe: (question) => [
    {
      variable: question.code,
      label: question.text,
      type: columnType(question.options.map((option) => option.code)),
      values: optionValues(question.options),
      missing: missingValues(),
    },
    ...(hasNote(question.options) ? [describeNote(question)] : []),
  ],
};
