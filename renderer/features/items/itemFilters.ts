/** Search and filters of the item list; they stay while somebody opens an item and comes back. */
import { defineStore } from 'pinia';
import { reactive, shallowRef, toRefs } from 'vue';
import type { ItemDimension, ItemStatus, ItemType } from '@shared/assessment/itemCodes';
import type { ItemRow } from '@shared/contract/areas/items';

export type FindingFilter = '' | 'blocked' | 'any' | 'none';

export interface ItemFilters {
  search: string;
  dimension: ItemDimension | '';
  benchmark: number | '';
  type: ItemType | '';
  status: ItemStatus | '';
  topic: string;
  finding: FindingFilter;
}

export interface ImportChoice {
  readonly fileName: string;
  readonly itemIds: readonly string[];
}

const noFilters = (): ItemFilters => ({
  search: '',
  dimension: '',
  benchmark: '',
  type: '',
  status: '',
  topic: '',
  finding: '',
});

export const useItemFilters = defineStore('itemFilters', () => {
  const filters = reactive(noFilters());
  /** Items of one import, when only those are wanted. */
  const onlyImport = shallowRef<ImportChoice | null>(null);
  const showImport = (choice: ImportChoice | null): void => void (onlyImport.value = choice);
  function reset(): void {
    Object.assign(filters, noFilters());
    onlyImport.value = null;
  }
  return { ...toRefs(filters), filters, onlyImport, showImport, reset };
});

const fitsFinding = (row: ItemRow, finding: FindingFilter): boolean =>
  finding === '' ||
  (finding === 'blocked' && row.isBlocked) ||
  (finding === 'any' && row.rules.length > 0) ||
  (finding === 'none' && row.rules.length === 0);

/** Every word of the search must occur in number, stem, topics or rule ids. */
function fitsSearch(row: ItemRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = `${row.itemId} ${row.stem} ${row.topics.join(' ')} ${row.rules.join(' ')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Rows that pass search and filters, in bank order. Fast enough to run at every key for thousands of items. */
export function filterItems(rows: readonly ItemRow[], filters: Readonly<ItemFilters>): readonly ItemRow[] {
  const words = filters.search.toLowerCase().split(/\s+/).filter(Boolean);
  const equals = (wanted: string | number, value: string | number): boolean =>
    wanted === '' || wanted === value;
  return rows.filter(
    (row) =>
      equals(filters.dimension, row.dimension) &&
      equals(filters.benchmark, row.benchmark) &&
      equals(filters.type, row.type) &&
      equals(filters.status, row.status) &&
      (filters.topic === '' || row.topics.includes(filters.topic)) &&
      fitsFinding(row, filters.finding) &&
      fitsSearch(row, words),
  );
}
