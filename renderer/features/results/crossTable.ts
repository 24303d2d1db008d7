/** Region × category cells of one grouping, in the order of the units and of the categories. */
import { groupingCategories } from '@shared/domain/groups';
import type { Grouping } from '@shared/domain/groups';
import type { Figure, SurveyResults } from '@shared/results/surveyResults';

export interface CrossRow {
  readonly regionCode: string;
  readonly cells: readonly Figure[];
}

export function crossRows(results: SurveyResults, grouping: Grouping): readonly CrossRow[] {
  const cells = new Map(
    results.cross
      .filter((cell) => cell.grouping === grouping)
      .map((cell) => [`${cell.regionCode}|${cell.category}`, cell.literate]),
  );
  return results.units.map(({ regionCode }) => ({
    regionCode,
    cells: groupingCategories[grouping].map(
      (category): Figure => cells.get(`${regionCode}|${category}`) ?? { state: 'notSurveyed' },
    ),
  }));
}

/** Largest upper limit among the cells: the common scale of their small intervals. */
export const crossScale = (rows: readonly CrossRow[]): number =>
  rows
    .flatMap((row) => row.cells)
    .reduce(
      (most, figure) =>
        figure.state === 'shown' ? Math.max(most, figure.interval?.upper ?? figure.estimate) : most,
      0.01,
    );
