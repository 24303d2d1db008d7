/** The survey's own point beside published figures; the regime of each point tells where a line must break. */
import { nationalRegionCode, ancestryOf } from '../domain/region';
import { headlineSeries } from '../domain/publishedFigure';
import type { Figure, SurveyResults } from '../results/surveyResults';
import type { AnalysisInput } from './analysisInput';

type TrendSeries = SurveyResults['trend'][number];

function ownPoint(input: AnalysisInput, literate: Figure): TrendSeries['points'] {
  if (literate.state !== 'shown') return [];
  const { survey, instrument } = input;
  return [
    {
      year: survey.settings.year,
      value: literate.estimate * 100,
      regime: instrument.id,
      source: survey.settings.name,
      confidence: 'own',
      isOwn: true,
      lower: literate.interval === null ? null : literate.interval.lower * 100,
      upper: literate.interval === null ? null : literate.interval.upper * 100,
    },
  ];
}

/** Series of the survey's region and of the regions above it that have published figures. */
export function trendOf(input: AnalysisInput, literate: Figure): readonly TrendSeries[] {
  const { regionCode } = input.survey.settings;
  const above = ancestryOf(input.regions, regionCode).map((region) => region.code);
  const codes = [...new Set([regionCode, ...above, nationalRegionCode])];
  return codes.flatMap((code) => {
    const published = headlineSeries(input.figures, code).map((figure) => ({
      year: figure.year,
      value: figure.value,
      regime: figure.regime,
      source: figure.source,
      confidence: figure.confidence,
      isOwn: false,
      lower: null,
      upper: null,
    }));
    const points = [...published, ...(code === regionCode ? ownPoint(input, literate) : [])];
    const regionName = input.regions.regions.find((region) => region.code === code)?.name ?? code;
    return points.length === 0 ? [] : [{ regionCode: code, regionName, points }];
  });
}
