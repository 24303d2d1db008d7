/**
 * Item analysis of one survey: its complete cases, the items of its form and the survey's own design go in, what the
 * items are worth comes out. Definitions: question-bank-spec §3.6; statistics: `shared/psychometrics`.
 */
import type { BankItem } from '../assessment/bank';
import { fail, ok, type Result } from '../domain/result';
import { analyseItems, type AnalysisProgress } from '../psychometrics/analyseItems';
import { classicalStatistics } from '../psychometrics/classical';
import { designWeightedDifficulty } from '../psychometrics/designDifficulty';
import { dimensionalityOf } from '../psychometrics/dimensionality';
import type { ResponseMatrix } from '../psychometrics/responses';
import { subScoreValues } from '../psychometrics/subScores';
import type { AnalysedItems, ItemAnalysisResults } from '../results/itemAnalysisResults';
import { analysedItem, currentItems, type ItemEvidenceTables, type PreparedItems } from './analysedItem';
import { isAnalysed, type AnalysedRow, type AnalysisInput } from './analysisInput';
import { itemGroups } from './itemGroups';
import { itemResponses, type ItemResponses } from './itemResponses';
import { itemWaves, type EarlierItemAnalysis } from './itemWaves';
import { sampleDesign } from './sampleDesign';

export interface SurveyItemsInput {
  /** Rows with their answers. */
  readonly analysis: AnalysisInput;
  /** Items in form order, keys in force. */
  readonly items: readonly BankItem[];
  /** Seconds on screen of each timed answer, by item id. */
  readonly seconds: Readonly<Record<string, readonly number[]>>;
  /** Stored item analyses of earlier surveys with the same instrument. */
  readonly earlier: readonly EarlierItemAnalysis[];
  /** Whether the document may name stems, options and keys. */
  readonly showsContent: boolean;
}

/** Below this nothing is said of items (question-bank-spec §3.6). */
export const fewestRespondents = 100;

function matrixOf(responses: readonly ItemResponses[], weights: Float64Array): ResponseMatrix {
  const values = new Uint8Array(weights.length * responses.length);
  responses.forEach(({ right }, column) =>
    right.forEach((value, person) => (values[person * responses.length + column] = value)),
  );
  return { itemIds: responses.map(({ item }) => item.id), personCount: weights.length, values, weights };
}

function prepare(input: SurveyItemsInput, rows: readonly AnalysedRow[]): Result<PreparedItems> {
  const built = sampleDesign(rows, input.analysis);
  if (!built.ok) return built;
  const { design } = built.value;
  const responses: ItemResponses[] = [];
  for (const item of input.items) {
    const found = itemResponses(item, rows, input.showsContent);
    if (!found.ok) return found;
    responses.push(found.value);
  }
  const matrix = matrixOf(responses, design.weights);
  const difficulties = designWeightedDifficulty(design, matrix);
  if (!difficulties.ok) return difficulties;
  const { weights } = design;
  return ok({
    rows,
    responses,
    matrix,
    groups: itemGroups(rows),
    weights,
    difficulties: difficulties.value,
    seconds: input.seconds,
  });
}

/** The items some got right and some did not: what calibration, dependence and dimensions need. */
function varyingMatrix({ responses, weights }: PreparedItems): Result<ResponseMatrix> {
  const varying = responses.filter(({ right }) => right.includes(0) && right.includes(1));
  return varying.length < 2
    ? fail('ITEM_WITHOUT_VARIATION', { items: responses.map(({ item }) => item.id).join('、') })
    : ok(matrixOf(varying, weights));
}

function subScoresOf(
  { analysis: { instrument } }: SurveyItemsInput,
  { responses, matrix }: PreparedItems,
): Result<AnalysedItems['subScores']> {
  const sets = instrument.dimensions.map(({ id, itemDimensions }) => ({
    id,
    itemIds: responses
      .filter(({ item }) => itemDimensions.includes(item.dimension))
      .map(({ item }) => item.id),
  }));
  const found = subScoreValues(matrix, sets);
  if (!found.ok) return found;
  const labels = new Map(instrument.dimensions.map(({ id, label }) => [id, label]));
  return ok(found.value.map((each) => ({ ...each, label: labels.get(each.id) ?? each.id })));
}

interface Whole extends ItemEvidenceTables {
  readonly varying: ResponseMatrix;
  readonly subScores: AnalysedItems['subScores'];
}

function testOf(prepared: PreparedItems, { analysis, whole, varying }: Whole): AnalysedItems['test'] {
  return {
    itemCount: prepared.responses.length,
    weightTotal: prepared.weights.reduce((sum, weight) => sum + weight, 0),
    mean: whole.mean,
    standardDeviation: whole.standardDeviation,
    alpha: whole.alpha,
    standardErrorOfMeasurement: whole.standardErrorOfMeasurement,
    model: analysis.modelChoice.chosen,
    hasConverged: analysis.calibration.convergence.hasConverged,
    marginalReliability: analysis.marginalReliability,
    meanQ3: analysis.meanQ3,
    dimensionality: dimensionalityOf(varying),
  };
}

function documentOf(survey: AnalysisInput, prepared: PreparedItems, found: Whole): AnalysedItems {
  const { analysis } = found;
  const analysed = new Set(analysis.items.map(({ itemId }) => itemId));
  return {
    state: 'analysed',
    computedAt: survey.computedAt,
    dataFingerprint: survey.dataFingerprint,
    applicationVersion: survey.applicationVersion,
    respondentCount: prepared.rows.length,
    test: testOf(prepared, found),
    subScores: found.subScores,
    withoutVariation: prepared.matrix.itemIds.filter((itemId) => !analysed.has(itemId)),
    dependentPairs: analysis.dependentPairs.map((pair) => ({ ...pair })),
    smallDifGroups: analysis.dif.filter(({ isLargeEnough }) => !isLargeEnough).map(({ label }) => label),
    waves: [...found.waves],
    items: prepared.responses.flatMap((_, index) => analysedItem(prepared, found, index)),
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
 * survey's design; calibration, fit, sub-scores and option shares use its weights; extreme groups, curves and DIF count
 * persons.
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
  const subScores = subScoresOf(input, prepared.value);
  if (!subScores.ok) return subScores;
  const varying = varyingMatrix(prepared.value);
  if (!varying.ok) return varying;
  const { groups } = prepared.value;
  const analysis = analyseItems(
    { matrix: varying.value, groups, strata: null, psus: null, model: 'auto' },
    wholeProgress(progress),
  );
  if (!analysis.ok) return analysis;
  const found: Whole = {
    analysis: analysis.value,
    whole: whole.value,
    varying: varying.value,
    subScores: subScores.value,
    waves: itemWaves(currentItems(prepared.value, analysis.value), input.earlier),
  };
  return ok(documentOf(input.analysis, prepared.value, found));
}
