/** Population totals as the page shows them: names, sums, and whether the sums speak of one population. */
import type { MarginSet } from '@shared/contract/areas/results';
import { groupings } from '@shared/domain/groups';
import type { Grouping } from '@shared/domain/groups';
import { marginVariableLabels } from '@shared/importing/margins';
import type { MarginVariable } from '@shared/importing/margins';
import { formatCount } from '@shared/texts/format';
import { categoryLabel } from '@shared/texts/labels';

type Margin = MarginSet['margins'][number];

/** Published totals are rounded; the import uses the same tolerance. */
const tolerance = 1e-6;

const isGrouping = (variable: string): variable is Grouping =>
  (groupings as readonly string[]).includes(variable);
const isMarginVariable = (variable: string): variable is MarginVariable => variable in marginVariableLabels;

export const variablesText = (variables: readonly string[]): string =>
  variables
    .map((variable) => (isMarginVariable(variable) ? marginVariableLabels[variable] : variable))
    .join('×');

export const categoriesText = (
  variables: readonly string[],
  categories: readonly string[],
  regionName: (code: string) => string,
): string =>
  categories
    .map((category, index) => {
      const variable = variables[index] ?? '';
      return isGrouping(variable) ? categoryLabel(variable, category) : regionName(category);
    })
    .join('×');

export const totalOf = (margin: Margin): number => margin.cells.reduce((sum, { total }) => sum + total, 0);

/** Null when all sums agree; otherwise which one differs and by how much. */
export function disagreement(margins: readonly Margin[]): string | null {
  const [first, ...others] = margins;
  if (first === undefined) return null;
  const wanted = totalOf(first);
  const different = others.find((margin) => Math.abs(totalOf(margin) - wanted) > tolerance * wanted);
  if (different === undefined) return null;
  const [a, b] = [variablesText(first.variables), variablesText(different.variables)];
  return `“${b}”的合计 ${formatCount(totalOf(different))} 与“${a}”的合计 ${formatCount(wanted)} 不相等：各变量应说的是同一个总体，请核对。`;
}
