/** Comparison results as the screen lists them: one row a unit, and the standing of any two. */
import type { ComparedUnits, Separation, UnitDifference } from '@shared/results/comparisonResults';
import type { ShownFigure, SurveyResults } from '@shared/results/surveyResults';
import type { NamedDifference } from '@shared/texts/comparisonTexts';
import { isShown } from '@shared/texts/format';

export interface ComparedRow {
  readonly id: string;
  readonly name: string;
  readonly figure: ShownFigure;
  readonly tier: NonNullable<ComparedUnits['tiers']>[number] | null;
  readonly ranks: ComparedUnits['ranks'][number];
  /** Positions of its groups in `groups`. */
  readonly groups: readonly number[];
}

/** Compared units in the order of the survey. */
export function comparedRows(
  results: SurveyResults,
  compared: ComparedUnits,
  nameOf: (code: string) => string,
): readonly ComparedRow[] {
  return results.units.flatMap(({ regionCode: id, literate }) => {
    const ranks = compared.ranks.find(({ regionCode }) => regionCode === id);
    if (ranks === undefined || !isShown(literate)) return [];
    const groups = (compared.groups ?? []).flatMap((group, index) => (group.includes(id) ? [index] : []));
    const tier = compared.tiers?.find(({ regionCode }) => regionCode === id) ?? null;
    return [{ id, name: nameOf(id), figure: literate, tier, ranks, groups }];
  });
}

const turned: Readonly<Record<Separation, Separation>> = {
  above: 'below',
  below: 'above',
  indistinguishable: 'indistinguishable',
  undecidable: 'undecidable',
};

/** The difference of two units in the direction asked for; null for a unit with itself or one not compared. */
export function differenceOf(compared: ComparedUnits, first: string, second: string): UnitDifference | null {
  for (const each of compared.differences) {
    if (each.first === first && each.second === second) return each;
    if (each.first !== second || each.second !== first) continue;
    const { interval, difference, statistic } = each;
    return {
      ...each,
      ...{ first, second, difference: -difference },
      statistic: statistic === null ? null : -statistic,
      interval: interval === null ? null : { lower: -interval.upper, upper: -interval.lower },
      separation: turned[each.separation],
    };
  }
  return null;
}

export const named = (difference: UnitDifference, nameOf: (code: string) => string): NamedDifference => ({
  ...difference,
  first: nameOf(difference.first),
  second: nameOf(difference.second),
});
