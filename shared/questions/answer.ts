/**
 * What a respondent gave to one question: raw, typed by question kind, never scored.
 * 不知道, 拒答 and 不适用 are three different facts and are kept apart from every real answer. `noAnswer` is a fourth one:
 * the question stood on a paper form and was left empty or marked so that no answer can be read.
 */
import { z } from 'zod';

const code = z.string().min(1).max(40);

export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('single'), code, note: z.string().max(200).optional() }),
  z.strictObject({
    kind: z.literal('multi'),
    codes: z.array(code).max(40),
    note: z.string().max(200).optional(),
  }),
  z.strictObject({ kind: z.literal('trueFalse'), value: z.boolean() }),
  z.strictObject({ kind: z.literal('number'), value: z.number().finite() }),
  z.strictObject({
    kind: z.literal('yearMonth'),
    year: z.int().min(1900).max(2100),
    month: z.int().min(1).max(12).nullable(),
  }),
  z.strictObject({ kind: z.literal('text'), text: z.string().max(2000) }),
  z.strictObject({ kind: z.literal('scale'), rows: z.record(code, code) }),
  z.strictObject({ kind: z.literal('ordering'), codes: z.array(code).max(12) }),
  z.strictObject({ kind: z.literal('matching'), pairs: z.record(code, code) }),
  z.strictObject({
    kind: z.literal('missing'),
    reason: z.enum(['dontKnow', 'refused', 'notApplicable', 'noAnswer']),
  }),
]);

export type Answer = z.infer<typeof answerSchema>;
export type AnswerKind = Answer['kind'];
export type Answers = Readonly<Record<string, Answer>>;
