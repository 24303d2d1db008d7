/** A form (试卷): the items one respondent gets, in order, bound to the item versions it was assembled from. */
import { z } from 'zod';

export const formEntrySchema = z.strictObject({
  itemId: z.string(),
  itemVersion: z.string(),
  /** 1-based place on the form. */
  position: z.int().min(1),
  /** Stimulus shared by consecutive entries; null for an item that stands alone. */
  blockId: z.string().nullable(),
});
export type FormEntry = z.infer<typeof formEntrySchema>;

export const formSchema = z.strictObject({
  id: z.string(),
  blueprintId: z.string(),
  blueprintVersion: z.string(),
  bankId: z.string(),
  bankVersion: z.string(),
  instrumentId: z.string(),
  seed: z.int().min(0),
  entries: z.array(formEntrySchema).min(1),
  /** Hash over blueprint, bank, order and full item content including keys. */
  contentHash: z.string().min(8),
});
export type Form = z.infer<typeof formSchema>;
