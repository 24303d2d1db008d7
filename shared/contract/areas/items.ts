/**
 * 题库: items with their versions, reviews, statuses and corrections. Keys travel only to the roles that keep the
 * bank; everybody else gets the item without what would give the key away.
 */
import { z } from 'zod';
import type { BankItem } from '../../assessment/bank';
import { contentAreas, itemDimensions, itemStatuses, itemTypes } from '../../assessment/itemCodes';
import { keyChangeSchema, rescoredSurveySchema } from '../../assessment/keyChange';
import { reviewRoles, reviewVerdicts } from '../../assessment/workflow';
import type { StimulusContent } from '../../assessment/item';
import { maximumPictureText } from '../../assessment/picture';
import { jobId } from '../../domain/ids';
import { channel, noInput } from '../channel';
import { exposureState } from './forms';

const itemId = z.string().min(1).max(40);
const person = z.string().trim().min(2).max(40);
const reason = z.string().trim().min(2).max(300);
const version = z.string().max(20);

/** An item of the host: checked when it was stored, so it is not checked again on the way out. */
const bankItem = z.custom<BankItem>((value) => typeof value === 'object' && value !== null);

/** A material of the host, checked when it was stored. */
const material = z.custom<StimulusContent>((value) => typeof value === 'object' && value !== null);

/** What a form holds, valid or not; the host judges it with the schema of items. */
export const itemDraft = z
  .record(z.string().max(40), z.json())
  .refine((draft) => JSON.stringify(draft).length <= 60_000 + maximumPictureText, { message: 'too large' });
export type ItemDraft = z.infer<typeof itemDraft>;

export const itemFinding = z.strictObject({
  rule: z.string(),
  level: z.enum(['error', 'warning']),
  text: z.string(),
});
export type ItemFinding = z.infer<typeof itemFinding>;

export const itemRow = z.strictObject({
  itemId: z.string(),
  version: z.string(),
  stem: z.string(),
  dimension: z.enum(itemDimensions),
  benchmark: z.int(),
  area: z.enum(contentAreas),
  type: z.enum(itemTypes),
  status: z.enum(itemStatuses),
  holdReason: z.enum(['sourceSuperseded', 'reviewOverdue']).nullable(),
  topics: z.array(z.string()),
  expectedShare: z.number(),
  /** Ids of checklist rules with findings. */
  rules: z.array(z.string()),
  isBlocked: z.boolean(),
  reviewCount: z.int(),
  /** Complete cases of real surveys that were asked this item. */
  responseCount: z.int(),
  isWithdrawn: z.boolean(),
});
export type ItemRow = z.infer<typeof itemRow>;

/** The bank a page works on, for its head. */
export const bankHead = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  statusNote: z.string(),
  isPublic: z.boolean(),
  /** 'closed': a private bank whose answers are not open in this session. */
  keys: z.enum(['present', 'closed']),
  /** Whether this role may edit now: it keeps the bank and the keys are open. */
  mayEdit: z.boolean(),
});
export type BankHead = z.infer<typeof bankHead>;

