/** Trend series of the results document with their words, ready to draw and to list. */
import type { SurveyResults } from '@shared/results/surveyResults';
import { isShown } from '@shared/texts/format';
import { regimeLabels } from '@shared/texts/labels';
import type { TrendLine } from '../../charts/trendTypes';

export const regimeLabel = (regime: string): string => regimeLabels[regime] ?? '口径不明';

export function trendLines(results: SurveyResults): readonly TrendLine[] {
  const { literate } = results.headline;
  const n = isShown(literate) ? literate.respondentCount : null;
  return results.trend.map((series, index) => ({
    id: series.regionCode,
    name: series.regionName,
    tone: index,
    points: [...series.points]
      .sort((a, b) => a.year - b.year || Number(a.isOwn) - Number(b.isOwn))
      .map((point) => ({ ...point, regimeLabel: regimeLabel(point.regime), n: point.isOwn ? n : null })),
  }));
}
