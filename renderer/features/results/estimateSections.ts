/** All figures of a survey in titled blocks: whole, units, groups, then tiers or dimensions. */
import type { SurveyResults } from '@shared/results/surveyResults';
import { groupingLabels } from '@shared/texts/labels';
import type { UnitWord } from '@shared/texts/unitWord';
import type { Instrument } from '../../stores/survey';
import { dimensionRows, groupRows, headlineRow, reportedGroupings, tierRows, unitRows } from './figureRows';
import type { FigureSection, Measure } from './figureRows';

export interface SectionChoice {
  readonly measure: Measure;
  readonly instrument: Instrument | null;
  readonly headlineName: string;
  readonly regionName: (code: string) => string;
  readonly unit: UnitWord;
}

export function estimateSections(results: SurveyResults, choice: SectionChoice): readonly FigureSection[] {
  const { measure, instrument, headlineName, regionName, unit } = choice;
  const details: readonly FigureSection[] =
    measure === 'share'
      ? [
          { title: '素质等级（累计，及以上）', rows: tierRows(results, instrument, 'atLeast') },
          { title: '素质等级（互斥，仅本级）', rows: tierRows(results, instrument, 'exclusive') },
        ]
      : [{ title: '维度', rows: dimensionRows(results, instrument) }];
  const groups = reportedGroupings(results).map((grouping) => ({
    title:
      grouping === 'keyGroup'
        ? `${groupingLabels[grouping]}（重叠分组，不可相加）`
        : groupingLabels[grouping],
    rows: groupRows(results, grouping, measure),
  }));
  return [
    { title: '总体', rows: [headlineRow(results, headlineName, measure)] },
    { title: unit, rows: unitRows(results, regionName, measure) },
    ...groups,
    ...details,
  ].filter((section) => section.rows.length > 0);
}
