/**
 * Short free text. The reason for an empty text stands in a column of its own, so that no text can be
 * mistaken for a missing code.
 */
import { z } from 'zod';
import { ok } from '../domain/result';
import { questionBase } from './base';
import { missingValues } from './columns';
import { missingCodes, missingMeaning } from './missing';
import type { QuestionKind } from './questionKind';
import { refuse, validator } from './questionKind';

export const textSchema = z.strictObject({
  kind: z.literal('text'),
  ...questionBase,
  /** Characters. */
  maximumLength: z.int().min(1).max(2000),
  /** An empty text is an answer. */
  optional: z.boolean().optional(),
});
export type TextQuestion = z.infer<typeof textSchema>;

export const textKind: QuestionKind<TextQuestion> = {
  kind: 'text',
  schema: textSchema,
  blankAnswer: () => ({ kind: 'text', text: '' }),
  validate: validator('text', (question, answer) => {
    if (answer.text.trim() === '' && question.optional !== true) return refuse(question, 'required');
    if ([...answer.text].length > question.maximumLength) {
      return refuse(question, 'tooLong', { maximum: question.maximumLength });
    }
    return ok(answer);
  }),
  toVariables(question, answer) {
    const missing = missingMeaning(answer);
    return {
      [question.code]: answer?.kind === 'text' ? answer.text : '',
      [`${question.code}_missing`]: missing === null ? 0 : missingCodes[missing],
    };
  },
  describe: (question) => [
    { variable: question.code, label: question.text, type: 'text', values: [], missing: [] },
    {
      variable: `${question.code}_missing`,
      label: question.text,
      type: 'numeric',
      values: [{ code: 0, label: '0' }],
      missing: missingValues(),
    },
  ],
};
