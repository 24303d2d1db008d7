/** Which published cells add up to which: the sums along which a hidden cell could be recovered. */
import type { AdditiveLine } from '../disclosure/additiveTable';
import { isInRegion } from './domains';
import { everyCategory, totalId } from './domainSums';

export const crossId = (unit: string | null, group: string): string =>
  unit === null ? group : `${unit}|${group}`;

/** 重点人群 overlap: each is told apart from its own rest, never added to the others. */
const keyGroupIds = everyCategory.flatMap(({ id, grouping }) => (grouping === 'keyGroup' ? [id] : []));

const exclusiveGroupings = [...new Set(everyCategory.map(({ grouping }) => grouping))].filter(
  (grouping) => grouping !== 'keyGroup',
);

/** A line of the survey's tables; who is in none of the parts is its rest, which nobody prints. */
export interface SurveyLine extends AdditiveLine {
  /** The rest is a group of people by itself and must be as large as a printed one. */
  readonly hasGuardedRest?: boolean;
}

/** The smallest other unit of the list a unit lies in; null for the ones that lie in none. */
function parentUnit(units: readonly string[], unit: string): string | null {
  const around = units.filter((other) => other !== unit && isInRegion(unit, other));
  return around.reduce<string | null>(
    (best, other) => (best === null || other.length > best.length ? other : best),
    null,
  );
}

/** The units directly below a unit of the list, or below everybody (null). */
function childUnits(units: readonly string[]): ReadonlyMap<string | null, readonly string[]> {
  const children = new Map<string | null, string[]>();
  for (const unit of units) {
    const parent = parentUnit(units, unit);
    children.set(parent, [...(children.get(parent) ?? []), unit]);
  }
  return children;
}

/** Units add up to what contains them, for everybody and within every group. */
function unitLines(units: readonly string[]): readonly AdditiveLine[] {
  return [...childUnits(units)].flatMap(([parent, children]) => [
    { total: parent ?? totalId, parts: children },
    ...everyCategory.map(({ id }) => ({
      total: crossId(parent, id),
      parts: children.map((unit) => crossId(unit, id)),
    })),
  ]);
}

/** Categories add up to their unit, or to everybody. */
const groupLines = (places: readonly (string | null)[]): readonly AdditiveLine[] =>
  places.flatMap((place) =>
    exclusiveGroupings.map((grouping) => ({
      total: place ?? totalId,
      parts: everyCategory.flatMap((each) => (each.grouping === grouping ? [crossId(place, each.id)] : [])),
    })),
  );

/** An overlapping group and everybody outside it add up to their unit, or to everybody. */
const restLines = (places: readonly (string | null)[]): readonly SurveyLine[] =>
  places.flatMap((place) =>
    keyGroupIds.map((group) => ({
      total: place ?? totalId,
      parts: [crossId(place, group)],
      hasGuardedRest: true,
    })),
  );

/** @param same pairs of group ids with the same members: what is known of one is known of the other */
export function disclosureLines(
  units: readonly string[],
  same: readonly (readonly [string, string])[],
): readonly SurveyLine[] {
  const places = [null, ...units];
  return [
    ...unitLines(units),
    ...groupLines(places),
    ...restLines(places),
    ...places.flatMap((place) =>
      same.map(([left, right]) => ({ total: crossId(place, left), parts: [crossId(place, right)] })),
    ),
  ];
}
