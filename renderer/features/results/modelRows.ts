/** Raw and model-based shares side by side, in words, for the 达标 page. */
import type { EstimatedModelShares } from '@shared/results/modelBasedResults';
import type { Figure, SurveyResults } from '@shared/results/surveyResults';
import {
  formatFigureInterval,
  formatFigureShare,
  formatShare,
  isShown,
  missingMark,
} from '@shared/texts/format';
import { categoryLabel, groupingLabels } from '@shared/texts/labels';
import { respondentCountText } from '@shared/texts/smallCounts';
import { reportedGroupings } from './figureRows';

export interface ModelTableRow {
  readonly id: string;
  readonly name: string;
  readonly count: string;
  readonly raw: string;
  readonly rawInterval: string;
  readonly model: string;
  readonly modelInterval: string;
  readonly error: string;
  readonly missingInformation: string;
}

export interface ModelTableSection {
  readonly title: string;
  readonly rows: readonly ModelTableRow[];
}

export interface ModelTableNames {
  readonly regionName: (code: string) => string;
  readonly headline: string;
  readonly unit: string;
}

type ModelFigure = EstimatedModelShares['headline'];

function rowOf(id: string, name: string, raw: Figure, { figure, missingInformation }: ModelFigure) {
  const isCounted = raw.state !== 'notSurveyed' && raw.respondentCount !== null;
  return {
    id,
    name,
    count: isCounted ? respondentCountText(raw) : missingMark,
    raw: formatFigureShare(raw),
    rawInterval: formatFigureInterval(raw),
    model: formatFigureShare(figure),
    modelInterval: formatFigureInterval(figure),
    error: isShown(figure) ? formatShare(figure.standardError) : missingMark,
    missingInformation: missingInformation === null ? missingMark : formatShare(missingInformation, 0),
  };
}

function groupSections(results: SurveyResults, model: EstimatedModelShares): readonly ModelTableSection[] {
  return reportedGroupings(results).map((grouping) => ({
    title: groupingLabels[grouping],
    rows: results.groups.flatMap((group) => {
      const found = model.groups.find(
        (each) => each.grouping === group.grouping && each.category === group.category,
      );
      if (group.grouping !== grouping || found === undefined) return [];
      const id = `${grouping}:${group.category}`;
      return [rowOf(id, categoryLabel(grouping, group.category), group.literate, found)];
    }),
  }));
}

/** Empty while there is no model-based estimate. */
export function modelTableRows(results: SurveyResults, names: ModelTableNames): readonly ModelTableSection[] {
  const { modelBased, headline } = results;
  if (modelBased.state !== 'estimated') return [];
  const whole = rowOf(headline.regionCode, names.headline, headline.literate, modelBased.headline);
  const units = results.units.flatMap(({ regionCode, literate }) => {
    const found = modelBased.units.find((each) => each.regionCode === regionCode);
    return found === undefined ? [] : [rowOf(regionCode, names.regionName(regionCode), literate, found)];
  });
  return [
    { title: '', rows: [whole] },
    ...(units.length === 0 ? [] : [{ title: `各${names.unit}`, rows: units }]),
    ...groupSections(results, modelBased),
  ];
}
