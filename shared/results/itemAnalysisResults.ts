/**
 * What the answers of one survey say about its items. Shares are 0..1, weighted by the survey's weights unless told
 * otherwise; nothing is rounded. Never published: it names answers, so only statisticians and administrators get it.
 */
import { z } from 'zod';
import { itemActions, itemFlagCodes, itemFlagRules } from '../psychometrics/flagRules';
import { itemWave } from './itemWaveResults';

const etsClass = z.enum(['A', 'B', 'C']);

/** F1–F11 with rule, value and threshold (question-bank-spec §3.6). */
const raisedFlag = z.strictObject({
  code: z.enum(itemFlagCodes),
  rule: z.enum(itemFlagRules),
  severity: z.enum(['watch', 'review', 'stop']),
  value: z.number(),
  threshold: z.number(),
  action: z.enum(itemActions),
  subject: z.string().optional(),
});
export type RaisedFlag = z.infer<typeof raisedFlag>;

/**
 * What `options` lists: the item's own options, or only right and wrong because the item has no single chosen option
 * (`composite`), was imported as 0/1 (`scoredBefore`), or belongs to a bank that is not public (`restricted`).
 */
export const optionBasis = z.enum(['choices', 'composite', 'scoredBefore', 'restricted']);
export type OptionBasis = z.infer<typeof optionBasis>;

const analysedOption = z.strictObject({
  code: z.string(),
  text: z.string(),
  role: z.enum(['key', 'distractor', 'dontKnow', 'refused', 'blank']),
  share: z.number(),
  /** Unweighted shares within the top and bottom 27 % by the score without the item. */
  topShare: z.number(),
  bottomShare: z.number(),
  pointBiserial: z.number().nullable(),
  /** Unweighted share in each fifth of persons by the score without the item, lowest first. */
  curve: z.array(z.number()),
});
export type AnalysedOption = z.infer<typeof analysedOption>;

const missingRate = z.strictObject({
  label: z.string(),
  respondentCount: z.int(),
  /** Null where the group is too small to say a rate. */
  dontKnow: z.number().nullable(),
  blank: z.number().nullable(),
});

const itemDifRow = z.strictObject({
  /** variable: focal / reference. */
  label: z.string(),
  referenceCount: z.int(),
  focalCount: z.int(),
  /** MH D-DIF, negative means harder for the focal group; null where it does not exist. */
  delta: z.number().nullable(),
  etsClass: etsClass.nullable(),
  /** Gain in Nagelkerke's R² by group and group × score, and its class (Jodoin & Gierl 2001). */
  rSquaredGain: z.number().nullable(),
  effectClass: etsClass.nullable(),
});

const analysedSurveyItem = z.strictObject({
  itemId: z.string(),
  /** Of the item that was asked. */
  itemVersion: z.string(),
  /** 1-based place on the form. */
  position: z.int(),
  /** Null when the bank is not public. */
  stem: z.string().nullable(),
  /** Share right with its sampling error under the survey's design. */
  difficulty: z.number(),
  difficultyError: z.number().nullable(),
  /** 95 % limits; null without degrees of freedom. */
  difficultyLower: z.number().nullable(),
  difficultyUpper: z.number().nullable(),
  degreesOfFreedom: z.number(),
  /** Corrected point-biserial; null where the item does not vary. */
  itemRestCorrelation: z.number().nullable(),
  alphaIfDeleted: z.number().nullable(),
  /** Of the calibrated model on the survey's own N(0, 1) scale; errors from the observed information. */
  parameters: z
    .strictObject({
      a: z.number(),
      b: z.number(),
      aError: z.number().nullable(),
      bError: z.number().nullable(),
    })
    .nullable(),
  optionBasis,
  options: z.array(analysedOption),
  dontKnow: z.number(),
  blank: z.number(),
  missingRates: z.array(missingRate),
  /** Over interviews on this machine in which the question was timed; null when there are too few. */
  medianSeconds: z.number().nullable(),
  timedCount: z.int(),
  /** Rasch mean squares; null where the item does not vary. */
  infit: z.number().nullable(),
  outfit: z.number().nullable(),
  /** S-X2 of the calibrated model; null where too few cells remain. */
  summedScoreFit: z
    .strictObject({
      statistic: z.number(),
      degreesOfFreedom: z.int(),
      pValue: z.number(),
      rmsea: z.number(),
    })
    .nullable(),
  dif: z.array(itemDifRow),
  flags: z.array(raisedFlag),
});
export type AnalysedSurveyItem = z.infer<typeof analysedSurveyItem>;

export const analysedItems = z.strictObject({
  state: z.literal('analysed'),
  computedAt: z.iso.datetime(),
  dataFingerprint: z.string(),
  applicationVersion: z.string(),
  respondentCount: z.int(),
  test: z.strictObject({
    itemCount: z.int(),
    weightTotal: z.number(),
    /** Number right. */
    mean: z.number(),
    standardDeviation: z.number(),
    /** Coefficient alpha = KR-20; null without variation. */
    alpha: z.number().nullable(),
    /** In right answers. */
    standardErrorOfMeasurement: z.number().nullable(),
    model: z.enum(['2PL', 'Rasch']),
    hasConverged: z.boolean(),
    /** Of EAP abilities: 1 - mean error variance / variance. */
    marginalReliability: z.number(),
    meanQ3: z.number(),
    /** First two eigenvalues of the tetrachoric correlations; null where they do not exist. */
    dimensionality: z
      .strictObject({
        first: z.number(),
        second: z.number(),
        ratio: z.number(),
        isDominant: z.boolean(),
      })
      .nullable(),
  }),
  /** Dimensions of the instrument, by number right (Haberman 2008). */
  subScores: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      itemCount: z.int(),
      /** Reliability of the sub-score = how much of its true variance it predicts itself. */
      alpha: z.number().nullable(),
      /** How much of it the total predicts. */
      totalReduction: z.number().nullable(),
      trueCorrelation: z.number().nullable(),
      verdict: z.enum(['individual', 'group']),
    }),
  ),
  /** Items everybody or nobody got right: no discrimination, fit or DIF. */
  withoutVariation: z.array(z.string()),
  /** Pairs with Q3* above the limit. */
  dependentPairs: z.array(
    z.strictObject({ first: z.string(), second: z.string(), q3: z.number(), q3Star: z.number() }),
  ),
  /** Comparisons left out because a group has fewer than 200 respondents. */
  smallDifGroups: z.array(z.string()),
  /** Earlier surveys with common items, oldest first. */
  waves: z.array(itemWave),
  items: z.array(analysedSurveyItem),
});
export type AnalysedItems = z.infer<typeof analysedItems>;

export const itemAnalysisResults = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('tooFew'), respondentCount: z.int(), needed: z.int() }),
  analysedItems,
]);
export type ItemAnalysisResults = z.infer<typeof itemAnalysisResults>;
