/** Chinese words for the variables and categories of calibration margins. */
import { groupings } from '../domain/groups';
import { categoryLabel, groupingLabels } from './labels';

const groupingOf = (variable: string) => groupings.find((grouping) => grouping === variable) ?? null;

export function marginVariable(variable: string): string {
  const grouping = groupingOf(variable);
  if (grouping !== null) return groupingLabels[grouping];
  return variable === 'region' ? '地区' : variable;
}

export function marginCategory(
  variable: string,
  category: string,
  regionName: (code: string) => string,
): string {
  const grouping = groupingOf(variable);
  if (grouping !== null) return categoryLabel(grouping, category);
  return variable === 'region' ? regionName(category) : category;
}
