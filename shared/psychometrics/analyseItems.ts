/**
 * Whole item analysis of a response matrix: design-weighted difficulty, classical statistics per booklet, Rasch and 2PL
 * calibration with the choice between them, fit, dependence, DIF and the flags F1-F11 they raise.
 */
import { fail, ok, type Result } from '../domain/result';
import { createSurveyDesign } from '../estimation/design/surveyDesign';
import type { Estimate } from '../estimation/estimateRecord';
import { bisectRoot } from '../numeric/bisection';
import { at } from '../numeric/typedArray';
import { classicalStatistics, type ClassicalStatistics } from './classical';
import { designWeightedDifficulty } from './designDifficulty';
import { analyseGroups, type GroupDif } from './dif/groupDif';
import { itemFit, type ItemFit } from './fit/itemFit';
import { localDependence, type DependentPair } from './fit/localDependence';
import { summedScoreFit, type SummedScoreFit } from './fit/summedScoreFit';
import { expectedAPosteriori, marginalReliability } from './irt/ability';
import { calibrateItems, type CalibratedItem, type Calibration } from './irt/calibrate';
import { preferredModel } from './irt/modelChoice';
import { logistic } from './irt/responseFunction';
import { flagThresholds, type ItemFlag } from './flagRules';
import { itemFlags } from './itemFlags';
import type { GroupColumn } from './responseTable';
import { bookletMatrix, bookletsOf, type Booklet, type ResponseMatrix } from './responses';

export interface ItemAnalysisInput {
  readonly matrix: ResponseMatrix;
  readonly groups: readonly GroupColumn[];
  readonly strata: readonly string[] | null;
  readonly psus: readonly string[] | null;
  /** auto: 2PL unless Rasch is within 10 of its BIC (question-bank-spec §3.2). */
  readonly model: 'auto' | '2PL' | 'Rasch';
}

export interface BookletAnalysis extends Omit<ClassicalStatistics, 'items'> {
  readonly itemIds: readonly string[];
}

export interface AnalysedItem {
  readonly itemId: string;
  readonly difficulty: Estimate;
  /** Mean over booklets, weighted by persons; null where none is large enough. */
  readonly itemRestCorrelation: number | null;
  readonly parameters: CalibratedItem;
  /** Rasch fit at maximum-likelihood abilities. */
  readonly raschFit: ItemFit;
  /** Of the calibrated model, in the largest booklet that holds the item. */
  readonly summedScoreFit: SummedScoreFit | null;
  readonly flags: readonly ItemFlag[];
}

export interface ItemAnalysis {
  readonly calibration: Omit<Calibration, 'items'>;
  readonly modelChoice: {
    readonly bicRasch: number;
    readonly bic2pl: number;
    readonly chosen: '2PL' | 'Rasch';
  };
  readonly marginalReliability: number;
  readonly booklets: readonly BookletAnalysis[];
  readonly meanQ3: number;
  /** Pairs with Q3* above the limit. */
  readonly dependentPairs: readonly DependentPair[];
  readonly dif: readonly GroupDif[];
  readonly items: readonly AnalysedItem[];
}

export type AnalysisProgress = (stage: string, fraction: number) => void;

/** A booklet with fewer persons says nothing about items. */
const smallestBooklet = 30;
/** S-X2 needs persons at every score. */
const smallestFitBooklet = 200;

function designDifficulty({ matrix, strata, psus }: ItemAnalysisInput): Result<readonly Estimate[]> {
  const rows = Array.from({ length: matrix.personCount }, (_, person) => String(person));
  const stages = strata === null && psus === null ? [] : [{ units: psus ?? rows, strata }];
  const weights = matrix.weights ?? new Float64Array(matrix.personCount).fill(1);
  const design = createSurveyDesign({ stages, weights });
  return design.ok ? designWeightedDifficulty(design.value, matrix) : design;
}

interface Calibrations {
  readonly rasch: Calibration;
  readonly chosen: Calibration;
  readonly choice: ItemAnalysis['modelChoice'];
}

