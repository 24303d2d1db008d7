/**
 * What a form promises before anybody has answered it: from prior or calibrated item parameters and a design
 * population theta ~ N(mean, standardDeviation^2). Planning values, never survey results.
 * Sources: Lord & Wingersky (1984), Lee (2010), Kuder & Richardson (1937), question-bank-spec §3.7.
 */
import { fail, ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import type { DecisionQuality } from './classification/agreement';
import type { CutClassification, SummedScoreClassification } from './classification/lee';
import { classifySummedScores } from './classification/lee';
import { livingstonLewis } from './classification/livingstonLewis';
import {
  scoreDistribution,
  sharesAtOrAbove,
  stepOfCut,
  type ScoreScale,
} from './classification/scoreDistribution';
import { panelGrid, type NormalPopulation } from './irt/latentGrid';
import {
  probabilityCorrect,
  testInformation,
  type ItemParameters,
  type ScoredItem,
} from './irt/responseFunction';

export interface OutlookItem extends ScoredItem {
  /** Probability that someone who guesses blindly is right (.5 for a statement, .25 for four options). */
  readonly guessingProbability: number;
  /** Planned answering time in seconds. */
  readonly seconds: number;
}

/** A level of the instrument and the points from which it is reached. */
export interface ScoreCut {
  readonly id: string;
  readonly score: number;
}

export interface CutOutlook extends CutClassification {
  readonly id: string;
  /** P(score >= cut) of a person who guesses every item and never says 不知道. */
  readonly guessPassProbability: number;
  /** Standard error of measurement, in points, of persons exactly at the cut; null without such an ability. */
  readonly conditionalStandardError: number | null;
  /**
   * The same judged from expected scores and KR-20 alone (Livingston & Lewis 1995), beside Lee's figures as a check;
   * null where KR-20 is not between 0 and 1.
   */
  readonly livingstonLewis: Pick<DecisionQuality, 'accuracy' | 'consistency'> | null;
}

export interface InformationPoint {
  readonly theta: number;
  readonly information: number;
  /** 1 / sqrt(information): standard error of an ability estimate there. */
  readonly standardError: number;
}

export interface FormOutlook {
  readonly itemCount: number;
  readonly maximumScore: number;
  readonly minutes: number;
  readonly population: NormalPopulation;
  /** Points. */
  readonly expectedScore: { readonly mean: number; readonly standardDeviation: number };
  /** Every reachable score with its probability and the share at or above it. */
  readonly scoreDistribution: readonly {
    readonly score: number;
    readonly probability: number;
    readonly atOrAbove: number;
  }[];
  readonly reliability: {
    /** Expected KR-20 (coefficient alpha of the item points); null for a form of one item. */
    readonly kr20: number | null;
    /** Var(true score) / Var(score), the reliability the model implies; KR-20 is a lower bound of it. */
    readonly trueScoreReliability: number;
    /** s_X sqrt(1 - KR-20), points. */
    readonly standardErrorOfMeasurement: number;
  };
  readonly cuts: readonly CutOutlook[];
  readonly overall: SummedScoreClassification['overall'];
  readonly information: readonly InformationPoint[];
}

/** Abilities the bank's information targets are stated for (question-bank-spec §3.4). */
export const targetThetas: readonly number[] = [-0.4, 0.25, 1.1];

/** Test information and standard error at each ability. */
export const informationAt = (
  items: readonly ItemParameters[],
  thetas: readonly number[],
): InformationPoint[] =>
  thetas.map((theta) => {
    const information = testInformation(items, theta);
    return { theta, information, standardError: 1 / Math.sqrt(information) };
  });

/** Sum of points^2 p (1 - p), p the expected share right in the population. */
function itemVarianceSum(items: readonly ScoredItem[], population: NormalPopulation): number {
  const { nodes, weights } = panelGrid(population);
  return items.reduce((sum, item) => {
    const p = nodes.reduce((total, theta, k) => total + at(weights, k) * probabilityCorrect(item, theta), 0);
    return sum + item.points ** 2 * p * (1 - p);
  }, 0);
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

function momentsOf(distribution: Float64Array, unit: number): Moments {
  const mean = unit * distribution.reduce((sum, share, x) => sum + share * x, 0);
  return { mean, variance: distribution.reduce((sum, share, x) => sum + share * (unit * x - mean) ** 2, 0) };
}

function reliabilityOf(
  items: readonly OutlookItem[],
  population: NormalPopulation,
  { variance, trueScoreVariance }: { readonly variance: number; readonly trueScoreVariance: number },
): FormOutlook['reliability'] {
  const count = items.length;
  const kr20 = count < 2 ? null : (count / (count - 1)) * (1 - itemVarianceSum(items, population) / variance);
  return {
    kr20,
    trueScoreReliability: trueScoreVariance / variance,
    standardErrorOfMeasurement: Math.sqrt(variance * (1 - (kr20 ?? 0))),
  };
}

/** Probabilities that a blind guesser reaches each cut. */
export function guessPassProbabilities(
  items: readonly Pick<OutlookItem, 'guessingProbability'>[],
  scale: ScoreScale,
  cuts: readonly number[],
): Float64Array {
  const guessed = scoreDistribution(
    items.map(({ guessingProbability }) => guessingProbability),
    scale,
  );
  return sharesAtOrAbove(
    guessed,
    cuts.map((cut) => stepOfCut(scale, cut)),
  );
}

function errorAt(items: readonly ScoredItem[], theta: number | null): number | null {
  if (theta === null) return null;
  const variance = items.reduce((sum, item) => {
    const p = probabilityCorrect(item, theta);
    return sum + item.points ** 2 * p * (1 - p);
  }, 0);
  return Math.sqrt(variance);
}

/** Livingston & Lewis of every cut from the expected score distribution. */
function livingstonLewisAt(
  distribution: Float64Array,
  maximum: number,
  kr20: number | null,
): (cut: number) => CutOutlook['livingstonLewis'] {
  const summary = { counts: distribution, minimum: 0, maximum, reliability: kr20 ?? 0 };
  return (cut) => {
    const judged = livingstonLewis(summary, cut);
    return judged.ok ? { accuracy: judged.value.accuracy, consistency: judged.value.consistency } : null;
  };
}

/**
 * Outlook of a form in a design population. Cuts in points, any order; a score equal to a cut reaches it. `thetas`:
 * where information is reported. Fails with INVALID_INPUT for a form without items, points without a common unit or
 * a population without spread.
 * Agrees with R: cacIRT::class.Lee (accuracy, consistency), betafunctions::LL.CA, mirt::testinfo (information).
 * @example judgeForm(items, [{ id: 'literate', score: 70 }], { mean: -0.05, standardDeviation: 0.8 })
 */
export function judgeForm(
  items: readonly OutlookItem[],
  cuts: readonly ScoreCut[],
  population: NormalPopulation,
  thetas: readonly number[] = targetThetas,
): Result<FormOutlook> {
  if (!(population.standardDeviation > 0)) return fail('INVALID_INPUT', { field: 'standardDeviation' });
  const ascending = [...cuts].sort((first, second) => first.score - second.score);
  const scores = ascending.map(({ score }) => score);
  const classified = classifySummedScores(items, scores, population);
  if (!classified.ok) return classified;
  const { scale, distribution, trueScoreVariance, overall } = classified.value;
  const { mean, variance } = momentsOf(distribution, scale.unit);
  const guessed = guessPassProbabilities(items, scale, scores);
  const atOrAbove = sharesAtOrAbove(
    distribution,
    distribution.map((_, x) => x),
  );
  const total = (value: (item: OutlookItem) => number): number =>
    items.reduce((sum, item) => sum + value(item), 0);
  const maximumScore = total(({ points }) => points);
  const reliability = reliabilityOf(items, population, { variance, trueScoreVariance });
  const livingstonLewisOf = livingstonLewisAt(distribution, maximumScore, reliability.kr20);
  return ok({
    itemCount: items.length,
    maximumScore,
    minutes: total(({ seconds }) => seconds) / 60,
    population,
    expectedScore: { mean, standardDeviation: Math.sqrt(variance) },
    scoreDistribution: Array.from(distribution, (probability, x) => ({
      score: x * scale.unit,
      probability,
      atOrAbove: at(atOrAbove, x),
    })),
    reliability,
    cuts: ascending.flatMap(({ id }, index) => {
      const found = classified.value.cuts[index];
      if (found === undefined) return [];
      return [
        {
          id,
          ...found,
          guessPassProbability: at(guessed, index),
          conditionalStandardError: errorAt(items, found.theta),
          livingstonLewis: livingstonLewisOf(found.cut),
        },
      ];
    }),
    overall,
    information: informationAt(items, thetas),
  });
}
