/**
 * Item analysis of one survey: its complete cases, the items of its form and the survey's own design go in, what the
 * items are worth comes out. Definitions: question-bank-spec §3.6; statistics: `shared/psychometrics`.
 */
import type { BankItem } from '../assessment/bank';
import { fail, ok, type Result } from '../domain/result';
import type { Estimate } from '../estimation/estimateRecord';
import { median } from '../numeric/median';
import {
  analyseItems,
  type AnalysedItem,
  type AnalysisProgress,
  type ItemAnalysis,
} from '../psychometrics/analyseItems';
import { classicalStatistics, type ClassicalStatistics } from '../psychometrics/classical';
import { designWeightedDifficulty } from '../psychometrics/designDifficulty';
import { itemFlagCodes, itemFlags, type ItemFlag } from '../psychometrics/itemFlags';
import { optionStatistics } from '../psychometrics/options';
import { guessingProbability } from '../psychometrics/outlookItem';
import type { GroupColumn } from '../psychometrics/responseTable';
import { rawScores, type ResponseMatrix } from '../psychometrics/responses';
import type {
  AnalysedItems,
  AnalysedOption,
  AnalysedSurveyItem,
  ItemAnalysisResults,
} from '../results/itemAnalysisResults';
import { isAnalysed, type AnalysedRow, type AnalysisInput } from './analysisInput';
import { itemGroups } from './itemGroups';
import { itemResponses, type ItemResponses } from './itemResponses';
import { missingRates } from './missingRates';
import { sampleDesign } from './sampleDesign';

export interface SurveyItemsInput {
  /** Rows with their answers. */
  readonly analysis: AnalysisInput;
  /** Items in form order, keys in force. */
  readonly items: readonly BankItem[];
  /** Seconds on screen of each timed answer, by item id. */
  readonly seconds: Readonly<Record<string, readonly number[]>>;
}

/** Below this nothing is said of items (question-bank-spec §3.6). */
export const fewestRespondents = 100;
/** A median of fewer times says nothing. */
const fewestTimes = 30;

interface Prepared {
  readonly input: SurveyItemsInput;
  readonly rows: readonly AnalysedRow[];
  readonly responses: readonly ItemResponses[];
  readonly matrix: ResponseMatrix;
  readonly groups: readonly GroupColumn[];
  readonly weights: Float64Array;
  readonly difficulties: readonly Estimate[];
}

function matrixOf(responses: readonly ItemResponses[], weights: Float64Array): ResponseMatrix {
  const values = new Uint8Array(weights.length * responses.length);
  responses.forEach(({ right }, column) =>
    right.forEach((value, person) => (values[person * responses.length + column] = value)),
  );
  return { itemIds: responses.map(({ item }) => item.id), personCount: weights.length, values, weights };
}

function prepare(input: SurveyItemsInput, rows: readonly AnalysedRow[]): Result<Prepared> {
  const built = sampleDesign(rows, input.analysis);
  if (!built.ok) return built;
  const { design } = built.value;
  const responses: ItemResponses[] = [];
  for (const item of input.items) {
    const found = itemResponses(item, rows, input.analysis.isTrialBank);
    if (!found.ok) return found;
    responses.push(found.value);
  }
  const matrix = matrixOf(responses, design.weights);
  const difficulties = designWeightedDifficulty(design, matrix);
  if (!difficulties.ok) return difficulties;
  const { weights } = design;
  return ok({
    input,
    rows,
    responses,
    matrix,
    groups: itemGroups(rows),
    weights,
    difficulties: difficulties.value,
  });
}

/** The part of the analysis that needs items some got right and some did not. */
function analyseVarying({ responses, weights, groups }: Prepared, progress: AnalysisProgress) {
  const varying = responses.filter(({ right }) => right.includes(0) && right.includes(1));
  if (varying.length < 2)
    return fail('ITEM_WITHOUT_VARIATION', { items: responses.map(({ item }) => item.id).join('、') });
  const matrix = matrixOf(varying, weights);
  return analyseItems({ matrix, groups, strata: null, psus: null, model: 'auto' }, progress);
}

