/** Word lists the checklist compares with: data of the product, read by the host. */
import { z } from 'zod';

const words = z.array(z.string().min(2));

export const knownItemsSchema = z.strictObject({
  note: z.string(),
  entries: z
    .array(z.strictObject({ id: z.string(), source: z.string(), texts: z.array(z.string().min(1)).min(1) }))
    .min(1),
});

export const namesSchema = z.strictObject({
  note: z.string(),
  brands: words,
  persons: words,
  institutions: words,
  places: words,
  /** Common words that contain a listed name and mean something else. */
  allowed: words,
});

export interface CheckLists {
  /** Published items whose wording must not come back (R14). */
  readonly knownItems: readonly { readonly id: string; readonly texts: readonly string[] }[];
  /** Names that must not occur in an item (R17), and words that only look like them. */
  readonly names: readonly string[];
  readonly allowedNames: readonly string[];
}

/** Without lists R14 and R17 find nothing. */
export const noLists: CheckLists = { knownItems: [], names: [], allowedNames: [] };

export function toCheckLists(
  known: z.infer<typeof knownItemsSchema>,
  names: z.infer<typeof namesSchema>,
): CheckLists {
  return {
    knownItems: known.entries,
    names: [...names.brands, ...names.persons, ...names.institutions, ...names.places],
    allowedNames: names.allowed,
  };
}
