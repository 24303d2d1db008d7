/** Groupings with the categories each one prints. */
import { groupingCategories, groupings } from '@shared/domain/groups';
import type { Grouping } from '@shared/domain/groups';
import { categoryLabel, groupingLabels } from '@shared/texts/labels';
import type { Option } from './option';

export const groupingOptions: readonly Option<Grouping>[] = groupings.map((grouping) => ({
  value: grouping,
  label: groupingLabels[grouping],
  hint: groupingCategories[grouping].map((category) => categoryLabel(grouping, category)).join('、'),
}));
