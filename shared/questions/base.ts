/** What every question has, whatever its kind: wording, material, and which ways of not answering it allows. */
import { z } from 'zod';
import { stimulusSchema } from './stimulus';

/** Code of a question, option or row: letters, digits, `_`, `-`, `.`; also the key under which answers are stored. */
export const codeSchema = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[\w.-]+$/);

/** Text of an expression; its language is defined in `questionnaire/expression`. */
export const expressionText = z.string().min(1).max(400);

export const optionSchema = z.strictObject({
  code: codeSchema,
  text: z.string().min(1).max(120),
  /** Cannot be combined with another option (都没有). */
  exclusive: z.boolean().optional(),
  /** 其他（注明）: a free note may be added. */
  allowsNote: z.boolean().optional(),
  /** Keeps its place when options are shuffled. */
  fixed: z.boolean().optional(),
  /** Offered only when true for the answers so far. */
  relevant: expressionText.optional(),
});
export type Option = z.infer<typeof optionSchema>;

/** A statement of a scale or the left side of a matching question. */
export const rowSchema = z.strictObject({
  code: codeSchema,
  text: z.string().min(1).max(120),
  /** Asked only when true for the answers so far. */
  relevant: expressionText.optional(),
  /** Agreement speaks against what the scale measures; for analysis only. */
  reversed: z.boolean().optional(),
});
export type Row = z.infer<typeof rowSchema>;

const codesDiffer = (entries: readonly { readonly code: string }[]): boolean =>
  new Set(entries.map((entry) => entry.code)).size === entries.length;

export const optionsSchema = z.array(optionSchema).min(1).max(40).refine(codesDiffer, 'duplicate code');
export const rowsSchema = z.array(rowSchema).min(1).max(30).refine(codesDiffer, 'duplicate code');

/** Shared part of every question schema; spread into each kind. */
export const questionBase = {
  code: codeSchema,
  text: z.string().min(1).max(400),
  hint: z.string().max(400).optional(),
  showcard: z.string().max(20).optional(),
  stimulus: stimulusSchema.optional(),
  /** Questions of one block stay together and in order. */
  blockId: codeSchema.optional(),
  /** 不知道 (98) and 拒答 (99): offered apart from the options. */
  dontKnow: z.boolean().optional(),
  refuse: z.boolean().optional(),
  /** Wording under which the respondent may say that the question does not apply (88), e.g. 平时不吃药. */
  notApplicable: z.string().min(1).max(40).optional(),
  /** Asked on paper: may be left empty, in whole or in part. Never set by a definition. */
  mayBeBlank: z.literal(true).optional(),
};

export const questionBaseSchema = z.strictObject(questionBase);
export type QuestionBase = z.infer<typeof questionBaseSchema>;
