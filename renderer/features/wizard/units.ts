/** Reporting units a plan offers in a year: 区县 or 镇街, functional areas named as such, overlaps marked. */
import type { Plan } from '@shared/domain/plan';
import { isRegionValidIn, withoutOverlaps } from '@shared/domain/region';
import type { Region } from '@shared/domain/region';

export interface UnitChoice {
  readonly code: string;
  readonly name: string;
  readonly isFunctional: boolean;
  /** Code of the offered unit that contains this one; null when none does. */
  readonly insideCode: string | null;
  readonly insideName: string | null;
}

const inRegister = (regions: readonly Region[], plan: Plan, year: number): readonly Region[] =>
  regions.filter((region) => region.parent === plan.regionCode && isRegionValidIn(region, year));

/** Units in use in that year, administrative ones first. */
export function unitChoices(regions: readonly Region[], plan: Plan, year: number): readonly UnitChoice[] {
  const children = inRegister(regions, plan, year);
  const choices = children.map((region) => {
    const outer = children.find((other) => other.code === region.locatedIn);
    return {
      code: region.code,
      name: region.name,
      isFunctional: region.kind === 'functional',
      insideCode: outer?.code ?? null,
      insideName: outer?.name ?? null,
    };
  });
  return choices.toSorted((a, b) => Number(a.isFunctional) - Number(b.isFunctional));
}

/** Codes ticked at first: every unit that lies in no other unit, so that nobody counts twice. */
export const defaultUnitCodes = (regions: readonly Region[], plan: Plan, year: number): string[] =>
  withoutOverlaps(inRegister(regions, plan, year)).map((region) => region.code);

/** Ticked units that lie inside another ticked unit. */
export function overlappingPairs(
  choices: readonly UnitChoice[],
  ticked: readonly string[],
): readonly { readonly inner: string; readonly outer: string }[] {
  return choices
    .filter((choice) => ticked.includes(choice.code))
    .filter((choice) => choice.insideCode !== null && ticked.includes(choice.insideCode))
    .map((choice) => ({ inner: choice.name, outer: choice.insideName ?? '' }));
}

/** 区县 or 镇街, as the plan binds. */
export const unitWord = (plan: Plan | null): string =>
  plan?.boundSubAreas?.regionLevel === 'township' ? '镇街' : '区县';
