/** A statement judged right or wrong. Exported as 1 (right) and 0 (wrong). */
import { z } from 'zod';
import { ok } from '../domain/result';
import { questionBase } from './base';
import { missingValues } from './columns';
import { missingCodes, missingMeaning } from './missing';
import type { QuestionKind } from './questionKind';
import { validator } from './questionKind';

export const trueFalseSchema = z.strictObject({
  kind: z.literal('trueFalse'),
  ...questionBase,
  /** Words of the two choices, e.g. 对 and 错. */
  trueText: z.string().min(1).max(20),
  falseText: z.string().min(1).max(20),
});
export type TrueFalseQuestion = z.infer<typeof trueFalseSchema>;

export const trueFalseKind: QuestionKind<TrueFalseQuestion> = {
  kind: 'trueFalse',
  schema: trueFalseSchema,
  blankAnswer: () => null,
  validate: validator('trueFalse', (_question, answer) => ok(answer)),
  toVariables: (question, answer) => ({
    [question.code]:
      answer?.kind === 'trueFalse' ? Number(answer.value) : missingCodes[missingMeaning(answer) ?? 'system'],
  }),
  describe: (question) => [
    {
      variable: question.code,
      label: question.text,
      type: 'numeric',
      values: [
        { code: 1, label: question.trueText },
        { code: 0, label: question.falseText },
      ],
      missing: missingValues(),
    },
  ],
};
