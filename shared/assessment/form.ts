/** A form (试卷): the items one respondent gets, in order, bound to the item versions it was assembled from. */
import { z } from 'zod';
import type { BankItem } from './bank';
import { canonicalJson } from './canonicalJson';

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

/**
 * The text a form's hash is taken over: its identity, its order and the whole content of its items, so that an
 * item changed without a new version is noticed.
 */
export function formContent(form: Omit<Form, 'id' | 'contentHash'>, items: readonly BankItem[]): string {
  const byId = new Map(items.map((item) => [item.id, item]));
  return canonicalJson({
    blueprint: [form.blueprintId, form.blueprintVersion],
    bank: [form.bankId, form.bankVersion],
    instrumentId: form.instrumentId,
    seed: form.seed,
    entries: form.entries,
    items: form.entries.map((entry) => byId.get(entry.itemId) ?? null),
  });
}
