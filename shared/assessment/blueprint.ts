/**
 * Blueprint (组卷规则): what a lawful form is, as data. Numbers come from question-bank-spec §2.1–2.3 and §3.4;
 * a blueprint that widens one says so in its `notes`.
 */
import { z } from 'zod';
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { BankItem } from './bank';
import type { Instrument } from './instrument';
import { describeIssues } from './issues';
import { benchmarkNumbers, cognitiveLevels, contentAreas, itemDimensions, itemStatuses } from './itemCodes';

/**
 * Row of the type table §2.2 an item belongs to. A member of a shared stimulus counts as `stimulus` whatever its
 * type; ordering and matching share one row.
 */
export const itemFormats = ['tf', 'single', 'multi', 'stimulus', 'chart', 'orderMatch'] as const;
export type ItemFormat = (typeof itemFormats)[number];

const countRange = z
  .strictObject({ min: z.int().min(0), max: z.int().min(0) })
  .refine((range) => range.min <= range.max, { message: 'min above max' });
const realRange = z
  .strictObject({ min: z.number(), max: z.number() })
  .refine((range) => range.min <= range.max, { message: 'min above max' });
const share = z.number().min(0).max(1);
const shareRange = z.strictObject({ min: share, max: share });
export type CountRange = z.infer<typeof countRange>;

const rangesOf = <K extends string>(keys: readonly K[]) => z.record(z.enum(keys), countRange);

/** Items every form of one wave shares, at fixed places (question-bank-spec §3.3, §2.6). */
const anchorRule = z.strictObject({
  /** Anchors by dimension; they add up to the number of positions. */
  dimensions: z.record(z.enum(itemDimensions), z.int().min(0)),
  /** Place of each anchor on the form, for the anchors sorted by id. */
  positions: z.array(z.int().min(1)).min(1),
  /** An anchor may stand this far from its place. */
  tolerance: z.int().min(0),
});

/** Test information the forms must reach, so that they are parallel (§3.4, van der Linden 2005). */
const informationRule = z.strictObject({
  points: z
    .array(
      z.strictObject({
        theta: z.number(),
        /** Planning value of the specification, for comparison; the target itself comes from the bank. */
        specification: z.number().positive(),
      }),
    )
    .min(1),
  /** Largest distance of a form's information from the target at each point. */
  maximumDeviation: z.number().positive(),
});

const difficultyBand = z.strictObject({
  id: z.string(),
  /** Items with from <= p < to. */
  from: share,
  to: z.number().min(0).max(1.01),
  min: z.int().min(0),
  max: z.int().min(0),
});

export const blueprintSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.string().min(1),
  instrumentId: z.string(),
  bankId: z.string(),
  /** balanced: every table of §2; benchmarkDraw: every 基准 first, the rest at random (§3.4, last paragraph). */
  mode: z.enum(['balanced', 'benchmarkDraw']),
  itemCount: z.int().positive(),
  /** False for short forms, whose answers must not give a 达标率 (question-bank-spec D4); true when left out. */
  producesRate: z.boolean().optional(),
  eligibleStatuses: z.array(z.enum(itemStatuses)).min(1),
  /** An item already on this many forms is used up. */
  maximumFormsPerItem: z.int().positive(),
  dimensions: rangesOf(itemDimensions),
  areas: rangesOf(contentAreas),
  benchmarks: rangesOf(benchmarkNumbers.map(String)),
  formats: rangesOf(itemFormats),
  cognitive: rangesOf(cognitiveLevels),
  difficultyBands: z.array(difficultyBand),
  /** Difficulty bands each dimension must spread over; 0 switches the rule off. */
  minimumBandsPerDimension: z.int().min(0),
  /** A topic group counts an item that carries any of its tags. */
  topicGroups: z.array(
    z.strictObject({
      id: z.string(),
      tags: z.array(z.string()).min(1),
      min: z.int().min(0),
      max: z.int().min(0),
    }),
  ),
  /** Sum of expected p over the form; null switches the rule off. */
  sumOfP: realRange.nullable(),
  maximumTimeSec: z.int().positive(),
  /** Share of statements keyed 对 among all statements. */
  trueKeyShare: shareRange,
  /** Share of each letter A–D among the keys of single and chart items. */
  keyPositionShare: shareRange,
  /** Items of one enemy pair that may stand on the form. */
  maximumPerEnemyPair: z.int().min(1),
  /** Left out: forms share no anchors. In force as soon as the bank has items marked as anchors. */
  anchors: anchorRule.optional(),
  /** Left out: information is not controlled. */
  information: informationRule.optional(),
  order: z.strictObject({
    /** The form opens with this many items of at least `openerMinimumP`. */
    openers: z.int().min(0),
    openerMinimumP: share,
    longestEqualKeyRun: z.int().min(1),
  }),
  notes: z.array(z.string()),
});
export type Blueprint = z.infer<typeof blueprintSchema>;

/** Reads a blueprint from parsed JSON; SEED_INVALID says where it is wrong. */
export function parseBlueprint(json: unknown): Result<Blueprint> {
  const parsed = blueprintSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  return fail('SEED_INVALID', { seed: 'blueprint', where: describeIssues(parsed.error).join('\n') });
}

/** Members of every stimulus that two or more items share, by stimulus id, in bank order. */
export function blocksOf(items: readonly BankItem[]): ReadonlyMap<string, readonly BankItem[]> {
  const byStimulus = new Map<string, BankItem[]>();
  for (const item of items) {
    if (item.stimulus === undefined) continue;
    byStimulus.set(item.stimulus.id, [...(byStimulus.get(item.stimulus.id) ?? []), item]);
  }
  return new Map([...byStimulus].filter(([, members]) => members.length > 1));
}

/** Row of the type table; `isInBlock` tells whether the item shares its stimulus. */
export function formatOf(item: BankItem, isInBlock: boolean): ItemFormat {
  if (isInBlock) return 'stimulus';
  return item.type === 'order' || item.type === 'match' ? 'orderMatch' : item.type;
}

export const isEligible = (item: BankItem, blueprint: Blueprint): boolean =>
  blueprint.eligibleStatuses.includes(item.status) &&
  (item.exposure?.n_forms ?? 0) < blueprint.maximumFormsPerItem;

/** Too short for a 达标率: the blueprint says so, or it has fewer items than its instrument demands. */
export const isShortForm = (
  { itemCount, producesRate }: Pick<Blueprint, 'itemCount' | 'producesRate'>,
  { formRule }: Pick<Instrument, 'formRule'>,
): boolean => producesRate === false || itemCount < (formRule.itemCount ?? itemCount);
