/**
 * A questionnaire as data: sections in the order they are asked, questions with their wording, skip logic, checks
 * and rules that end the interview. What the expressions mean is in `expression/`; `checkDefinition` proves them.
 *
 * Relevance that cannot be decided (the answer it depends on is missing) counts as not relevant, unless the
 * question says `whenUnknown: 'ask'`. Checks, notices and ending rules act only when they are certainly true.
 */
import { z } from 'zod';
import { disposition } from '../domain/disposition';
import { moduleId } from '../domain/survey';
import { answerSchema } from '../questions/answer';
import { codeSchema, expressionText } from '../questions/base';
import { questionSchema } from '../questions/kinds';
import type { Question } from '../questions/kinds';
import { matchingSchema } from '../questions/matching';
import { multiSchema } from '../questions/multi';
import { numberSchema } from '../questions/number';
import { orderingSchema } from '../questions/ordering';
import { scaleSchema } from '../questions/scale';
import { singleSchema } from '../questions/single';
import { textSchema } from '../questions/text';
import { trueFalseSchema } from '../questions/trueFalse';
import { yearMonthSchema } from '../questions/yearMonth';

const sentence = z.string().min(1).max(200);

/** Fires when `expression` is true: an `error` refuses the answer, a `confirm` asks to look again. */
export const answerCheck = z.strictObject({
  expression: expressionText,
  severity: z.enum(['error', 'confirm']),
  message: sentence,
});
export type AnswerCheck = z.infer<typeof answerCheck>;

const flow = {
  /** Wording when the respondent reads for themselves. */
  selfText: z.string().min(1).max(400).optional(),
  selfHint: z.string().max(400).optional(),
  relevant: expressionText.optional(),
  whenUnknown: z.enum(['ask', 'skip']).optional(),
  checks: z.array(answerCheck).optional(),
  endsInterview: z.array(z.strictObject({ when: expressionText, disposition })).optional(),
  /** Shown once the answer makes `when` true, e.g. a card to hand over. */
  notices: z.array(z.strictObject({ when: expressionText, text: sentence })).optional(),
  /** `interviewer`: recorded by the interviewer, never shown to a respondent. */
  respondentMode: z.enum(['respondent', 'interviewer']).optional(),
  /** What stands for an interviewer's record in self-administered mode. */
  selfDefault: answerSchema.optional(),
  /** Asked only when the survey switches it on by name. */
  offByDefault: z.boolean().optional(),
};

export const definitionQuestionSchema = z.discriminatedUnion('kind', [
  singleSchema.extend(flow),
  multiSchema.extend(flow),
  trueFalseSchema.extend(flow),
  numberSchema.extend(flow),
  yearMonthSchema.extend(flow),
  textSchema.extend(flow),
  scaleSchema.extend(flow),
  orderingSchema.extend(flow),
  matchingSchema.extend(flow),
]);
export type DefinitionQuestion = z.infer<typeof definitionQuestionSchema>;

const sectionBase = {
  id: codeSchema,
  title: z.string().min(1).max(40),
  intro: z.string().max(400).optional(),
};

export const sectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('questions'),
    ...sectionBase,
    /** Asked only when the survey chose this module. */
    moduleId: moduleId.optional(),
    /** What the module is for, in one sentence for the person who sets up a survey. */
    purpose: sentence.optional(),
    relevant: expressionText.optional(),
    /** The host shows 表号, 制定机关, 批准文号 and 有效期至 above the section. */
    showsStatutoryHeader: z.boolean().optional(),
    questions: z.array(definitionQuestionSchema).min(1),
  }),
  /** Where the items of the form go. A break is offered after the given item when `when` is true. */
  z.strictObject({
    kind: z.literal('test'),
    ...sectionBase,
    breaks: z.array(z.strictObject({ afterItem: z.int().min(1), when: expressionText })),
  }),
]);
export type Section = z.infer<typeof sectionSchema>;
export type QuestionSection = Extract<Section, { kind: 'questions' }>;

const label = z.string().min(1).max(120);

export const definitionSchema = z.strictObject({
  id: codeSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.string().min(1).max(80),
  /** Where the wording comes from. */
  source: z.string().min(1).max(200),
  /** The year-month question that `age()` reads. */
  birthQuestion: codeSchema,
  /** Values the host gives when the interview starts, e.g. the place code. */
  hostValues: z.array(z.strictObject({ name: codeSchema, label, codes: z.array(codeSchema).min(1) })),
  /** Values computed from answers; usable in expressions by their code. */
  derived: z.array(z.strictObject({ code: codeSchema, label, expression: expressionText })),
  /** Codes the host fills in by itself: result code, times, device. Listed for the codebook. */
  hostFields: z.array(
    z.strictObject({
      code: codeSchema,
      label,
      values: z.array(z.strictObject({ code: codeSchema, label })),
    }),
  ),
  sections: z.array(sectionSchema).min(1),
});
export type QuestionnaireDefinition = z.infer<typeof definitionSchema>;

/** Questions of a definition in the order they are asked, with their section. */
export function questionsOf(
  definition: QuestionnaireDefinition,
): readonly { readonly section: QuestionSection; readonly question: DefinitionQuestion }[] {
  return definition.sections.flatMap((section) =>
    section.kind === 'questions' ? section.questions.map((question) => ({ section, question })) : [],
  );
}

/** The question alone, without the flow around it. */
export function toQuestion(entry: DefinitionQuestion): Question {
  const own = Object.entries(entry).filter(([key]) => !Object.hasOwn(flow, key));
  return questionSchema.parse(Object.fromEntries(own));
}
