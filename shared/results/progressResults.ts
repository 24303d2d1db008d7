/**
 * Results about time: where the path to the plan's target asks the region to be this year, whether it keeps to it, what
 * has changed since an earlier survey; and, for a non-probability sample, how far the answer hangs on the margins.
 * Part of `SurveyResults`; shares are 0..1.
 */
import { z } from 'zod';

export const pathScale = z.enum(['logit', 'linear']);

export const progressStart = z.strictObject({
  year: z.int(),
  /** Share at the start of the path. */
  value: z.number(),
  /** Null: published without an error. */
  standardError: z.number().nullable(),
  source: z.enum(['published', 'earlierSurvey']),
  /** Who says so: the plan's own words, or the name of the earlier survey. */
  name: z.string(),
});
export type ProgressStart = z.infer<typeof progressStart>;

/** Why there is a path but no judgement, or no path at all. */
export const progressReason = z.enum([
  'noBaseline',
  'startAtTarget',
  'suspectedParentBaseline',
  'baselineNotEarlier',
  'targetYear',
  'targetPassed',
  'instrumentsDiffer',
  'nonprobability',
  'shortForm',
  'suppressed',
  'notSurveyed',
  'noInterval',
]);
export type ProgressReason = z.infer<typeof progressReason>;

export const paceProjection = z.strictObject({
  estimate: z.number(),
  lower: z.number(),
  upper: z.number(),
  probabilityOfReaching: z.number(),
});

export const pathJudgement = z.strictObject({
  value: z.enum(['onTrack', 'inconclusive', 'behind']),
  /** Estimate minus the share required, each limit one-sided at `limitLevel`. */
  distance: z.number(),
  lowerLimit: z.number(),
  upperLimit: z.number(),
  limitLevel: z.number(),
  /** P(at or above the path). */
  confidence: z.number(),
  /** If the pace so far continues: a calculation, never a verdict. */
  projection: paceProjection.nullable(),
  /** The target lies further ahead than the waves are apart. */
  isFarProjection: z.boolean(),
});
export type PathJudgement = z.infer<typeof pathJudgement>;

export const requiredPath = z.strictObject({
  scale: pathScale,
  /** Shares the path asks for, from its first year to the target year. */
  points: z.array(z.strictObject({ year: z.int(), required: z.number() })),
  /** Share asked for in the survey's year; null before the start or after the target year. */
  required: z.number().nullable(),
  judgement: pathJudgement.nullable(),
});
export type RequiredPathResult = z.infer<typeof requiredPath>;

export const regionProgress = z.strictObject({
  regionCode: z.string(),
  start: progressStart.nullable(),
  /** Both scales; empty without a start. */
  paths: z.array(requiredPath),
  reason: progressReason.nullable(),
  /** Shares a year since the start, with its error; only where the two are comparable. */
  achievedYearly: z.number().nullable(),
  achievedYearlyError: z.number().nullable(),
  /** Shares a year from the estimate to the target. */
  neededYearly: z.number().nullable(),
});
export type RegionProgress = z.infer<typeof regionProgress>;

export const progressResults = z.strictObject({
  target: z.number(),
  targetYear: z.int(),
  /** The survey's own region first, then its units. */
  regions: z.array(regionProgress),
});
export type ProgressResults = z.infer<typeof progressResults>;

const changeRow = z.strictObject({
  regionCode: z.string(),
  earlier: z.number(),
  later: z.number(),
  difference: z.number(),
  standardError: z.number(),
  lower: z.number(),
  upper: z.number(),
  level: z.number(),
  pValue: z.number(),
  /** Null: not limited by the design. */
  degreesOfFreedom: z.number().nullable(),
  /** Smallest true change two such surveys show with 80 % probability. */
  smallestDetectable: z.number(),
});
export type ChangeRow = z.infer<typeof changeRow>;

/** Against the latest earlier survey of the same plan; null where the database holds none. */
export const changeResults = z.strictObject({
  surveyId: z.string(),
  surveyName: z.string(),
  year: z.int(),
  /** raw: shares above the raw pass mark of one and the same form; modelBased: model-based shares on a linked scale. */
  basis: z.enum(['raw', 'modelBased']),
  /** Error of the link in shares, part of every row's error; null on one form. */
  linkingError: z.number().nullable(),
  /** Why nothing may be subtracted; null when it may. */
  refusal: z
    .enum(['instrumentsDiffer', 'nonprobability', 'formsNotLinked', 'modelBasedMissing', 'notShown'])
    .nullable(),
  /** The region first, then units shown in both surveys; empty when refused. */
  rows: z.array(changeRow),
});
export type ChangeResults = z.infer<typeof changeResults>;

const sensitivityVariant = z.strictObject({
  kind: z.enum(['main', 'without', 'equalWeights']),
  /** The margin that was left out: its variables; empty otherwise. */
  variables: z.array(z.string()),
  /** Null when the weights cannot be calibrated this way. */
  estimate: z.number().nullable(),
  /** Estimate minus the main one. */
  difference: z.number().nullable(),
});
export type SensitivityVariant = z.infer<typeof sensitivityVariant>;

/** For a non-probability sample only; null otherwise or when the headline is not shown. */
export const sensitivityResults = z.strictObject({
  variants: z.array(sensitivityVariant),
  /** Smallest and largest estimate among all variants. */
  lowest: z.number(),
  highest: z.number(),
  /**
   * How many times as likely people with 科学素质 would have to be in the sample as comparable others for the true share
   * to equal the target: odds(estimate) / odds(target). Null for an estimate of 0 or 1.
   */
  tippingRatio: z.number().nullable(),
  target: z.number(),
});
export type SensitivityResults = z.infer<typeof sensitivityResults>;
