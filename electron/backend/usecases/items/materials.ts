/** Materials that several items share: which there are, and which items a change of one reaches. */
import type { BankItem } from '@shared/assessment/bank';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import type { StimulusContent } from '@shared/assessment/item';
import type { CurrentBank, ItemState } from './currentBank';

export interface MaterialUse {
  readonly content: StimulusContent;
  readonly itemCount: number;
}

/** Materials of items, each once, with how many of the items use it; of several versions the last one counts. */
export function materialsOf(items: readonly BankItem[]): ReadonlyMap<string, MaterialUse> {
  const materials = new Map<string, MaterialUse>();
  for (const { stimulus } of items) {
    if (stimulus === undefined) continue;
    const itemCount = (materials.get(stimulus.id)?.itemCount ?? 0) + 1;
    materials.set(stimulus.id, { content: stimulus, itemCount });
  }
  return materials;
}

/** Materials of items that are not retired: retired items keep theirs as they were asked. */
export const materialsInUse = (items: readonly BankItem[]): StimulusContent[] =>
  [...materialsOf(items.filter(({ status }) => status !== 'retired')).values()].map(({ content }) => content);

/** Other items whose material of the same id says something else; retired ones are left as they are. */
export function itemsWithOtherMaterial(
  { id, stimulus }: BankItem,
  { states }: CurrentBank,
): readonly ItemState[] {
  if (stimulus === undefined) return [];
  const content = canonicalJson(stimulus);
  return [...states.values()].filter(
    ({ item, setStatus }) =>
      item.id !== id &&
      setStatus !== 'retired' &&
      item.stimulus?.id === stimulus.id &&
      canonicalJson(item.stimulus) !== content,
  );
}
