/** The columns of a survey's own data table in words: what a statistician may ask about and group by. */
import type { DataColumn, DataTable } from '../analysisSpec/dataTable';
import type { AnalysisColumn } from '../contract/areas/analysis';
import { groupingCategories, groupings, keyGroups } from '../domain/groups';
import { findRegion } from '../domain/region';
import {
  analysisColumnLabels,
  dimensionColumnLabel,
  keyGroupColumnLabel,
  yesNoLabels,
} from '../texts/analysisTexts';
import { categoryLabel, groupingLabels, keyGroupLabels } from '../texts/labels';
import { unitWordOf } from '../texts/unitWord';
import type { AnalysisInput } from './analysisInput';
import { designFields } from './surveyColumns';
import { dimensionColumn, keyGroupColumn } from './surveySpec';

type Described = Omit<AnalysisColumn, 'name'>;

const hasValues = (column: DataColumn): boolean =>
  column instanceof Float64Array ? column.some((value) => !Number.isNaN(value)) : column.some(Boolean);

const yesNo: AnalysisColumn['categories'] = Object.entries(yesNoLabels)
  .map(([value, label]) => ({ value, label }))
  .reverse();

const flag = (label: string): Described => ({ label, kind: 'flag', categories: yesNo });
const number = (label: string): Described => ({ label, kind: 'number', categories: [] });
const design = (name: string): [string, Described] => [
  name,
  { label: analysisColumnLabels[name] ?? name, kind: 'design', categories: [] },
];

function regionColumn(input: AnalysisInput, label: string, codes: readonly string[]): Described {
  const nameOf = (code: string): string => findRegion(input.regions, code)?.name ?? code;
  return {
    label,
    kind: 'categories',
    categories: codes.map((value) => ({ value, label: nameOf(value) })),
  };
}

function observed(column: DataColumn | undefined): readonly string[] {
  if (column === undefined || column instanceof Float64Array) return [];
  return [...new Set(column)].filter((text) => text !== '').sort();
}

const labelOf = (name: string): string => analysisColumnLabels[name] ?? name;

function known(input: AnalysisInput, table: DataTable): ReadonlyMap<string, Described> {
  const { instrument, survey } = input;
  const { unitCodes } = survey.settings;
  const plain = groupings.flatMap((grouping): [string, Described][] => {
    if (grouping === 'keyGroup') return [];
    const categories = groupingCategories[grouping].map((value) => ({
      value,
      label: categoryLabel(grouping, value),
    }));
    return [[grouping, { label: groupingLabels[grouping], kind: 'categories', categories }]];
  });
  const tiers = instrument.tiers.map(({ id, label }) => ({ value: id, label }));
  return new Map<string, Described>([
    ['passed', flag(labelOf('passed'))],
    ['total', number(labelOf('total'))],
    ['tier', { label: labelOf('tier'), kind: 'categories', categories: tiers }],
    ...instrument.dimensions.map(({ id, label }): [string, Described] => [
      dimensionColumn(id),
      number(dimensionColumnLabel(label)),
    ]),
    ['unit', regionColumn(input, unitWordOf(unitCodes), unitCodes)],
    ...plain,
    ...keyGroups.map((id): [string, Described] => [
      keyGroupColumn(id),
      flag(keyGroupColumnLabel(keyGroupLabels[id])),
    ]),
    ['region', regionColumn(input, labelOf('region'), observed(table.columns['region']))],
    ...designFields.map(design),
    design('baseWeight'),
  ]);
}

/** Columns that have values, scores first, design last; case codes are left out. */
export function specColumns(input: AnalysisInput, table: DataTable): readonly AnalysisColumn[] {
  return [...known(input, table)].flatMap(([name, described]) => {
    const column = table.columns[name];
    return column !== undefined && hasValues(column) ? [{ name, ...described }] : [];
  });
}
