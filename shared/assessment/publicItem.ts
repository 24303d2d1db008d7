/**
 * The view of an item that may leave the host: what a respondent sees and nothing that helps to find the key.
 * Fields are picked one by one, so a field added to the item stays inside until someone lists it here.
 */
import { z } from 'zod';
import type { BankItem } from './bank';
import { itemTypes } from './itemCodes';
import { pictureSchema } from './picture';

const idAndText = z.strictObject({ id: z.string(), text: z.string() });

export const publicStimulusSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['text', 'table', 'image']),
  title: z.string().optional(),
  text: z.string().optional(),
  table: z.array(z.array(z.string())).optional(),
  unit: z.string().optional(),
  alt: z.string().optional(),
  picture: pictureSchema.optional(),
});

export const publicItemSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  type: z.enum(itemTypes),
  stem: z.string(),
  options: z.array(idAndText),
  targets: z.array(idAndText),
  stimulus: publicStimulusSchema.nullable(),
  /** Whether 不知道 is offered. */
  offersDontKnow: z.boolean(),
  /** Whether the options may be shown in another order. */
  mayShuffle: z.boolean(),
});
export type PublicItem = z.infer<typeof publicItemSchema>;

const toIdAndText = (each: { readonly id: string; readonly text: string }) => ({
  id: each.id,
  text: each.text,
});

/** Without key, rationale, misconceptions, difficulty, IRT and provenance. */
export function publicItem(item: BankItem): PublicItem {
  return {
    id: item.id,
    version: item.version,
    type: item.type,
    stem: item.stem,
    options: (item.options ?? []).map(toIdAndText),
    targets: (item.targets ?? []).map(toIdAndText),
    stimulus: item.stimulus ?? null,
    offersDontKnow: item.dk ?? true,
    mayShuffle: item.shuffle ?? true,
  };
}