function optionsOf({ responses, matrix, weights }: Prepared, index: number): AnalysedOption[] {
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
  },
): ItemFlag[] {
  const { difficulty, options, medianSeconds, calibrated } = evidence;
  const own = itemFlags({
    difficulty,
    guessingProbability: guessingProbability(one.item),
    // Right and wrong are no key and distractor: only the rates of missing answers are judged there.
    options: options
      .filter(({ role }) => one.basis === 'choices' || (role !== 'key' && role !== 'distractor'))
      .map((option) => ({ ...option, meanRestScore: null })),
    time: medianSeconds === null ? undefined : { medianSeconds, plannedSeconds: one.item.time_sec },
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

type Judged = Pick<AnalysedSurveyItem, 'itemRestCorrelation' | 'infit' | 'outfit'>;

/** A mean square over nobody (all scores extreme) is no number. */
const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** What needs variation; null without. */
function judgedOf(calibrated: AnalysedItem | undefined): Judged {
  if (calibrated === undefined) return { itemRestCorrelation: null, infit: null, outfit: null };
  const { itemRestCorrelation, raschFit } = calibrated;
  const { infit, outfit } = raschFit;
  return { itemRestCorrelation, infit: finiteOrNull(infit), outfit: finiteOrNull(outfit) };
}

function timing(seconds: readonly number[] = []): Pick<AnalysedSurveyItem, 'medianSeconds' | 'timedCount'> {
  const isEnough = seconds.length >= fewestTimes;
  return { medianSeconds: isEnough ? median(Float64Array.from(seconds)) : null, timedCount: seconds.length };
}

const shareOf = (options: readonly AnalysedOption[], role: AnalysedOption['role']): number =>
  options.find((option) => option.role === role)?.share ?? 0;

function itemOf(prepared: Prepared, analysis: ItemAnalysis, index: number): AnalysedSurveyItem[] {
  const [one, difficulty] = [prepared.responses[index], prepared.difficulties[index]];
  if (one === undefined || difficulty === undefined) return [];
  const { item, basis } = one;
  const calibrated = analysis.items.find(({ itemId }) => itemId === item.id);
  const options = optionsOf(prepared, index);
  const times = timing(prepared.input.seconds[item.id]);
  return [
    {
      itemId: item.id,
      position: index + 1,
      stem: basis === 'restricted' ? null : item.stem,
      difficulty: difficulty.estimate,
      difficultyError: difficulty.standardError,
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
      }),
    },
  ];
}

function documentOf(prepared: Prepared, analysis: ItemAnalysis, whole: ClassicalStatistics): AnalysedItems {
  const { analysis: survey } = prepared.input;
  const analysed = new Set(analysis.items.map(({ itemId }) => itemId));
  return {
    state: 'analysed',
    computedAt: survey.computedAt,
    dataFingerprint: survey.dataFingerprint,
    respondentCount: prepared.rows.length,
    test: {
      itemCount: prepared.responses.length,
      mean: whole.mean,
      standardDeviation: whole.standardDeviation,
      alpha: whole.alpha,
      standardErrorOfMeasurement: whole.standardErrorOfMeasurement,
      model: analysis.modelChoice.chosen,
      meanQ3: analysis.meanQ3,
    },
    withoutVariation: prepared.matrix.itemIds.filter((itemId) => !analysed.has(itemId)),
    dependentPairs: analysis.dependentPairs.map((pair) => ({ ...pair })),
    smallDifGroups: analysis.dif.filter(({ isLargeEnough }) => !isLargeEnough).map(({ label }) => label),
    items: prepared.responses.flatMap((_, index) => itemOf(prepared, analysis, index)),
  };
}

/** Share of the whole time that calibration takes, so that the bar never runs backwards. */
const calibrationShare = 0.8;

const wholeProgress =
  (progress: AnalysisProgress): AnalysisProgress =>
  (stage, fraction) =>
    progress(
      stage,
      stage === 'calibrating'
        ? calibrationShare * fraction
        : calibrationShare + (1 - calibrationShare) * fraction,
    );

/**
 * Everybody answers the same form, so a blank is a 0 and never missing by design. Difficulty and its error follow the
 * survey's design; calibration, fit and option shares use its weights; extreme groups, curves and DIF count persons.
 * Failures: those of `sampleDesign`, `scoreItem` and `analyseItems`; ITEM_WITHOUT_VARIATION when fewer than two items vary.
 */
export function analyseSurveyItems(
  input: SurveyItemsInput,
  progress: AnalysisProgress = () => undefined,
): Result<ItemAnalysisResults> {
  const rows = input.analysis.rows.filter(isAnalysed);
  if (rows.length < fewestRespondents)
    return ok({ state: 'tooFew', respondentCount: rows.length, needed: fewestRespondents });
  const prepared = prepare(input, rows);
  if (!prepared.ok) return prepared;
  const whole = classicalStatistics(prepared.value.matrix);
  if (!whole.ok) return whole;
  const analysis = analyseVarying(prepared.value, wholeProgress(progress));
  return analysis.ok ? ok(documentOf(prepared.value, analysis.value, whole.value)) : analysis;
}