function calibrateBoth(
  { matrix, model }: ItemAnalysisInput,
  progress: AnalysisProgress,
): Result<Calibrations> {
  const rasch = calibrateItems(matrix, {
    model: 'Rasch',
    progress: (share) => progress('calibrating', 0.4 * share),
  });
  if (!rasch.ok) return rasch;
  const full = calibrateItems(matrix, {
    model: '2PL',
    progress: (share) => progress('calibrating', 0.4 + 0.6 * share),
  });
  if (!full.ok) return full;
  const [bicRasch, bic2pl] = [rasch.value.bic, full.value.bic];
  const preferred = preferredModel(bicRasch, bic2pl);
  const chosen = model === 'auto' ? preferred : model;
  return ok({
    rasch: rasch.value,
    chosen: chosen === 'Rasch' ? rasch.value : full.value,
    choice: { bicRasch, bic2pl, chosen },
  });
}

/** Maximum-likelihood abilities in the Rasch metric by number right of the booklet; NaN for extreme scores. */
function raschAbilities(
  matrix: ResponseMatrix,
  booklets: readonly Booklet[],
  difficulties: Float64Array,
): Float64Array {
  const abilities = new Float64Array(matrix.personCount).fill(NaN);
  for (const { items, persons } of booklets) {
    const own = Array.from(items, (item) => at(difficulties, item));
    const known = new Map<number, number>();
    const thetaOf = (score: number): number => {
      if (score === 0 || score === own.length) return NaN;
      const found = known.get(score);
      if (found !== undefined) return found;
      const theta = bisectRoot((x) => own.reduce((sum, b) => sum + logistic(x - b), -score), -40, 40);
      known.set(score, theta);
      return theta;
    };
    for (const person of persons) {
      let score = 0;
      for (const item of items) score += matrix.values[person * matrix.itemIds.length + item] === 1 ? 1 : 0;
      abilities[person] = thetaOf(score);
    }
  }
  return abilities;
}

function raschFits(
  matrix: ResponseMatrix,
  booklets: readonly Booklet[],
  rasch: Calibration,
): readonly ItemFit[] {
  // In the Rasch metric the common slope is 1 and the difficulties are minus the intercepts.
  const difficulties = Float64Array.from(rasch.items, ({ d }) => -d);
  const items = Array.from(difficulties, (b) => ({ a: 1, b, c: 0 }));
  return itemFit(matrix, items, raschAbilities(matrix, booklets, difficulties));
}

interface BookletResults {
  readonly booklets: readonly BookletAnalysis[];
  readonly itemRest: ReadonlyMap<string, number>;
  readonly summedScores: ReadonlyMap<string, SummedScoreFit>;
}

/** Mean per item over booklets, weighted by persons. */
class PooledCorrelation {
  private readonly sums = new Map<string, { readonly sum: number; readonly weight: number }>();

  add(itemId: string, value: number | null, weight: number): void {
    if (value === null) return;
    const before = this.sums.get(itemId) ?? { sum: 0, weight: 0 };
    this.sums.set(itemId, { sum: before.sum + weight * value, weight: before.weight + weight });
  }

  means(): ReadonlyMap<string, number> {
    return new Map([...this.sums].map(([itemId, { sum, weight }]) => [itemId, sum / weight]));
  }
}

function bookletFit(
  own: ResponseMatrix,
  { items }: Booklet,
  calibration: Calibration,
): readonly SummedScoreFit[] {
  if (own.personCount < smallestFitBooklet) return [];
  const parameters = Array.from(items, (item) => calibration.items[item]).filter(
    (item) => item !== undefined,
  );
  const found = summedScoreFit(own, parameters, calibration.model === 'Rasch' ? 1 : 2);
  return found.filter((fit) => fit !== null);
}

/** Classical statistics and S-X2 of every booklet that is large enough, largest first. */
function analyseBooklets(
  matrix: ResponseMatrix,
  booklets: readonly Booklet[],
  calibration: Calibration,
): Result<BookletResults> {
  const found: BookletAnalysis[] = [];
  const pooled = new PooledCorrelation();
  const summedScores = new Map<string, SummedScoreFit>();
  const large = booklets
    .filter(({ items, persons }) => items.length > 1 && persons.length >= smallestBooklet)
    .sort((one, other) => other.persons.length - one.persons.length);
  for (const booklet of large) {
    const own = bookletMatrix(matrix, booklet);
    const statistics = classicalStatistics(own);
    if (!statistics.ok) return statistics;
    const { items, ...whole } = statistics.value;
    found.push({ itemIds: own.itemIds, ...whole });
    for (const { itemId, itemRestCorrelation } of items)
      pooled.add(itemId, itemRestCorrelation, own.personCount);
    for (const fit of bookletFit(own, booklet, calibration))
      if (!summedScores.has(fit.itemId)) summedScores.set(fit.itemId, fit);
  }
  return ok({ booklets: found, itemRest: pooled.means(), summedScores });
}

