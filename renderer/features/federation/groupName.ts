/** Name of a group by its id in a package. */
import { everyCategory } from '@shared/analysis/domainSums';
import { categoryLabel } from '@shared/texts/labels';

/** @example groupName('sex:female') === '女' */
export function groupName(id: string): string {
  const group = everyCategory.find((each) => each.id === id);
  return group === undefined ? id : categoryLabel(group.grouping, group.category);
}
