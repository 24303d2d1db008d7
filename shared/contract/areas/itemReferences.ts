/** 依据: the sources items rest on, with their history and what follows when one is no longer in force. */
import { z } from 'zod';
import { itemStatuses } from '../../assessment/itemCodes';
import { channel, noInput } from '../channel';

export const referenceStatuses = ['current', 'superseded', 'withdrawn'] as const;

const referenceId = z.string().min(1).max(80);
const person = z.string().trim().min(2).max(40);
const note = z.string().trim().min(2).max(300);

/** What a person writes about a source; '' for what is not known. */
export const referenceFields = z.strictObject({
  title: z.string().trim().min(2).max(200),
  issuer: z.string().trim().min(2).max(100),
  type: z.string().trim().min(2).max(40),
  date: z.string().trim().max(60),
  clause: z.string().trim().max(200),
});
export type ReferenceFields = z.infer<typeof referenceFields>;

const shownFields = z.strictObject({
  title: z.string(),
  issuer: z.string(),
  type: z.string(),
  date: z.string(),
  clause: z.string(),
});

export const referenceRow = z.strictObject({
  referenceId: z.string(),
  ...shownFields.shape,
  status: z.enum(referenceStatuses),
  /** What takes its place: the title of a source, or words; '' when nothing is stated. */
  successor: z.string(),
  /** Items that cite it. */
  itemCount: z.int(),
  version: z.int(),
});
export type ReferenceRow = z.infer<typeof referenceRow>;

export const citingItem = z.strictObject({
  itemId: z.string(),
  stem: z.string(),
  status: z.enum(itemStatuses),
  /** What of the source the item uses. */
  fact: z.string(),
  clause: z.string(),
  /** Whether the item goes to 暂停 when the source is no longer in force. */
  wouldRest: z.boolean(),
  /** Surveys, demo surveys included, with a form that holds the item. */
  surveyCount: z.int(),
});
export type CitingItem = z.infer<typeof citingItem>;

export const referenceView = z.strictObject({
  ...referenceRow.shape,
  /** Id of the source that takes its place, when that is one of the bank. */
  successorId: z.string().nullable(),
  items: z.array(citingItem),
  /** Newest first. */
  versions: z.array(
    z.strictObject({
      ...shownFields.shape,
      version: z.int(),
      status: z.enum(referenceStatuses),
      savedBy: z.string(),
      note: z.string(),
      recordedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type ReferenceView = z.infer<typeof referenceView>;

const bankRoles = ['itemEditor', 'administrator'] as const;

export const itemReferenceChannels = {
  'reference/list': channel(noInput, z.array(referenceRow), { roles: bankRoles }),
  'reference/get': channel(z.strictObject({ referenceId }), referenceView, { roles: bankRoles }),
  'reference/update': channel(
    z.strictObject({
      /** Null for a new source; the host gives it an id. */
      referenceId: referenceId.nullable(),
      /** Version the edit started from; null for a new source. */
      basedOn: z.int().nullable(),
      fields: referenceFields,
      by: person,
      note,
    }),
    referenceView,
    { roles: bankRoles },
  ),
  'reference/updateStatus': channel(
    z.strictObject({
      referenceId,
      basedOn: z.int(),
      status: z.enum(referenceStatuses),
      /** Id of the source that takes its place, or words; '' when nothing does. */
      supersededBy: z.string().trim().max(200),
      by: person,
      note,
    }),
    referenceView,
    { roles: bankRoles },
  ),
} as const;
