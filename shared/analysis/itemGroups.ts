/** Groups in which items are compared (DIF) and rates of 不知道 and blanks are said. */
import type { GroupColumn } from '../psychometrics/responseTable';
import { itemAgeLabels, itemGroupLabels, itemModeLabels } from '../texts/itemAnalysisTexts';
import { educationLabels, residenceLabels, sexLabels } from '../texts/labels';
import type { AnalysedRow } from './analysisInput';

/** Completed years at which the older group begins. */
const olderFrom = 60;

function ageLabel({ respondent }: AnalysedRow): string {
  const { ageYears, ageBand } = respondent.background;
  if (ageYears === null && ageBand === null) return '';
  const isOlder = ageYears === null ? ageBand === '60-69' : ageYears >= olderFrom;
  return isOlder ? itemAgeLabels.from60 : itemAgeLabels.under60;
}

const labelOf = <K extends string>(labels: Readonly<Record<K, string>>, value: K | null): string =>
  value === null ? '' : labels[value];

/** Chinese category per respondent, '' where unknown: 性别, 年龄, 受教育程度, 城乡, 访问方式. */
export function itemGroups(rows: readonly AnalysedRow[]): readonly GroupColumn[] {
  const column = (variable: keyof typeof itemGroupLabels, value: (row: AnalysedRow) => string) => ({
    variable: itemGroupLabels[variable],
    categories: rows.map(value),
  });
  return [
    column('sex', ({ respondent }) => labelOf(sexLabels, respondent.background.sex)),
    column('age', ageLabel),
    column('education', ({ respondent }) => labelOf(educationLabels, respondent.background.education)),
    column('residence', ({ respondent }) => labelOf(residenceLabels, respondent.background.residence)),
    column('mode', ({ respondent: { mode } }) => (mode === 'unknown' ? '' : itemModeLabels[mode])),
  ];
}
