/** The domains a survey reports: every unit, every category of its groupings, and their crossing. */
import type { Grouping } from '../domain/groups';
import { groupingCategories } from '../domain/groups';
import type { AnalysedRow } from './analysisInput';

export interface ReportDomain {
  readonly id: string;
  readonly regionCode: string | null;
  readonly grouping: Grouping | null;
  readonly category: string | null;
  /** 1 = in the domain, one per analysed row. */
  readonly member: Uint8Array;
}

export function isInCategory(row: AnalysedRow, grouping: Grouping, category: string): boolean {
  const { background } = row.respondent;
  if (grouping === 'keyGroup')
    return Object.entries(background.keyGroups).some(([id, flag]) => id === category && flag === true);
  return background[grouping] === category;
}

const members = (rows: readonly AnalysedRow[], test: (row: AnalysedRow) => boolean): Uint8Array =>
  Uint8Array.from(rows, (row) => (test(row) ? 1 : 0));

/** A respondent belongs to a unit when the unit's code is the row's own or starts it (镇街 within 区县). */
export const isInRegion = (rowCode: string | null, unitCode: string): boolean =>
  rowCode !== null && (rowCode === unitCode || rowCode.startsWith(unitCode));

export const unitDomains = (
  rows: readonly AnalysedRow[],
  unitCodes: readonly string[],
): readonly ReportDomain[] =>
  unitCodes.map((regionCode) => ({
    id: regionCode,
    regionCode,
    grouping: null,
    category: null,
    member: members(rows, (row) => isInRegion(row.respondent.regionCode, regionCode)),
  }));

export const groupDomains = (
  rows: readonly AnalysedRow[],
  groupings: readonly Grouping[],
): readonly ReportDomain[] =>
  groupings.flatMap((grouping) =>
    groupingCategories[grouping].map((category) => ({
      id: `${grouping}:${category}`,
      regionCode: null,
      grouping,
      category,
      member: members(rows, (row) => isInCategory(row, grouping, category)),
    })),
  );

/** Every unit × every category. */
export const crossDomains = (
  units: readonly ReportDomain[],
  groups: readonly ReportDomain[],
): readonly ReportDomain[] =>
  units.flatMap((unit) =>
    groups.map((group) => ({
      ...group,
      id: `${unit.id}|${group.id}`,
      regionCode: unit.regionCode,
      member: unit.member.map((flag, row) => flag & (group.member[row] ?? 0)),
    })),
  );
