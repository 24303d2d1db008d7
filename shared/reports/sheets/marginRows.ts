/** Calibration margins before, wanted and after, as rows of a five-column table. */
import type { Grouping } from '../../domain/groups';
import { groupings } from '../../domain/groups';
import { categoryLabel, groupingLabels } from '../../texts/labels';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetRow } from '../sheetModel';
import { number, row, text } from '../sheetModel';

const isGrouping = (variable: string): variable is Grouping =>
  groupings.some((grouping) => grouping === variable);

function variableLabel(variable: string): string {
  if (variable === 'region') return '地区';
  return isGrouping(variable) ? groupingLabels[variable] : variable;
}

function category(input: ReportInput, variable: string, code: string): string {
  if (variable === 'region') return regionName(input, code);
  return isGrouping(variable) ? categoryLabel(variable, code) : code;
}

export function marginRows(input: ReportInput): readonly SheetRow[] {
  const { margins } = input.results.weighting;
  return margins.map(({ variables, categories, before, target, after }) =>
    row([
      text(variables.map(variableLabel).join('×')),
      text(categories.map((code, index) => category(input, variables[index] ?? '', code)).join('×')),
      number(before, 'count'),
      number(target, 'count'),
      number(after, 'count'),
    ]),
  );
}
