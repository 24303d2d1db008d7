/**
 * DIF between categories of one variable: the largest category is the reference, every other one is compared with it,
 * within each booklet, because only there do numbers right compare.
 */
import { at } from '../../numeric/typedArray';
import type { GroupColumn } from '../responseTable';
import { bookletMatrix, type Booklet, type ResponseMatrix } from '../responses';
import { analyseDif, type DifAnalysis } from './itemDif';
import { focalGroup, referenceGroup } from './mantelHaenszel';

export interface GroupDif extends DifAnalysis {
  readonly variable: string;
  readonly reference: string;
  readonly focal: string;
  /** variable: focal / reference. */
  readonly label: string;
  /** 1-based number of the booklet in order of first appearance. */
  readonly booklet: number;
}

const leftOut = 2;

function categoriesBySize(categories: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const category of categories)
    if (category !== '') counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts]
    .sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))
    .map(([category]) => category);
}

/** One analysis per booklet and focal category; booklets in which a group has nobody are left out. */
export function analyseGroups(
  matrix: ResponseMatrix,
  booklets: readonly Booklet[],
  { variable, categories }: GroupColumn,
): GroupDif[] {
  const [reference, ...others] = categoriesBySize(categories);
  if (reference === undefined) return [];
  return booklets.flatMap((booklet, index) => {
    const own = bookletMatrix(matrix, booklet);
    return others.flatMap((focal) => {
      const groups = Uint8Array.from(booklet.persons, (_, row) => {
        const category = categories[at(booklet.persons, row)];
        if (category === reference) return referenceGroup;
        return category === focal ? focalGroup : leftOut;
      });
      if (!groups.includes(referenceGroup) || !groups.includes(focalGroup)) return [];
      const label = `${variable}: ${focal} / ${reference}`;
      return [{ variable, reference, focal, label, booklet: index + 1, ...analyseDif(own, groups) }];
    });
  });
}
