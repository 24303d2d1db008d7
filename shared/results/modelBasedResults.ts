/**
 * Model-based 达标率 beside the raw one: shares of the ability the pass mark stands for, by plausible values. Always
 * labelled, never judged against a target. Hidden exactly where the raw figure is hidden. Part of `SurveyResults`.
 */
import { z } from 'zod';
import { grouping } from '../domain/groups';
import { figure } from './figure';

const modelFigure = {
  figure,
  /** Share of the variance that comes from not observing ability, 0..1; null where the figure is not shown. */
  missingInformation: z.number().nullable(),
};

export const modelBasedReason = z.enum([
  /** No stored calibration holds every item of the form. */
  'notCalibrated',
  /** The keys of the bank are closed in this session. */
  'keysClosed',
  /** The instrument has no cut on the total. */
  'noCut',
  /** The latent regression did not settle, or there is nobody to draw for. */
  'notFitted',
]);
export type ModelBasedReason = z.infer<typeof modelBasedReason>;

export const modelBasedResults = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('estimated'),
    calibrationId: z.string(),
    calibratedAt: z.iso.datetime(),
    model: z.enum(['Rasch', '2PL']),
    scaleId: z.string(),
    /** Whether the scale hangs on an earlier calibration. */
    isLinked: z.boolean(),
    /** theta_c on the common scale, the pass mark it stands for, and the points that mean it on this form. */
    theta: z.number(),
    instrumentCut: z.number(),
    cut: z.number(),
    setCount: z.int(),
    seed: z.string(),
    /** What the latent regression conditions on: `unit` or a grouping. */
    conditioning: z.array(z.union([z.literal('unit'), grouping])),
    regressorCount: z.int(),
    residualSd: z.number(),
    /** Ability of the population on the common scale. */
    population: z.strictObject({ mean: z.number(), standardDeviation: z.number() }),
    headline: z.strictObject(modelFigure),
    units: z.array(z.strictObject({ regionCode: z.string(), ...modelFigure })),
    groups: z.array(z.strictObject({ grouping, category: z.string(), ...modelFigure })),
  }),
  z.strictObject({ state: z.literal('unavailable'), reason: modelBasedReason }),
]);
export type ModelBasedResults = z.infer<typeof modelBasedResults>;
export type EstimatedModelShares = Extract<ModelBasedResults, { state: 'estimated' }>;
