/** A published figure: an estimate with its n, interval and cautions, or why there is none. Part of `SurveyResults`. */
import { z } from 'zod';

export const figureInterval = z.strictObject({
  lower: z.number(),
  upper: z.number(),
  level: z.number(),
  /** e.g. 'logit', 'korn-graubard', 'mean', 'model-based-bootstrap'. */
  method: z.string(),
});

export const suppressionReason = z.enum([
  'fewRespondents',
  'fewPsus',
  'complementary',
  /** A cell of the crossing: small, or hidden with a small one; which of the two is not said. */
  'protected',
  'notSurveyed',
  'singlePsuStratum',
]);
export type SuppressionReason = z.infer<typeof suppressionReason>;

export const figureCaution = z.enum(['lowDegreesOfFreedom', 'wideInterval', 'highVariation', 'allOrNone']);
export type FigureCaution = z.infer<typeof figureCaution>;

/** A published estimate. Shares are 0..1, scores are points; a suppressed figure carries no number but its n rule. */
export const figure = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('shown'),
    estimate: z.number(),
    standardError: z.number(),
    interval: figureInterval.nullable(),
    respondentCount: z.int(),
    psuCount: z.int(),
    /** Estimated population the figure speaks for; null on an equal-weight basis. */
    weightTotal: z.number().nullable(),
    designEffect: z.number().nullable(),
    effectiveSampleSize: z.number().nullable(),
    degreesOfFreedom: z.number(),
    coefficientOfVariation: z.number().nullable(),
    cautions: z.array(figureCaution),
  }),
  z.strictObject({
    state: z.literal('suppressed'),
    reasons: z.array(suppressionReason),
    /** Null when the count itself would give the cell away. */
    respondentCount: z.int().nullable(),
  }),
  z.strictObject({ state: z.literal('notSurveyed') }),
]);
export type Figure = z.infer<typeof figure>;
export type ShownFigure = Extract<Figure, { state: 'shown' }>;
