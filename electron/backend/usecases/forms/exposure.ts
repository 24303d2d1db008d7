/** Exposure of items today, counted over every filed form and every real survey of the folder. */
import type { ExposureOverview, FormUse } from '@shared/assessment/exposure';
import { exposureOf, notExposed } from '@shared/assessment/exposure';
import type { ItemExposure } from '@shared/contract/areas/items';
import { exposureLimitText } from '@shared/texts/formTexts';
import type { HostContext } from '../../context';
import { listFormUses } from '../../database/repositories/formUses';
import { todayOf } from '../items/currentBank';

export const thisYear = (context: HostContext): number => Number(todayOf(context).slice(0, 4));

/** `formsToCome`: forms that are to be added to this year's. */
export const exposureToday = (context: HostContext, formsToCome: number): ExposureOverview =>
  exposureOf(listFormUses(context.vault.storage().db), { year: thisYear(context), formsToCome });

/** Exposure of one item as its page shows it, with the limits it has reached in words. */
export function itemExposureToday(context: HostContext, itemId: string): ItemExposure['rules'] {
  const { items, formCount, allowedForms } = exposureToday(context, 1);
  const state = items.get(itemId) ?? notExposed;
  return {
    state: { ...state, limits: [...state.limits] },
    year: thisYear(context),
    formCount,
    allowedForms,
    limitTexts: state.limits.map((limit) => exposureLimitText(limit, state, allowedForms)),
  };
}

/** Items that must not go on a further form; those of `exceptIds` (anchors) are judged by drift, not by this. */
export const restingItems = (overview: ExposureOverview, exceptIds: ReadonlySet<string>): readonly string[] =>
  [...overview.items].flatMap(([itemId, { limits }]) =>
    limits.length > 0 && !exceptIds.has(itemId) ? [itemId] : [],
  );

/** Exposure of `itemIds` on the forms they already stand on: how many of them have reached a limit. */
export function restingCount(uses: readonly FormUse[], year: number, itemIds: readonly string[]): number {
  const { items } = exposureOf(uses, { year, formsToCome: 0 });
  return itemIds.filter((itemId) => (items.get(itemId)?.limits ?? []).some((limit) => limit !== 'useRate'))
    .length;
}
