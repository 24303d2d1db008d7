/**
 * 更正 and 停用 of an item that has been asked: recorded facts that change how answers already given are scored.
 * Stored forms and items stay as they were (what was asked cannot change); scoring sees them through `scoringBasis`.
 */
import { z } from 'zod';
import type { Form } from './form';
import type { ScorableItem } from './scoring';

const keyTexts = z.array(z.string().min(1).max(10)).min(1).max(6);

export const keyChangeSchema = z.strictObject({
  changeId: z.string().min(1).max(80),
  itemId: z.string().min(1),
  /** Versions of the item the change applies to: all that existed when it was recorded. */
  versions: z.array(z.string()).min(1),
  change: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('corrected'), oldKey: keyTexts, newKey: keyTexts }),
    z.strictObject({ kind: z.literal('withdrawn') }),
  ]),
  reason: z.string().min(1),
  by: z.string().min(1),
  at: z.iso.datetime(),
});
export type KeyChange = z.infer<typeof keyChangeSchema>;

/** What re-scoring did to one survey. */
export const rescoredSurveySchema = z.strictObject({
  surveyId: z.string(),
  /** Closed cases with a score, all of them scored again. */
  scoreCount: z.int().min(0),
  /** Cases whose total changed. */
  totalChangedCount: z.int().min(0),
  /** Cases imported as right or wrong (0/1) for this item: there is no answer a new key could judge. */
  fixedMarkCount: z.int().min(0),
  passedBefore: z.int().min(0),
  passedAfter: z.int().min(0),
});
export type RescoredSurvey = z.infer<typeof rescoredSurveySchema>;

export interface ScoringBasis<Entry extends ScorableItem> {
  readonly form: Form;
  readonly items: readonly Entry[];
}

type VersionedItem = ScorableItem & { readonly version: string };

/**
 * Form and items as answers are scored by: corrections replace the key, in the order they were recorded; a withdrawn
 * item leaves the form, so that `scoreInterview` scales the rest of its dimension to the dimension's maximum and
 * nobody gains or loses by it. The same objects come back when no change touches the form.
 * @param changes oldest first
 */
export function scoringBasis<Entry extends VersionedItem>(
  basis: ScoringBasis<Entry>,
  changes: readonly KeyChange[],
): ScoringBasis<Entry> {
  const changesOf = (item: Entry): readonly KeyChange['change'][] =>
    changes
      .filter(({ itemId, versions }) => itemId === item.id && versions.includes(item.version))
      .map(({ change }) => change);
  if (!basis.items.some((item) => changesOf(item).length > 0)) return basis;
  const withdrawn = new Set(
    basis.items
      .filter((item) => changesOf(item).some(({ kind }) => kind === 'withdrawn'))
      .map((item) => item.id),
  );
  const items = basis.items.map((item) => {
    const corrections = changesOf(item).flatMap((change) => (change.kind === 'corrected' ? [change] : []));
    const last = corrections.at(-1);
    return last === undefined ? item : { ...item, key: [...last.newKey] };
  });
  const entries = basis.form.entries.filter(({ itemId }) => !withdrawn.has(itemId));
  return { form: { ...basis.form, entries }, items };
}