export const itemExposure = z.strictObject({
  formCount: z.int(),
  surveyCount: z.int(),
  demoSurveyCount: z.int(),
  responseCount: z.int(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** Exposure rules today: state of the item, forms of the year, most of them one item may stand on, limits in words. */
  rules: z.strictObject({
    state: exposureState,
    year: z.int(),
    formCount: z.int(),
    allowedForms: z.int(),
    limitTexts: z.array(z.string()),
  }),
});
export type ItemExposure = z.infer<typeof itemExposure>;

export const transitionView = z.strictObject({
  to: z.enum(itemStatuses),
  /** Chinese sentences; empty when the move is allowed. */
  problems: z.array(z.string()),
});

export const itemView = z.strictObject({
  item: bankItem,
  bank: bankHead,
  /** False when everything that gives the answer away was taken out: for this role, or while keys are closed. */
  hasKey: z.boolean(),
  setStatus: z.enum(itemStatuses),
  holdReason: z.enum(['sourceSuperseded', 'reviewOverdue']).nullable(),
  versions: z.array(
    z.strictObject({
      version: z.string(),
      item: bankItem,
      origin: z.enum(['shipped', 'edit', 'import', 'correction']),
      author: z.string(),
      note: z.string(),
      recordedAt: z.iso.datetime().nullable(),
    }),
  ),
  statuses: z.array(
    z.strictObject({
      status: z.enum(itemStatuses),
      version: z.string(),
      setBy: z.string(),
      reason: z.string(),
      recordedAt: z.iso.datetime(),
    }),
  ),
  reviews: z.array(
    z.strictObject({
      reviewer: z.string(),
      role: z.enum(reviewRoles),
      verdict: z.enum(reviewVerdicts),
      note: z.string(),
      recordedAt: z.iso.datetime(),
    }),
  ),
  transitions: z.array(transitionView),
  findings: z.array(itemFinding),
  exposure: itemExposure,
  /** Other items that share its material. */
  sharedWith: z.array(z.string()),
  keyChanges: z.array(z.strictObject({ change: keyChangeSchema, surveys: z.array(rescoredSurveySchema) })),
});
export type ItemView = z.infer<typeof itemView>;

export const keyChangeImpact = z.strictObject({
  surveys: z.array(
    z.strictObject({
      name: z.string(),
      isDemo: z.boolean(),
      /** Closed cases with a score: each gets a new one. */
      scoreCount: z.int(),
    }),
  ),
  scoreCount: z.int(),
});
export type KeyChangeImpact = z.infer<typeof keyChangeImpact>;

export const referenceChoice = z.strictObject({ id: z.string(), title: z.string(), issuer: z.string() });

const bankRoles = ['itemEditor', 'administrator'] as const;
const readers = [...bankRoles, 'statistician'] as const;
const change = z.strictObject({ itemId, by: person, reason, jobId });

export const itemChannels = {
  'item/list': channel(noInput, z.strictObject({ bank: bankHead, items: z.array(itemRow) }), {
    roles: readers,
  }),
  'item/get': channel(
    z.strictObject({
      itemId,
      /** Name of who looks, for the record of views; '' when they have not said it yet. */
      viewer: z.string().trim().max(40).default(''),
    }),
    itemView,
    { roles: readers },
  ),
  'item/getCheck': channel(
    z.strictObject({ item: itemDraft }),
    z.strictObject({
      problems: z.array(z.strictObject({ field: z.string(), text: z.string() })),
      findings: z.array(itemFinding),
    }),
    { roles: bankRoles },
  ),
  'item/getChoices': channel(
    noInput,
    z.strictObject({
      topics: z.array(z.string()),
      references: z.array(referenceChoice),
      /** Materials of the bank that another item may use as well. */
      materials: z.array(material),
    }),
    { roles: bankRoles },
  ),
  'item/update': channel(
    z.strictObject({
      item: itemDraft,
      /** Version the edit started from; null for a new item. */
      basedOn: version.nullable(),
      by: person,
      note: reason,
      /** Whether a changed material is changed for every item that shares it: each gets a new version. */
      changesShared: z.boolean().default(false),
    }),
    z.strictObject({
      itemId: z.string(),
      version: z.string(),
      /** Other items that got a new version with the changed material. */
      alsoChanged: z.array(z.string()),
    }),
    { roles: bankRoles },
  ),
  'item/updateStatus': channel(
    z.strictObject({ itemId, status: z.enum(itemStatuses), by: person, reason }),
    itemView,
    { roles: bankRoles },
  ),
  'item/createReview': channel(
    z.strictObject({
      itemId,
      /** The version that was read; a review of an older one is refused. */
      version,
      reviewer: person,
      role: z.enum(reviewRoles),
      verdict: z.enum(reviewVerdicts),
      note: z.string().trim().max(500),
    }),
    itemView,
    { roles: bankRoles },
  ),
  'item/listFindings': channel(
    noInput,
    z.strictObject({
      bank: bankHead,
      /** Every rule of the automatic checklist, with or without findings. */
      rules: z.array(
        z.strictObject({ rule: z.string(), level: z.enum(['error', 'warning']), title: z.string() }),
      ),
      findings: z.array(
        z.strictObject({
          ...itemFinding.shape,
          itemId: z.string().nullable(),
          stem: z.string(),
          /** Why the warning is accepted, from the bank's list of reasons. */
          reason: z.string().nullable(),
        }),
      ),
      /** Composition of the bank against its targets, as texts; empty for a bank without targets. */
      composition: z.array(
        z.strictObject({
          section: z.string(),
          subject: z.string(),
          actual: z.string(),
          target: z.string(),
          isMet: z.boolean(),
        }),
      ),
    }),
    { roles: bankRoles },
  ),
  'item/getImpact': channel(z.strictObject({ itemId }), keyChangeImpact, { roles: bankRoles }),
  'item/runCorrection': channel(
    z.strictObject({ ...change.shape, newKey: z.array(z.string().min(1).max(10)).min(1).max(6) }),
    itemView,
    { roles: bankRoles },
  ),
  'item/runWithdrawal': channel(change, itemView, { roles: bankRoles }),
} as const;
