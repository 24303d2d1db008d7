/** A number in a closed range, whole unless stated otherwise. */
import { z } from 'zod';
import { ok } from '../domain/result';
import { questionBase } from './base';
import { missingValues } from './columns';
import { missingCodesAbove, missingMeaning } from './missing';
import type { QuestionKind } from './questionKind';
import { refuse, validator } from './questionKind';

export const numberSchema = z.strictObject({
  kind: z.literal('number'),
  ...questionBase,
  minimum: z.number(),
  maximum: z.number(),
  /** Fractions are allowed; absent = whole numbers only. */
  fractional: z.boolean().optional(),
  unit: z.string().max(10).optional(),
});
export type NumberQuestion = z.infer<typeof numberSchema>;

export const numberKind: QuestionKind<NumberQuestion> = {
  kind: 'number',
  schema: numberSchema,
  blankAnswer: () => null,
  validate: validator('number', (question, answer) => {
    const { minimum, maximum } = question;
    if (answer.value < minimum || answer.value > maximum) {
      return refuse(question, 'outOfRange', { minimum, maximum });
    }
    if (question.fractional !== true && !Number.isInteger(answer.value)) return refuse(question, 'notWhole');
    return ok(answer);
  }),
  toVariables(question, answer) {
    const missing = missingCodesAbove(question.maximum)[missingMeaning(answer) ?? 'system'];
    return { [question.code]: answer?.kind === 'number' ? answer.value : missing };
  },
  describe: (question) => [
    {
      variable: question.code,
      label: question.text,
      type: 'numeric',
      values: [],
      missing: missingValues(missingCodesAbove(question.maximum)),
    },
  ],
};
