/** Items and their references as a file of a bank folder: it may stand under `items/` and `refs/` alike. */
import { omit } from '../../domain/omit';
import type { ItemSet } from './writeItemTable';

/** Material shared by several items is written once and referred to by the rest, as `parseBank` asks. */
export function itemFile({ items, references }: ItemSet): object {
  const written = new Set<string>();
  const cited = new Set(items.flatMap((item) => item.references.map(({ ref }) => ref)));
  return {
    refs: Object.fromEntries(Object.entries(references).filter(([id]) => cited.has(id))),
    items: items.map((item) => {
      const { stimulus } = item;
      if (stimulus === undefined) return item;
      const isFirst = !written.has(stimulus.id);
      written.add(stimulus.id);
      return isFirst ? item : { ...omit(item, 'stimulus'), stimulus: { ref: stimulus.id } };
    }),
  };
}
