/**
 * Classification on the summed score under IRT (Lee 2010): observed scores at each ability by the Lord-Wingersky
 * recursion, true score = expected score, integrated over a normal population in panels that end at the abilities of
 * the cuts. Agrees with R: cacIRT::class.Lee.
 */
import { ok, type Result } from '../../domain/result';
import { at } from '../../numeric/typedArray';
import { panelGrid, type LatentGrid, type NormalPopulation } from '../irt/latentGrid';
import { probabilityCorrect, thetaAtScore, type ScoredItem } from '../irt/responseFunction';
import { decisionQuality, kappaOf, type DecisionQuality } from './agreement';
import {
  scoreDistribution,
  scoreScale,
  sharesAtOrAbove,
  stepOfCut,
  type ScoreScale,
} from './scoreDistribution';

export interface CutClassification extends DecisionQuality {
  /** Points from which a person passes. */
  readonly cut: number;
  /** Ability whose expected score is the cut; null when no ability has it. */
  readonly theta: number | null;
  /** Share of the population with an observed score at or above the cut. */
  readonly observedShare: number;
  /** Share with a true score at or above the cut. */
  readonly trueShare: number;
}

export interface SummedScoreClassification {
  readonly scale: ScoreScale;
  /** P(score = x units) in the population. */
  readonly distribution: Float64Array;
  readonly trueScoreVariance: number;
  /** One entry per cut, in the order given. */
  readonly cuts: readonly CutClassification[];
  /** Agreement over all classes the cuts divide the scale into. */
  readonly overall: Pick<DecisionQuality, 'accuracy' | 'consistency' | 'kappa'>;
}

interface Cut {
  readonly cut: number;
  readonly theta: number;
  readonly step: number;
}

interface Conditional {
  readonly grid: LatentGrid;
  /** Per node: P(score >= cut) for every cut. */
  readonly passing: readonly Float64Array[];
  readonly distribution: Float64Array;
  readonly trueScoreVariance: number;
}

function conditionalOn(
  grid: LatentGrid,
  items: readonly ScoredItem[],
  scale: ScoreScale,
  cuts: readonly Cut[],
): Conditional {
  const distribution = new Float64Array(scale.steps + 1);
  const steps = cuts.map(({ step }) => step);
  const passing: Float64Array[] = [];
  let [first, second] = [0, 0];
  grid.nodes.forEach((theta, node) => {
    const probabilities = items.map((item) => probabilityCorrect(item, theta));
    const scores = scoreDistribution(probabilities, scale);
    const weight = at(grid.weights, node);
    const trueScore = items.reduce((sum, item, k) => sum + item.points * (probabilities[k] ?? 0), 0);
    first += weight * trueScore;
    second += weight * trueScore * trueScore;
    for (let x = 0; x <= scale.steps; x++) distribution[x] = at(distribution, x) + weight * at(scores, x);
    passing.push(sharesAtOrAbove(scores, steps));
  });
  return { grid, passing, distribution, trueScoreVariance: second - first * first };
}

function classifyCut({ grid, passing }: Conditional, { cut, theta }: Cut, index: number): CutClassification {
  const pass = Float64Array.from(passing, (each) => at(each, index));
  const isAbove = (node: number): boolean => at(grid.nodes, node) >= theta;
  const sum = (value: (node: number) => number): number =>
    grid.weights.reduce((total, weight, node) => total + weight * value(node), 0);
  return {
    cut,
    theta: Number.isFinite(theta) ? theta : null,
    observedShare: sum((node) => at(pass, node)),
    trueShare: sum((node) => (isAbove(node) ? 1 : 0)),
    ...decisionQuality(grid.weights, pass, isAbove),
  };
}

/** Probabilities of the classes between ascending cuts, from P(score >= cut). */
const classesOf = (passing: Float64Array): number[] =>
  Array.from(
    { length: passing.length + 1 },
    (_, k) => (k === 0 ? 1 : at(passing, k - 1)) - (k < passing.length ? at(passing, k) : 0),
  );

function overallAgreement(
  { grid, passing }: Conditional,
  cuts: readonly Cut[],
): SummedScoreClassification['overall'] {
  let [accuracy, consistency] = [0, 0];
  const marginal = new Float64Array(cuts.length + 1);
  passing.forEach((pass, node) => {
    const [weight, classes] = [at(grid.weights, node), classesOf(pass)];
    const trueClass = cuts.filter(({ theta }) => at(grid.nodes, node) >= theta).length;
    accuracy += weight * (classes[trueClass] ?? 0);
    classes.forEach((share, k) => {
      consistency += weight * share * share;
      marginal[k] = at(marginal, k) + weight * share;
    });
  });
  return {
    accuracy,
    consistency,
    kappa: kappaOf(
      consistency,
      marginal.reduce((sum, share) => sum + share * share, 0),
    ),
  };
}

/**
 * Accuracy and consistency of every cut of a form in a normal population. A score equal to the cut passes; cuts are
 * in points and ascending. Fails with INVALID_INPUT when the points have no common unit.
 */
export function classifySummedScores(
  items: readonly ScoredItem[],
  cuts: readonly number[],
  population: NormalPopulation,
): Result<SummedScoreClassification> {
  const scale = scoreScale(items.map(({ points }) => points));
  if (!scale.ok) return scale;
  const placed = cuts.map((cut): Cut => ({
    cut,
    theta: thetaAtScore(items, cut),
    step: stepOfCut(scale.value, cut),
  }));
  const grid = panelGrid(
    population,
    placed.map(({ theta }) => theta),
  );
  const conditional = conditionalOn(grid, items, scale.value, placed);
  return ok({
    scale: scale.value,
    distribution: conditional.distribution,
    trueScoreVariance: conditional.trueScoreVariance,
    cuts: placed.map((cut, index) => classifyCut(conditional, cut, index)),
    overall: overallAgreement(conditional, placed),
  });
}
