/** Multiple choice: any options up to a limit; an exclusive option stands alone. Exported as one 0/1 column each. */
import { z } from 'zod';
import { ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Answer } from './answer';
import { optionsSchema, questionBase } from './base';
import { describeNote, hasNote, missingValues, noteColumn, noteOf } from './columns';
import { missingCodes, missingMeaning } from './missing';
import type { QuestionKind } from './questionKind';
import { refuse, validator } from './questionKind';

export const multiSchema = z.strictObject({
  kind: z.literal('multi'),
  ...questionBase,
  options: optionsSchema,
  shuffle: z.boolean().optional(),
  /** Most options that may be chosen; absent = no limit. */
  maxChoices: z.int().min(1).max(40).optional(),
});
export type MultiQuestion = z.infer<typeof multiSchema>;

type MultiAnswer = Extract<Answer, { kind: 'multi' }>;

function check(question: MultiQuestion, answer: MultiAnswer): Result<Answer> {
  const { codes } = answer;
  const chosen = question.options.filter((option) => codes.includes(option.code));
  if (codes.length === 0) return refuse(question, 'required');
  if (new Set(codes).size !== codes.length) return refuse(question, 'duplicate');
  const unknown = codes.find((code) => !chosen.some((option) => option.code === code));
  if (unknown !== undefined) return refuse(question, 'unknownOption', { option: unknown });
  if (chosen.length > 1 && chosen.some((option) => option.exclusive)) return refuse(question, 'exclusive');
  const maximum = question.maxChoices ?? chosen.length;
  if (chosen.length > maximum) return refuse(question, 'tooMany', { maximum });
  const isNoteWelcome = answer.note === undefined || chosen.some((option) => option.allowsNote);
  return isNoteWelcome ? ok(answer) : refuse(question, 'noteNotAllowed');
}

const columnOf = (question: MultiQuestion, code: string): string => `${question.code}_${code}`;

export const multiKind: QuestionKind<MultiQuestion> = {
  kind: 'multi',
  schema: multiSchema,
  blankAnswer: () => ({ kind: 'multi', codes: [] }),
  validate: validator('multi', check),
  toVariables(question, answer) {
    const missing = missingCodes[missingMeaning(answer) ?? 'system'];
    const valueOf = (code: string): number =>
      answer?.kind === 'multi' ? Number(answer.codes.includes(code)) : missing;
    return {
      ...Object.fromEntries(
        question.options.map((option) => [columnOf(question, option.code), valueOf(option.code)]),
      ),
      ...(hasNote(question.options) ? { [noteColumn(question)]: noteOf(answer) } : {}),
    };
  },
  describe: (question) => [
    ...question.options.map((option) => ({
      variable: columnOf(question, option.code),
      label: `${question.text} ${option.text}`,
      type: 'numeric' as const,
      values: [
        { code: 0, label: '0' },
        { code: 1, label: option.text },
      ],
      missing: missingValues(),
    })),
    ...(hasNote(question.options) ? [describeNote(question)] : []),
  ],
};
