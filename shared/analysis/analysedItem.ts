/** One item of the item analysis: its figures, option table, comparisons of groups and flags. */
import type { Estimate } from '../estimation/estimateRecord';
import { median } from '../numeric/median';
import type { AnalysedItem, ItemAnalysis } from '../psychometrics/analyseItems';
import type { ClassicalStatistics } from '../psychometrics/classical';
import { itemFlagCodes, type ItemFlag } from '../psychometrics/flagRules';
import { itemFlags, type WaveEvidence } from '../psychometrics/itemFlags';
import { optionStatistics } from '../psychometrics/options';
import { guessingProbability } from '../psychometrics/outlookItem';
import type { GroupColumn } from '../psychometrics/responseTable';
import { rawScores, type ResponseMatrix } from '../psychometrics/responses';
import type { AnalysedOption, AnalysedSurveyItem } from '../results/itemAnalysisResults';
import type { ItemWave } from '../results/itemWaveResults';
import type { AnalysedRow } from './analysisInput';
import type { ItemResponses } from './itemResponses';
import { waveEvidence, type CurrentItem } from './itemWaves';
import { missingRates } from './missingRates';

/** Answers of all analysed rows with what the survey's design says of them. */
export interface PreparedItems {
  readonly rows: readonly AnalysedRow[];
  readonly responses: readonly ItemResponses[];
  readonly matrix: ResponseMatrix;
  readonly groups: readonly GroupColumn[];
  readonly weights: Float64Array;
  readonly difficulties: readonly Estimate[];
  /** Seconds on screen of each timed answer, by item id. */
  readonly seconds: Readonly<Record<string, readonly number[]>>;
}

/** Everything computed over all items before any item is written. */
export interface ItemEvidenceTables {
  readonly analysis: ItemAnalysis;
  readonly whole: ClassicalStatistics;
  readonly waves: readonly ItemWave[];
}

/** A median of fewer times says nothing. */
const fewestTimes = 30;

function optionsOf({ responses, matrix, weights }: PreparedItems, index: number): AnalysedOption[] {
  const found = responses[index];
  if (found === undefined) return [];
  const scores = rawScores(matrix);
  const { options, chosen, right } = found;
  const restScores = scores.map((score, person) => score - (right[person] ?? 0));
  const texts = new Map(options.map(({ code, text }) => [code, text]));
  const plain = options.map(({ code, role }) => ({ code, role }));
  return optionStatistics({ options: plain, chosen, restScores, weights }).map(
    ({ code, role, share, topShare, bottomShare, pointBiserial, curve }) => ({
      code,
      text: texts.get(code) ?? code,
      role,
      share,
      topShare,
      bottomShare,
      pointBiserial,
      curve: [...curve],
    }),
  );
}

/** Flags of the calibration and of what only the answers show; F1 is judged again with the chance of guessing. */
function flagsOf(
  one: ItemResponses,
  evidence: {
    readonly difficulty: number;
    readonly options: readonly AnalysedOption[];
    readonly medianSeconds: number | null;
    readonly calibrated: readonly ItemFlag[];
    readonly waves: readonly WaveEvidence[];
  },
): ItemFlag[] {
  const { difficulty, options, medianSeconds, calibrated, waves } = evidence;
  const own = itemFlags({
    difficulty,
    guessingProbability: guessingProbability(one.item),
    // Right and wrong are no key and distractor: only the rates of missing answers are judged there.
    options: options
      .filter(({ role }) => one.basis === 'choices' || (role !== 'key' && role !== 'distractor'))
      .map((option) => ({ ...option, meanRestScore: null })),
    time: medianSeconds === null ? undefined : { medianSeconds, plannedSeconds: one.item.time_sec },
    waves,
  });
  const place = ({ code }: ItemFlag): number => itemFlagCodes.indexOf(code);
  return [...own, ...calibrated.filter(({ code }) => code !== 'F1')].sort((a, b) => place(a) - place(b));
}

function difRows(analysis: ItemAnalysis, itemId: string): AnalysedSurveyItem['dif'] {
  return analysis.dif
    .filter(({ isLargeEnough }) => isLargeEnough)
    .flatMap(({ label, referenceCount, focalCount, items }) => {
      const found = items.find((item) => item.itemId === itemId);
      if (found === undefined) return [];
      const { mantelHaenszel, logistic } = found;
      return [
        {
          label,
          referenceCount,
          focalCount,
          delta: mantelHaenszel?.delta ?? null,
          etsClass: mantelHaenszel?.etsClass ?? null,
          rSquaredGain: logistic?.rSquaredGain ?? null,
          effectClass: logistic?.effectClass ?? null,
        },
      ];
    });
}