interface Parts extends BookletResults {
  readonly calibrations: Calibrations;
  readonly difficulties: readonly Estimate[];
  readonly raschFit: readonly ItemFit[];
  readonly dependentPairs: readonly DependentPair[];
  readonly dif: readonly GroupDif[];
}

function dependenceOf(pairs: readonly DependentPair[], itemId: string): { other: string; q3Star: number }[] {
  return pairs.flatMap(({ first, second, q3Star }) => {
    if (first === itemId) return [{ other: second, q3Star }];
    return second === itemId ? [{ other: first, q3Star }] : [];
  });
}

function analysedItem(parameters: CalibratedItem, index: number, parts: Parts): AnalysedItem[] {
  const { itemId } = parameters;
  const [difficulty, raschFit] = [parts.difficulties[index], parts.raschFit[index]];
  if (difficulty === undefined || raschFit === undefined) return [];
  const itemRestCorrelation = parts.itemRest.get(itemId) ?? null;
  const fit = parts.summedScores.get(itemId) ?? null;
  const flags = itemFlags({
    difficulty: difficulty.estimate,
    itemRestCorrelation,
    infit: raschFit.infit,
    summedScoreFit: fit,
    dependence: dependenceOf(parts.dependentPairs, itemId),
    dif: parts.dif.flatMap(({ label, isLargeEnough, items }) => {
      const found = items.find((item) => item.itemId === itemId)?.mantelHaenszel ?? null;
      return found === null || !isLargeEnough
        ? []
        : [{ variable: label, etsClass: found.etsClass, delta: found.delta }];
    }),
  });
  return [{ itemId, difficulty, itemRestCorrelation, parameters, raschFit, summedScoreFit: fit, flags }];
}

/**
 * Analyses all items. Failures: NO_RESPONDENTS, ITEM_WITHOUT_VARIATION {items}, those of the survey design.
 * Agrees part by part with R; see the parts.
 */
export function analyseItems(
  input: ItemAnalysisInput,
  progress: AnalysisProgress = () => undefined,
): Result<ItemAnalysis> {
  const { matrix } = input;
  if (matrix.personCount === 0) return fail('NO_RESPONDENTS');
  const difficulties = designDifficulty(input);
  if (!difficulties.ok) return difficulties;
  const calibrations = calibrateBoth(input, progress);
  if (!calibrations.ok) return calibrations;
  const { chosen, rasch, choice } = calibrations.value;
  progress('itemFit', 0);
  const booklets = bookletsOf(matrix).filter(({ items }) => items.length > 0);
  const perBooklet = analyseBooklets(matrix, booklets, chosen);
  if (!perBooklet.ok) return perBooklet;
  const scores = expectedAPosteriori(matrix, chosen.items);
  const { pairs, meanQ3 } = localDependence(matrix, chosen.items, scores.eap);
  progress('itemFit', 0.6);
  const dependentPairs = pairs.filter(({ q3Star }) => q3Star > flagThresholds.q3Star);
  const parts: Parts = {
    ...perBooklet.value,
    calibrations: calibrations.value,
    difficulties: difficulties.value,
    raschFit: raschFits(matrix, booklets, rasch),
    dependentPairs,
    dif: input.groups.flatMap((group) => analyseGroups(matrix, booklets, group)),
  };
  progress('itemFit', 1);
  const { items, ...calibration } = chosen;
  return ok({
    calibration,
    modelChoice: choice,
    marginalReliability: marginalReliability(scores),
    booklets: perBooklet.value.booklets,
    meanQ3,
    dependentPairs,
    dif: parts.dif,
    items: items.flatMap((item, index) => analysedItem(item, index, parts)),
  });
}
