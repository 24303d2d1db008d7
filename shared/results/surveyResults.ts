/**
 * The one document that screens, Excel report and CLI print from: every figure of a survey with its n,
 * interval and method. Nothing downstream computes; it only formats.
 */
import { z } from 'zod';
import { basis } from '../domain/survey';
import { grouping } from '../domain/groups';
import { comparisonResults, smallAreaResults } from './comparisonResults';
import { figure } from './figure';
import { modelBasedResults } from './modelBasedResults';
import { changeResults, progressResults, sensitivityResults } from './progressResults';

export * from './figure';

export const verdictValue = z.enum([
  'reached',
  'pointReachedInconclusive',
  'pointMissedInconclusive',
  'missed',
  'undecidable',
]);
export type VerdictValue = z.infer<typeof verdictValue>;

export const undecidableReason = z.enum([
  'nonprobability',
  'tooFewPsus',
  'suppressed',
  'noInterval',
  'notSurveyed',
  'shortForm',
]);

export const verdict = z.strictObject({
  value: verdictValue,
  undecidableReason: undecidableReason.nullable(),
  /** Target as a share 0..1 with the plan's operator. */
  target: z.number(),
  operator: z.enum(['gt', 'gte']),
  aspirational: z.boolean(),
  /** Confidence mass above the target, 0..1; null when undecidable. */
  confidenceAbove: z.number().nullable(),
  /** Completed interviews at which the same point estimate would decide; null when it cannot. */
  sampleSizeToSettle: z.int().nullable(),
  /** Smallest true difference from the target this survey could have shown with 80 % power (share). */
  smallestDetectable: z.number().nullable(),
});
export type Verdict = z.infer<typeof verdict>;

export const dimensionMean = z.strictObject({
  dimensionId: z.string(),
  maximum: z.number(),
  figure,
});

export const tierShare = z.strictObject({
  tierId: z.string(),
  /** Share in exactly this tier, and share in this tier or higher. */
  exclusive: figure,
  atLeast: figure,
});

export const unitResult = z.strictObject({
  regionCode: z.string(),
  literate: figure,
  meanScore: figure,
  verdict,
});
export type UnitResult = z.infer<typeof unitResult>;

export const groupResult = z.strictObject({
  grouping,
  category: z.string(),
  literate: figure,
  meanScore: figure,
});
export type GroupResult = z.infer<typeof groupResult>;

export const crossResult = z.strictObject({
  regionCode: z.string(),
  grouping,
  category: z.string(),
  literate: figure,
});
export type CrossResult = z.infer<typeof crossResult>;

export const trendPoint = z.strictObject({
  year: z.int(),
  /** Percent as published. */
  value: z.number(),
  regime: z.string(),
  source: z.string(),
  confidence: z.string(),
  isOwn: z.boolean(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});

export const trendSeries = z.strictObject({
  regionCode: z.string(),
  regionName: z.string(),
  points: z.array(trendPoint),
});

export const responseSummary = z.strictObject({
  regionCode: z.string().nullable(),
  issued: z.int(),
  complete: z.int(),
  partial: z.int(),
  refusal: z.int(),
  breakOff: z.int(),
  nonContact: z.int(),
  unable: z.int(),
  unknownEligibility: z.int(),
  ineligible: z.int(),
  voided: z.int(),
  /** AAPOR RR1: complete / (complete + partial + refusal + break-off + non-contact + other + unknown). */
  responseRate: z.number().nullable(),
});
export type ResponseSummary = z.infer<typeof responseSummary>;

export const weightingSummary = z.strictObject({
  recipe: z.enum(['given', 'postStratification', 'raking', 'equal']),
  respondentCount: z.int(),
  weightTotal: z.number().nullable(),
  minimum: z.number(),
  maximum: z.number(),
  /** Kish 1 + cv². */
  kishDesignEffect: z.number(),
  iterations: z.int().nullable(),
  minimumAdjustment: z.number().nullable(),
  maximumAdjustment: z.number().nullable(),
  marginSource: z.string().nullable(),
  margins: z.array(
    z.strictObject({
      variables: z.array(z.string()),
      categories: z.array(z.string()),
      target: z.number(),
      before: z.number(),
      after: z.number(),
    }),
  ),
});

export const designSummary = z.strictObject({
  stratumCount: z.int(),
  psuCount: z.int(),
  stageCount: z.int(),
  finitePopulationCorrection: z.boolean(),
  singlePsuRule: z.string(),
  degreesOfFreedom: z.number(),
});

export const resultWarning = z.strictObject({
  code: z.enum([
    'TRIAL_BANK',
    'LOCAL_INSTRUMENT',
    'NONPROBABILITY',
    'EQUAL_WEIGHTS',
    'NO_STRATUM',
    'NO_PSU',
    'FEW_PSUS',
    'ROWS_WITHOUT_SCORE',
    'ROWS_WITHOUT_REGION',
    'ROWS_WITHOUT_MARGIN_VARIABLE',
    'DRAFT_PLAN',
    'MISSING_BASELINE',
    'SUSPECTED_PARENT_BASELINE',
    'UNITS_NOT_SURVEYED',
    'PROTECTION_LIMITED',
    'YOUTH_NOT_IN_RATE',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ResultWarning = z.infer<typeof resultWarning>;

export const surveyResults = z.strictObject({
  surveyId: z.string(),
  surveyName: z.string(),
  planId: z.string(),
  instrumentId: z.string(),
  instrumentVersion: z.string(),
  year: z.int(),
  basis,
  isDemo: z.boolean(),
  confidenceLevel: z.number(),
  dataFingerprint: z.string(),
  applicationVersion: z.string(),
  computedAt: z.iso.datetime(),
  headline: z.strictObject({ regionCode: z.string(), literate: figure, meanScore: figure, verdict }),
  dimensions: z.array(dimensionMean),
  tiers: z.array(tierShare),
  units: z.array(unitResult),
  groups: z.array(groupResult),
  cross: z.array(crossResult),
  trend: z.array(trendSeries),
  progress: progressResults,
  change: changeResults.nullable(),
  sensitivity: sensitivityResults.nullable(),
  comparison: comparisonResults,
  smallArea: smallAreaResults,
  modelBased: modelBasedResults,
  response: z.array(responseSummary),
  weighting: weightingSummary,
  design: designSummary,
  warnings: z.array(resultWarning),
});
export type SurveyResults = z.infer<typeof surveyResults>;
