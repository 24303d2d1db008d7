/** Year and month, e.g. of birth. Where the question says so, the month alone may be withheld (null). */
import { z } from 'zod';
import { ok } from '../domain/result';
import { questionBase } from './base';
import { missingValues } from './columns';
import { missingCodes, missingCodesAbove, missingMeaning } from './missing';
import type { QuestionKind } from './questionKind';
import { refuse, validator } from './questionKind';

export const yearMonthSchema = z.strictObject({
  kind: z.literal('yearMonth'),
  ...questionBase,
  minimumYear: z.int().min(1900).max(2100),
  maximumYear: z.int().min(1900).max(2100),
  monthOptional: z.boolean().optional(),
});
export type YearMonthQuestion = z.infer<typeof yearMonthSchema>;

const yearMissing = missingCodesAbove(2100);

export const yearMonthKind: QuestionKind<YearMonthQuestion> = {
  kind: 'yearMonth',
  schema: yearMonthSchema,
  blankAnswer: () => null,
  validate: validator('yearMonth', (question, answer) => {
    const { minimumYear, maximumYear } = question;
    if (answer.year < minimumYear || answer.year > maximumYear) {
      return refuse(question, 'outOfRange', { minimum: minimumYear, maximum: maximumYear });
    }
    if (answer.month === null) {
      return question.monthOptional === true ? ok(answer) : refuse(question, 'incomplete');
    }
    const isMonth = Number.isInteger(answer.month) && answer.month >= 1 && answer.month <= 12;
    return isMonth ? ok(answer) : refuse(question, 'outOfRange', { minimum: 1, maximum: 12 });
  }),
  toVariables(question, answer) {
    const missing = missingMeaning(answer) ?? 'system';
    const given = answer?.kind === 'yearMonth' ? answer : null;
    return {
      [`${question.code}_year`]: given ? given.year : yearMissing[missing],
      [`${question.code}_month`]: given ? (given.month ?? missingCodes.dontKnow) : missingCodes[missing],
    };
  },
  describe: (question) => [
    {
      variable: `${question.code}_year`,
      label: question.text,
      type: 'numeric',
      values: [],
      missing: missingValues(yearMissing),
    },
    {
      variable: `${question.code}_month`,
      label: question.text,
      type: 'numeric',
      values: [],
      missing: missingValues(),
    },
  ],
};
