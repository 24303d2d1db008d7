/**
 * A stored calibration: item parameters of one survey's form with their errors, how well the model fits, and how the
 * scale hangs together with an earlier one. Parameters are on the calibration's own metric (theta ~ N(0, 1) in its
 * population, D = 1); `scale` carries them to the common scale. Appended, never overwritten. Names items, never keys.
 */
import { z } from 'zod';
import { transformItem } from './linking/transformation';

const transformation = { slope: z.number().positive(), shift: z.number() };

/** theta_scale = slope x theta_own + shift; 1 and 0 where the calibration founds its scale. */
export const scaleTransformation = z.strictObject(transformation);

export const calibrationItem = z.strictObject({
  itemId: z.string(),
  version: z.string(),
  /** Shares a stimulus with other items: never an anchor. */
  isInBlock: z.boolean(),
  /** Named an anchor by the bank. */
  isAnchor: z.boolean(),
  /** What a right answer is worth on the instrument's scale. */
  points: z.number().positive(),
  a: z.number().positive(),
  b: z.number(),
  /** Null where the information is singular. Rasch: that of the common slope. */
  errorA: z.number().nullable(),
  errorB: z.number().nullable(),
  shareRight: z.number(),
  /** S-X2 of the calibrated model; null where no score group is large enough. */
  fit: z
    .strictObject({
      statistic: z.number(),
      degreesOfFreedom: z.number(),
      pValue: z.number(),
      rmsea: z.number(),
    })
    .nullable(),
});
export type CalibrationItem = z.infer<typeof calibrationItem>;

const anchorDrift = z.strictObject({
  itemId: z.string(),
  /** Linked new difficulty minus base difficulty, on the base scale. */
  shift: z.number(),
  error: z.number().nullable(),
  robustZ: z.number().nullable(),
  hasDrifted: z.boolean(),
});

export const linkingRecord = z.strictObject({
  baseId: z.string(),
  /** broken: anchors beyond the limit remain that may not be dropped. No trend rests on it. */
  status: z.enum(['sound', 'broken']),
  /** Stocking-Lord, the one used; Haebara and mean/sigma on the same anchors as a check. */
  ...transformation,
  haebara: scaleTransformation,
  meanSigma: scaleTransformation,
  kept: z.array(anchorDrift),
  /** With the z they had when dropped. */
  dropped: z.array(anchorDrift),
  /** Largest number of anchors the rule lets go. */
  mostDropped: z.int(),
  /** Common items that are no anchors because their text has changed since. */
  changedItems: z.array(z.string()),
  linkingError: z.number(),
});
export type LinkingRecord = z.infer<typeof linkingRecord>;

export const calibrationRecord = z.strictObject({
  calibrationId: z.string().min(1).max(80),
  bankId: z.string(),
  surveyIds: z.array(z.string()).min(1),
  /** Name and year of the survey as they were. */
  surveyName: z.string(),
  year: z.int(),
  isDemo: z.boolean(),
  instrumentId: z.string(),
  model: z.enum(['Rasch', '2PL']),
  /** Id of the calibration that founded the scale. */
  scaleId: z.string(),
  scale: scaleTransformation,
  items: z.array(calibrationItem).min(2),
  fit: z.strictObject({
    minus2LogLikelihood: z.number(),
    aic: z.number(),
    bic: z.number(),
    personCount: z.int(),
    parameterCount: z.int(),
    cycles: z.int(),
    hasConverged: z.boolean(),
    /** Marginal reliability of EAP scores. */
    reliability: z.number(),
  }),
  choice: z.strictObject({
    bicRasch: z.number(),
    /** Null where the sample is too small to estimate slopes. */
    bic2pl: z.number().nullable(),
    asked: z.enum(['auto', 'Rasch', '2PL']),
  }),
  /** survey: the survey's final weights, so that N(0, 1) is the population; equal: everybody counts one. */
  weighting: z.enum(['survey', 'equal']),
  /** Weighted shares of EAP abilities in classes of equal width on the own metric. */
  abilities: z.strictObject({ from: z.number(), step: z.number().positive(), shares: z.array(z.number()) }),
  /** Raw cut of the pass mark: the instrument's on the founding form, equated on every later one; null without. */
  cut: z
    .strictObject({
      instrumentCut: z.number(),
      /** theta_c on the common scale. */
      theta: z.number(),
      /** Points of this form that mean the same ability. */
      cut: z.number(),
    })
    .nullable(),
  link: linkingRecord.nullable(),
  dataFingerprint: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type CalibrationRecord = z.infer<typeof calibrationRecord>;

/** Parameters of every item on the common scale. */
export const itemsOnScale = ({
  items,
  scale,
}: Pick<CalibrationRecord, 'items' | 'scale'>): readonly (CalibrationItem & { readonly c: 0 })[] =>
  items.map((item) => transformItem({ ...item, c: 0 as const }, scale));

/** A cut on the common scale as an ability of the calibration's own metric. */
export const ownTheta = ({ scale }: Pick<CalibrationRecord, 'scale'>, theta: number): number =>
  (theta - scale.shift) / scale.slope;