type Judged = Pick<
  AnalysedSurveyItem,
  'itemRestCorrelation' | 'infit' | 'outfit' | 'parameters' | 'summedScoreFit'
>;

/** A mean square over nobody (all scores extreme) is no number. */
const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function parametersOf({ parameters }: AnalysedItem): AnalysedSurveyItem['parameters'] {
  const { a, b, standardErrors } = parameters;
  return { a, b, aError: standardErrors.a, bError: standardErrors.b };
}

function summedScoreFitOf({ summedScoreFit }: AnalysedItem): AnalysedSurveyItem['summedScoreFit'] {
  if (summedScoreFit === null) return null;
  const { statistic, degreesOfFreedom, pValue, rmsea } = summedScoreFit;
  return { statistic, degreesOfFreedom, pValue, rmsea };
}

/** What needs variation; null without. */
function judgedOf(calibrated: AnalysedItem | undefined): Judged {
  if (calibrated === undefined)
    return { itemRestCorrelation: null, infit: null, outfit: null, parameters: null, summedScoreFit: null };
  const { itemRestCorrelation, raschFit } = calibrated;
  return {
    itemRestCorrelation,
    infit: finiteOrNull(raschFit.infit),
    outfit: finiteOrNull(raschFit.outfit),
    parameters: parametersOf(calibrated),
    summedScoreFit: summedScoreFitOf(calibrated),
  };
}

type Difficulty = Pick<
  AnalysedSurveyItem,
  'difficulty' | 'difficultyError' | 'difficultyLower' | 'difficultyUpper' | 'degreesOfFreedom'
>;

const difficultyOf = ({ estimate, standardError, interval, degreesOfFreedom }: Estimate): Difficulty => ({
  difficulty: estimate,
  difficultyError: standardError,
  difficultyLower: interval?.lower ?? null,
  difficultyUpper: interval?.upper ?? null,
  degreesOfFreedom,
});

function timing(seconds: readonly number[] = []): Pick<AnalysedSurveyItem, 'medianSeconds' | 'timedCount'> {
  const isEnough = seconds.length >= fewestTimes;
  return { medianSeconds: isEnough ? median(Float64Array.from(seconds)) : null, timedCount: seconds.length };
}

const shareOf = (options: readonly AnalysedOption[], role: AnalysedOption['role']): number =>
  options.find((option) => option.role === role)?.share ?? 0;

/** The items as they are compared with earlier surveys, in form order. */
export const currentItems = (prepared: PreparedItems, analysis: ItemAnalysis): readonly CurrentItem[] =>
  prepared.responses.flatMap(({ item }, index) => {
    const difficulty = prepared.difficulties[index];
    if (difficulty === undefined) return [];
    const calibrated = analysis.items.find(({ itemId }) => itemId === item.id);
    return [
      {
        itemId: item.id,
        itemVersion: item.version,
        position: index + 1,
        difficulty,
        parameters: calibrated === undefined ? null : parametersOf(calibrated),
        medianSeconds: timing(prepared.seconds[item.id]).medianSeconds,
      },
    ];
  });

/** The document of the item at a place of the form; none when the place is empty. */
export function analysedItem(
  prepared: PreparedItems,
  { analysis, whole, waves }: ItemEvidenceTables,
  index: number,
): AnalysedSurveyItem[] {
  const [one, difficulty] = [prepared.responses[index], prepared.difficulties[index]];
  if (one === undefined || difficulty === undefined) return [];
  const { item, basis } = one;
  const calibrated = analysis.items.find(({ itemId }) => itemId === item.id);
  const options = optionsOf(prepared, index);
  const times = timing(prepared.seconds[item.id]);
  return [
    {
      itemId: item.id,
      itemVersion: item.version,
      position: index + 1,
      stem: basis === 'restricted' ? null : item.stem,
      ...difficultyOf(difficulty),
      alphaIfDeleted: whole.items[index]?.alphaIfDeleted ?? null,
      ...judgedOf(calibrated),
      optionBasis: basis,
      options,
      dontKnow: shareOf(options, 'dontKnow'),
      blank: shareOf(options, 'blank'),
      missingRates: missingRates(one, prepared.groups, prepared.weights),
      ...times,
      dif: difRows(analysis, item.id),
      flags: flagsOf(one, {
        difficulty: difficulty.estimate,
        options,
        medianSeconds: times.medianSeconds,
        calibrated: calibrated?.flags ?? [],
        waves: waveEvidence(waves, item.id),
      }),
    },
  ];
}
