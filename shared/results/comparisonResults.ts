/**
 * Comparisons of the published units and groups, and the small-area model beside the direct estimates.
 * Nothing here concerns a figure that is not shown. `method` says where the errors come from: `design` a probability
 * sample, `model` the replicates of a non-probability one, whose comparisons hold under that model only.
 */
import { z } from 'zod';
import { grouping } from '../domain/groups';

const limits = z.strictObject({ lower: z.number(), upper: z.number() });

/** `undecidable`: no usable standard error, so nothing is said. */
export const separation = z.enum(['above', 'below', 'indistinguishable', 'undecidable']);
export type Separation = z.infer<typeof separation>;

const testedDifference = {
  /** Share points 0..1. */
  difference: z.number(),
  standardError: z.number().nullable(),
  degreesOfFreedom: z.number().nullable(),
  statistic: z.number().nullable(),
  /** Of this comparison alone, and adjusted over all of its list by Holm. */
  pValue: z.number().nullable(),
  holmPValue: z.number().nullable(),
  /** Single-step adjusted p-value and limits that hold for the whole list at once. */
  simultaneousPValue: z.number().nullable(),
  interval: limits.nullable(),
  /** By `interval`: the first above or below the second (or the unit above or below the whole), or not told apart. */
  separation,
};

/** `first` minus `second`. */
export const unitDifference = z.strictObject({ first: z.string(), second: z.string(), ...testedDifference });
export type UnitDifference = z.infer<typeof unitDifference>;

/** A unit minus the whole region. */
export const unitTier = z.strictObject({ regionCode: z.string(), ...testedDifference });
export type UnitTier = z.infer<typeof unitTier>;

/** Ranks, 1 = highest share. */
const rankSet = z.strictObject({ lower: z.int(), upper: z.int() });
export const unitRanks = z.strictObject({
  regionCode: z.string(),
  /** Holds its own rank with the confidence level; for a unit's own page. */
  marginal: rankSet,
  /** Holds every unit's rank together; for a table of all units. */
  simultaneous: rankSet,
});
export type UnitRanks = z.infer<typeof unitRanks>;

export const unitComparison = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('compared'),
    differences: z.array(unitDifference),
    ranks: z.array(unitRanks),
    /** Null when the whole region's figure is not shown. */
    tiers: z.array(unitTier).nullable(),
    /** Groups within which no two units are told apart, each as large as possible; null when they are too many. */
    groups: z.array(z.array(z.string())).nullable(),
    /** Standard error of the simultaneous confidence level by numerical integration; null without a joint one. */
    integrationError: z.number().nullable(),
    /** Shown units left out because nobody or everybody reaches the mark: their error is not known. */
    withoutError: z.array(z.string()),
  }),
  z.strictObject({ state: z.literal('refused'), reason: z.enum(['fewUnits', 'noJointError']) }),
]);
export type UnitComparison = z.infer<typeof unitComparison>;
export type ComparedUnits = Extract<UnitComparison, { state: 'compared' }>;

/** A gap that is picked after looking: its limits allow for the picking. */
const pickedGap = z.strictObject({
  /** Id of the part with the highest share; null when the gap is taken from the whole. */
  best: z.string().nullable(),
  weakest: z.string(),
  estimate: z.number(),
  interval: limits,
});
export type PickedGap = z.infer<typeof pickedGap>;

const gapPair = {
  /** Best minus weakest; null without usable errors. */
  spread: pickedGap.nullable(),
  /** The whole region minus the weakest. */
  toWhole: pickedGap.nullable(),
};

export const residenceGap = z.strictObject({
  /** Urban minus rural share, with its own interval (one comparison, planned beforehand). */
  difference: z.number(),
  standardError: z.number(),
  interval: limits,
  pValue: z.number(),
  /** Urban share / rural share; null when the rural share is 0. */
  ratio: z.strictObject({ estimate: z.number(), interval: limits }).nullable(),
});

/** Shares 0..1; `between*` has the part explained by sampling error taken out. */
const dispersionMeasure = z.strictObject({
  mean: z.number(),
  observedDeviation: z.number(),
  samplingDeviation: z.number(),
  betweenDeviation: z.number(),
  interval: limits,
  /** betweenDeviation / mean. */
  coefficient: z.number(),
  coefficientInterval: limits,
});
export type DispersionMeasure = z.infer<typeof dispersionMeasure>;

export const gapIndices = z.strictObject({
  /** Null unless both shares are shown. */
  residence: residenceGap.nullable(),
  groupings: z.array(z.strictObject({ grouping, ...gapPair })),
  units: z.strictObject(gapPair),
  dispersion: z
    .strictObject({
      unitCount: z.int(),
      equalWeights: dispersionMeasure,
      /** Units weighted by the population they stand for; null on an equal-weight basis. */
      byPopulation: dispersionMeasure.nullable(),
    })
    .nullable(),
});
export type GapIndices = z.infer<typeof gapIndices>;

export const comparisonResults = z.strictObject({
  method: z.enum(['design', 'model']),
  confidenceLevel: z.number(),
  units: unitComparison,
  gaps: gapIndices,
});
export type ComparisonResults = z.infer<typeof comparisonResults>;

export const smallAreaEstimate = z.strictObject({
  regionCode: z.string(),
  direct: z.number(),
  directInterval: limits.nullable(),
  /** Respondents / pooled design effect: what the model takes the direct estimate to be worth. */
  effectiveSampleSize: z.number(),
  /** Weight of the direct estimate (gamma), 0..1. */
  directWeight: z.number(),
  /** What the model says without the area's own respondents. */
  synthetic: z.number(),
  /** Model estimate, benchmarked. */
  model: z.number(),
  /** Root of the estimated mean squared error, carried to the share scale. */
  rootMeanSquaredError: z.number(),
  interval: limits,
  /** (direct - synthetic) / root of (model + sampling variance) on the arcsine scale; beyond 2.5 the model doubts it. */
  residual: z.number(),
});
export type SmallAreaEstimate = z.infer<typeof smallAreaEstimate>;

export const smallAreaResults = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('fitted'),
    confidenceLevel: z.number(),
    method: z.enum(['reml', 'adjustedReml']),
    /** Variance between areas on the arcsine scale. */
    modelVariance: z.number(),
    pooledDesignEffect: z.number(),
    covariates: z.array(z.string()),
    /** Population-weighted sum of the estimates before and after benchmarking. */
    benchmark: z.strictObject({ before: z.number(), target: z.number(), isWholeRegion: z.boolean() }),
    areas: z.array(smallAreaEstimate),
    /** Units without a shown direct estimate: neither used nor predicted. */
    leftOut: z.int(),
  }),
  z.strictObject({
    state: z.literal('refused'),
    reason: z.enum(['fewAreas', 'nonprobability', 'notFitted']),
    areaCount: z.int(),
    needed: z.int(),
  }),
]);
export type SmallAreaResults = z.infer<typeof smallAreaResults>;
export type FittedSmallAreas = Extract<SmallAreaResults, { state: 'fitted' }>;
