/** Rows of the progress and change tables: regions with something to show, their figures as text. */
import type {
  ChangeResults,
  PathJudgement,
  ProgressResults,
  RegionProgress,
} from '@shared/results/progressResults';
import type { Figure, SurveyResults } from '@shared/results/surveyResults';
import { formatInterval, formatShare, isShown, missingMark } from '@shared/texts/format';
import {
  changeReading,
  pathOf,
  pathScaleLabels,
  pointsText,
  progressLabels,
  pValueText,
  startText,
} from '@shared/texts/progressTexts';
import type { PathScaleName } from '@shared/texts/progressTexts';
import type { TrendPath } from '../../charts/trendTypes';

export interface ProgressRow {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly required: string;
  readonly estimate: string;
  readonly interval: string;
  readonly gap: string;
  readonly limits: string;
  /** Word of the judgement; a dash where nothing was judged. */
  readonly judgement: string;
  readonly tone: 'onTrack' | 'inconclusive' | 'behind' | null;
  readonly achieved: string;
  readonly needed: string;
}

const figureOf = (results: SurveyResults, code: string): Figure | null =>
  code === results.headline.regionCode
    ? results.headline.literate
    : (results.units.find((unit) => unit.regionCode === code)?.literate ?? null);

const orMissing = <T>(value: T | null | undefined, text: (value: T) => string): string =>
  value === null || value === undefined ? missingMark : text(value);
const yearly = (value: number | null): string => orMissing(value, (share) => pointsText(share, 2));

type JudgementCells = Pick<ProgressRow, 'gap' | 'limits' | 'judgement' | 'tone'>;

function judgementCells(judgement: PathJudgement | null): JudgementCells {
  return {
    gap: orMissing(judgement, ({ distance }) => pointsText(distance)),
    limits: orMissing(
      judgement,
      ({ lowerLimit, upperLimit }) => `${pointsText(lowerLimit)} 至 ${pointsText(upperLimit)}`,
    ),
    judgement: orMissing(judgement, ({ value }) => progressLabels[value]),
    tone: judgement?.value ?? null,
  };
}

function toRow(
  results: SurveyResults,
  region: RegionProgress,
  choice: { readonly scale: PathScaleName; readonly name: string },
): ProgressRow | null {
  const figure = figureOf(results, region.regionCode);
  if (figure === null || !isShown(figure) || figure.interval === null) return null;
  const path = pathOf(region, choice.scale);
  return {
    id: region.regionCode,
    name: choice.name,
    start: startText(region),
    required: orMissing(path?.required, (share) => formatShare(share)),
    estimate: formatShare(figure.estimate),
    interval: formatInterval(figure.interval.lower, figure.interval.upper),
    ...judgementCells(path?.judgement ?? null),
    achieved: yearly(region.achievedYearly),
    needed: orMissing(region.neededYearly, (share) => (share > 0 ? pointsText(share, 2) : '已达')),
  };
}

/** The region itself, then units that have a start of their own; a table of dashes helps nobody. */
export function progressRows(
  results: SurveyResults,
  scale: PathScaleName,
  regionName: (code: string) => string,
): readonly ProgressRow[] {
  return results.progress.regions.flatMap((region, index) => {
    if (index > 0 && region.start === null) return [];
    return toRow(results, region, { scale, name: regionName(region.regionCode) }) ?? [];
  });
}

/** The region's own path as a line of the trend chart; null without one. */
export function trendPathOf(progress: ProgressResults, scale: PathScaleName): TrendPath | null {
  const [region] = progress.regions;
  const path = region === undefined ? null : pathOf(region, scale);
  if (path === null) return null;
  return {
    name: `到 ${progress.targetYear} 年目标的${pathScaleLabels[scale]}`,
    points: path.points.map(({ year, required }) => ({ year, value: required * 100 })),
    endLabel: `目标 ${Number((progress.target * 100).toFixed(2))}%`,
  };
}

export interface ChangeTableRow {
  readonly id: string;
  readonly name: string;
  readonly earlier: string;
  readonly later: string;
  readonly difference: string;
  readonly interval: string;
  readonly pValue: string;
  readonly reading: string;
  readonly smallest: string;
}

export const changeRows = (
  change: ChangeResults,
  regionName: (code: string) => string,
): readonly ChangeTableRow[] =>
  change.rows.map((row) => ({
    id: row.regionCode,
    name: regionName(row.regionCode),
    earlier: formatShare(row.earlier),
    later: formatShare(row.later),
    difference: pointsText(row.difference),
    interval: `${pointsText(row.lower)} 至 ${pointsText(row.upper)}`,
    pValue: pValueText(row.pValue),
    reading: changeReading(row),
    smallest: (row.smallestDetectable * 100).toFixed(1),
  }));
