/**
 * Path to the plan's target for the region and its units, and the judgement where the start is comparable: an earlier
 * survey with the same instrument. A published start shows the path but is not judged against: it was measured by
 * another instrument and carries no error (statistics.md section 8: changes of instrument break the line).
 */
import type { PlanBaseline } from '../domain/plan';
import { judgeProgress, requiredShare, type PathScale, type Progress } from '../estimation/progress';
import type {
  ProgressReason,
  ProgressResults,
  ProgressStart,
  RegionProgress,
  RequiredPathResult,
} from '../results/progressResults';
import type { Figure } from '../results/surveyResults';
import type { AnalysisInput } from './analysisInput';
import { goalFor } from './analysisInput';
import { comparableWaves } from './change';
import { usableFigure, type EarlierWave, type JudgedTables } from './earlierWave';

/** One-sided level of the judgement on the way (statistics.md section 8). */
const limitLevel = 0.9;
const scales: readonly PathScale[] = ['logit', 'linear'];

interface Goal {
  readonly target: number;
  readonly targetYear: number;
}

interface Place {
  readonly regionCode: string;
  readonly figure: Figure;
  /** Figure of this place in an earlier survey. */
  readonly before: (wave: EarlierWave) => Figure | undefined;
  readonly published: PlanBaseline | null;
}

function publishedBaseline(input: AnalysisInput): PlanBaseline | null {
  const { plan, survey } = input;
  if (plan.regionCode !== survey.settings.regionCode) return null;
  return plan.baselines.filter(({ year }) => year !== null).at(-1) ?? null;
}

/** The earliest comparable survey, else what the plan publishes; null without either. */
function startOf(input: AnalysisInput, place: Place): ProgressStart | null {
  for (const wave of comparableWaves(input)) {
    const figure = usableFigure(place.before(wave));
    if (figure === null) continue;
    const { estimate: value, standardError } = figure;
    return { year: wave.year, value, standardError, source: 'earlierSurvey', name: wave.surveyName };
  }
  const { published } = place;
  if (published === null || published.year === null) return null;
  return {
    year: published.year,
    value: published.value / 100,
    standardError: null,
    source: 'published',
    name: published.wording,
  };
}

/** What stands in the way of a judgement, the weightiest first; null when nothing does. */
function reasonOf(input: AnalysisInput, place: Place, start: ProgressStart | null): ProgressReason | null {
  const { basis, year } = input.survey.settings;
  const { target, targetYear } = goalOf(input);
  const checks: readonly (readonly [boolean, ProgressReason])[] = [
    [place.figure.state === 'notSurveyed', 'notSurveyed'],
    [place.figure.state === 'suppressed', 'suppressed'],
    [year > targetYear, 'targetPassed'],
    [year === targetYear, 'targetYear'],
    [basis === 'nonprobability', 'nonprobability'],
    [input.isShortForm, 'shortForm'],
    [start === null, 'noBaseline'],
    [start !== null && start.year >= year, 'baselineNotEarlier'],
    [start !== null && start.value >= target, 'startAtTarget'],
    [isParentFigure(place, start), 'suspectedParentBaseline'],
    [start?.source === 'published', 'instrumentsDiffer'],
    [usableFigure(place.figure) === null, 'noInterval'],
  ];
  return checks.find(([holds]) => holds)?.[1] ?? null;
}

const isParentFigure = (place: Place, start: ProgressStart | null): boolean =>
  start?.source === 'published' && place.published?.flags.includes('suspectedParentFigure') === true;

function goalOf(input: AnalysisInput): Goal {
  const goal = goalFor(input.plan, input.survey.settings.year);
  return { target: goal.value / 100, targetYear: goal.year };
}

function judged(
  input: AnalysisInput,
  place: Place,
  start: ProgressStart,
): (scale: PathScale) => Progress | null {
  const current = usableFigure(place.figure);
  return (scale) => {
    if (current === null || start.standardError === null) return null;
    const found = judgeProgress({
      scale,
      baseline: { year: start.year, estimate: start.value, standardError: start.standardError },
      current: { year: input.survey.settings.year, ...current },
      ...goalOf(input),
      confidenceLevel: limitLevel,
    });
    return found.ok ? found.value : null;
  };
}

function pathOf(
  input: AnalysisInput,
  start: ProgressStart,
  at: { readonly scale: PathScale; readonly progress: Progress | null },
): RequiredPathResult | null {
  const { target, targetYear } = goalOf(input);
  // From a start at or above the target no way leads up to it: a falling path would ask for a decline.
  if (targetYear <= start.year || start.value >= target) return null;
  const { scale, progress } = at;
  const path = { scale, baselineYear: start.year, baseline: start.value, targetYear, target };
  const { year } = input.survey.settings;
  const isOnPath = year >= start.year && year <= targetYear;
  return {
    scale,
    points: Array.from({ length: targetYear - start.year + 1 }, (_, index) => ({
      year: start.year + index,
      required: requiredShare(path, start.year + index),
    })),
    required: isOnPath ? requiredShare(path, year) : null,
    judgement:
      progress === null
        ? null
        : {
            value: progress.judgement,
            distance: progress.distance,
            lowerLimit: progress.lowerLimit,
            upperLimit: progress.upperLimit,
            limitLevel,
            confidence: progress.confidence,
            projection: progress.projection,
            isFarProjection: progress.isFarProjection,
          },
  };
}

/** Shares a year from the estimate to the target; null without either. */
function neededYearly(input: AnalysisInput, figure: Figure): number | null {
  const { target, targetYear } = goalOf(input);
  const remaining = targetYear - input.survey.settings.year;
  const current = usableFigure(figure);
  return current === null || remaining <= 0 ? null : (target - current.estimate) / remaining;
}

function progressAt(input: AnalysisInput, place: Place): RegionProgress {
  const start = startOf(input, place);
  const reason = reasonOf(input, place, start);
  const judge = start === null || reason !== null ? () => null : judged(input, place, start);
  const byScale = scales.map((scale) => ({ scale, progress: judge(scale) }));
  const pace = byScale.find(({ scale }) => scale === 'linear')?.progress ?? null;
  return {
    regionCode: place.regionCode,
    start,
    paths: start === null ? [] : byScale.flatMap((each) => pathOf(input, start, each) ?? []),
    reason,
    achievedYearly: pace?.achievedYearly ?? null,
    achievedYearlyError: pace?.achievedYearlyError ?? null,
    neededYearly: neededYearly(input, place.figure),
  };
}

export function progressOf(input: AnalysisInput, tables: JudgedTables): ProgressResults {
  const { headline, units } = tables;
  const places: readonly Place[] = [
    {
      regionCode: headline.regionCode,
      figure: headline.literate,
      before: (wave) => wave.headline,
      published: publishedBaseline(input),
    },
    ...units.map(({ regionCode, literate }) => ({
      regionCode,
      figure: literate,
      before: (wave: EarlierWave) => wave.units.find((unit) => unit.regionCode === regionCode)?.literate,
      published: null,
    })),
  ];
  return { ...goalOf(input), regions: places.map((place) => progressAt(input, place)) };
}
