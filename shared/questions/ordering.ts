/** Options put in order: all of them, or the first `pick` of them (最主要的、其次). */
import { z } from 'zod';
import { ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Answer } from './answer';
import { optionsSchema, questionBase } from './base';
import { codeValue, columnType, missingValues, optionValues } from './columns';
import { missingCodes, missingMeaning } from './missing';
import type { QuestionKind, VariableValue } from './questionKind';
import { refuse, validator } from './questionKind';

export const orderingSchema = z.strictObject({
  kind: z.literal('ordering'),
  ...questionBase,
  options: optionsSchema,
  shuffle: z.boolean().optional(),
  /** Places to fill; absent = every option is placed. Fewer options on offer than places: all are placed. */
  pick: z.int().min(1).max(12).optional(),
});
export type OrderingQuestion = z.infer<typeof orderingSchema>;

type OrderingAnswer = Extract<Answer, { kind: 'ordering' }>;

/** How many places an answer to the question as asked has to fill. */
export const placeCount = (question: OrderingQuestion): number =>
  Math.min(question.pick ?? question.options.length, question.options.length);

function check(question: OrderingQuestion, answer: OrderingAnswer): Result<Answer> {
  const places = placeCount(question);
  if (answer.codes.length === 0) return refuse(question, 'required');
  const unknown = answer.codes.find((code) => !question.options.some((option) => option.code === code));
  if (unknown !== undefined) return refuse(question, 'unknownOption', { option: unknown });
  if (new Set(answer.codes).size !== answer.codes.length) return refuse(question, 'duplicate');
  if (answer.codes.length > places) return refuse(question, 'tooMany', { maximum: places });
  const isShort = answer.codes.length < places && question.mayBeBlank !== true;
  return isShort ? refuse(question, 'incomplete', { places }) : ok(answer);
}

/** A place that a valid answer leaves empty did not exist for this respondent: 88. */
function placeValue(answer: Answer | undefined, place: number): VariableValue {
  if (answer?.kind !== 'ordering') return missingCodes[missingMeaning(answer) ?? 'system'];
  const code = answer.codes[place];
  return code === undefined ? missingCodes.notApplicable : codeValue(code);
}

const placesOf = (question: OrderingQuestion): readonly number[] =>
  Array.from({ length: placeCount(question) }, (_, index) => index);

export const orderingKind: QuestionKind<OrderingQuestion> = {
  kind: 'ordering',
  schema: orderingSchema,
  blankAnswer: () => ({ kind: 'ordering', codes: [] }),
  validate: validator('ordering', check),
  toVariables: (question, answer) =>
    Object.fromEntries(
      placesOf(question).map((place) => [`${question.code}_${place + 1}`, placeValue(answer, place)]),
    ),
  describe: (question) =>
    placesOf(question).map((place) => ({
      variable: `${question.code}_${place + 1}`,
      label: `${question.text} ${place + 1}`,
      type: columnType(question.options.map((option) => option.code)),
      values: optionValues(question.options),
      missing: missingValues(),
    })),
};
