/**
 * A survey (调查项目): one wave of fieldwork under a plan. Everything that decides how its figures are made
 * is in `SurveySettings`; changing it makes a new revision, never an edit in place.
 */
import { z } from 'zod';
import { grouping } from './groups';
import { formId, surveyId } from './ids';

export const basis = z.enum(['probability', 'nonprobability']);
export type Basis = z.infer<typeof basis>;

/** Statutory head of a form; a form without it or past its date must not be fielded. */
export const formHeader = z.strictObject({
  formNumber: z.string().trim().max(60),
  issuingBody: z.string().trim().max(80),
  approvalNumber: z.string().trim().max(80),
  /** ISO date, last day of validity. */
  validUntil: z.iso.date().nullable(),
});
export type FormHeader = z.infer<typeof formHeader>;

export const singlePsuRule = z.enum(['fail', 'certainty', 'adjust', 'average', 'remove']);

export const weightingRecipe = z.discriminatedUnion('kind', [
  /** The weight column of the data is final. */
  z.strictObject({ kind: z.literal('given') }),
  /** Base weight calibrated to the survey's imported margins. */
  z.strictObject({ kind: z.literal('calibrated'), method: z.enum(['postStratification', 'raking']) }),
  /** No weights exist: every respondent counts once. Allowed for a non-probability basis only. */
  z.strictObject({ kind: z.literal('equal') }),
]);
export type WeightingRecipe = z.infer<typeof weightingRecipe>;

export const disclosureRule = z.strictObject({
  minimumRespondents: z.int().min(1).max(1000),
  minimumPsus: z.int().min(1).max(100),
});

export const moduleIds = ['information', 'interest', 'activities', 'elder'] as const;
export const moduleId = z.enum(moduleIds);
export type ModuleId = z.infer<typeof moduleId>;

export const samplingDesign = z.enum(['stratifiedMultistage', 'stratified', 'simple', 'none']);

export const surveySettings = z.strictObject({
  name: z.string().trim().min(1).max(60),
  planId: z.string().min(1).max(40),
  /** The plan's own region: what the headline figure is about. */
  regionCode: z.string().min(1).max(20),
  /** Reporting units below it (区县 or 镇街), each judged on its own. */
  unitCodes: z.array(z.string().min(1).max(20)).max(200),
  year: z.int().min(2000).max(2100),
  basis,
  samplingDesign,
  instrumentId: z.string().min(1).max(40),
  formBlueprintId: z.string().min(1).max(60),
  formSeed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** A form of the form library; null: the form is drawn from blueprint and seed (public bank). */
  formId: formId.nullable().default(null),
  trialBankConfirmed: z.boolean(),
  groupings: z.array(grouping),
  modules: z.array(moduleId),
  header: formHeader,
  showScoreToEnumerator: z.boolean(),
  showScoreToRespondent: z.boolean(),
  weighting: weightingRecipe,
  singlePsuRule,
  disclosure: disclosureRule,
});
export type SurveySettings = z.infer<typeof surveySettings>;

export const surveyStatus = z.enum(['draft', 'fielding', 'closed']);
export type SurveyStatus = z.infer<typeof surveyStatus>;

export const survey = z.strictObject({
  id: surveyId,
  status: surveyStatus,
  isDemo: z.boolean(),
  settings: surveySettings,
  formId: formId.nullable(),
  revision: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Survey = z.infer<typeof survey>;
