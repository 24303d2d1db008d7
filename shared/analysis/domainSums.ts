/** What an attacker could add up: persons, weights, passers and points of every cell a survey may ever report. */
import type { Grouping } from '../domain/groups';
import { groupingCategories, groupings } from '../domain/groups';
import { at } from '../numeric/typedArray';
import type { AnalysedRow } from './analysisInput';
import type { ReportDomain } from './domains';
import { isInCategory, isInRegion } from './domains';
import type { SampleDesign } from './sampleDesign';

export type DomainPlace = Pick<ReportDomain, 'id' | 'regionCode' | 'grouping' | 'category'>;

export interface DomainSums extends DomainPlace {
  readonly respondents: number;
  readonly weight: number;
  /** Weighted number of persons who reach the cut, and weighted points. */
  readonly passed: number;
  readonly points: number;
  readonly psuCount: number;
  readonly degreesOfFreedom: number;
}

export const totalId = 'everyone';

export interface Category {
  readonly id: string;
  readonly grouping: Grouping;
  readonly category: string;
}

/**
 * Categories of every grouping – also of those a report leaves out, so that two reports of one survey with different
 * groupings hide the same cells and cannot be played against each other.
 */
export const everyCategory: readonly Category[] = groupings.flatMap((grouping) =>
  groupingCategories[grouping].map((category) => ({ id: `${grouping}:${category}`, grouping, category })),
);

const categoriesOf = (row: AnalysedRow): readonly Category[] =>
  everyCategory.filter(({ grouping, category }) => isInCategory(row, grouping, category));

/** The cells a respondent is counted in. */
function placesOf(row: AnalysedRow, unitCodes: readonly string[]): readonly DomainPlace[] {
  const units = unitCodes.filter((code) => isInRegion(row.respondent.regionCode, code));
  const groups = categoriesOf(row).map((group) => ({ ...group, regionCode: null }));
  return [
    { id: totalId, regionCode: null, grouping: null, category: null },
    ...groups,
    ...units.flatMap((code) => [
      { id: code, regionCode: code, grouping: null, category: null },
      ...groups.map((group) => ({ ...group, id: `${code}|${group.id}`, regionCode: code })),
    ]),
  ];
}

/** Respondents with the same answers to what places them share one list: a survey has few such kinds. */
function placing(unitCodes: readonly string[]): (row: AnalysedRow) => readonly DomainPlace[] {
  const known = new Map<string, readonly DomainPlace[]>();
  return (row) => {
    const { sex, ageBand, education, residence, keyGroups } = row.respondent.background;
    const kind = [row.respondent.regionCode, sex, ageBand, education, residence, ...Object.values(keyGroups)];
    const key = JSON.stringify(kind);
    const places = known.get(key) ?? placesOf(row, unitCodes);
    known.set(key, places);
    return places;
  };
}

interface Counting {
  readonly place: DomainPlace;
  respondents: number;
  weight: number;
  passed: number;
  points: number;
  readonly psus: Set<number>;
  readonly strata: Set<number>;
}

const nothingYet = (place: DomainPlace): Counting => ({
  place,
  respondents: 0,
  weight: 0,
  passed: 0,
  points: 0,
  psus: new Set(),
  strata: new Set(),
});

/** Sums of every cell with respondents, by id; the total first. */
export function domainSums(
  rows: readonly AnalysedRow[],
  { design }: SampleDesign,
  unitCodes: readonly string[],
): ReadonlyMap<string, DomainSums> {
  const [stage] = design.stages;
  if (stage === undefined) throw new Error('a design has at least one stage');
  const cells = new Map<string, Counting>();
  const placesOfRow = placing(unitCodes);
  rows.forEach((row, index) => {
    const weight = at(design.weights, index);
    if (weight === 0) return;
    const psu = at(stage.unitOfRow, index);
    for (const place of placesOfRow(row)) {
      const cell = cells.get(place.id) ?? nothingYet(place);
      cells.set(place.id, cell);
      cell.respondents++;
      cell.weight += weight;
      cell.passed += row.score.passed ? weight : 0;
      cell.points += weight * row.score.total;
      cell.psus.add(psu);
      cell.strata.add(at(stage.stratumOfUnit, psu));
    }
  });
  return new Map(
    [...cells].map(([id, { place, psus, strata, ...sums }]) => [
      id,
      { ...place, ...sums, psuCount: psus.size, degreesOfFreedom: psus.size - strata.size },
    ]),
  );
}

/** Overlapping groups and categories with the very same members (老年人 and 60–69): one cell under two names. */
export function sameGroups(rows: readonly AnalysedRow[]): readonly (readonly [string, string])[] {
  const overlapping = everyCategory.filter(({ grouping }) => grouping === 'keyGroup');
  const exclusive = everyCategory.filter(({ grouping }) => grouping !== 'keyGroup');
  const has = (row: AnalysedRow, { grouping, category }: Category): boolean =>
    isInCategory(row, grouping, category);
  return overlapping.flatMap((group) =>
    exclusive
      .filter((category) => rows.every((row) => has(row, group) === has(row, category)))
      .map((category) => [group.id, category.id] as const),
  );
}
