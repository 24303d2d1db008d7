/** Calibration margins before, wanted and after, as rows of a five-column table. */
import { marginCategory, marginVariable } from '../../texts/marginTexts';
import type { ReportInput } from '../reportInput';
import { regionName } from '../reportInput';
import type { SheetRow } from '../sheetModel';
import { number, row, text } from '../sheetModel';

export function marginRows(input: ReportInput): readonly SheetRow[] {
  const { margins } = input.results.weighting;
  const nameOf = (code: string): string => regionName(input, code);
  return margins.map(({ variables, categories, before, target, after }) =>
    row([
      text(variables.map(marginVariable).join('×')),
      text(categories.map((code, index) => marginCategory(variables[index] ?? '', code, nameOf)).join('×')),
      number(before, 'count'),
      number(target, 'count'),
      number(after, 'count'),
    ]),
  );
}
