/**
 * What persons chose: shares, extreme groups, point-biserials and curves per option of one item. 不知道, 拒答 and blanks are
 * options of their own, so that their rates stand beside the distractors'.
 */
import { at } from '../numeric/typedArray';
import { extremeGroups } from './classical';

export type OptionRole = 'key' | 'distractor' | 'dontKnow' | 'refused' | 'blank';

export interface ItemOption {
  readonly code: string;
  readonly role: OptionRole;
}

export interface ItemChoices {
  readonly options: readonly ItemOption[];
  /** Position of the chosen option per person; -1 where the item was not presented. */
  readonly chosen: Int8Array;
  /** Score without this item, per person. */
  readonly restScores: Int32Array;
  /** Null counts everybody once. */
  readonly weights: Float64Array | null;
}

export interface OptionStatistics extends ItemOption {
  /** Weighted share of those presented the item. */
  readonly share: number;
  /** Unweighted shares within the top and bottom 27 % by rest score. */
  readonly topShare: number;
  readonly bottomShare: number;
  /** Correlation of choosing it with the rest score; null without variation. */
  readonly pointBiserial: number | null;
  readonly meanRestScore: number | null;
  /** Share choosing it in each fifth of persons by rest score, lowest first: the option curve. */
  readonly curve: readonly number[];
}

const CURVE_GROUPS = 5;

/** Persons who were presented the item, with their scores in the same order. */
interface Presented {
  readonly chosen: Int8Array;
  readonly scores: Int32Array;
  readonly weights: Float64Array;
}

function presentedOnly({ chosen, restScores, weights }: ItemChoices): Presented {
  const persons = Int32Array.from(chosen.keys()).filter((person) => (chosen[person] ?? -1) >= 0);
  return {
    chosen: Int8Array.from(persons, (person) => chosen[person] ?? -1),
    scores: Int32Array.from(persons, (person) => at(restScores, person)),
    weights: Float64Array.from(persons, (person) => (weights === null ? 1 : at(weights, person))),
  };
}

const shareIn = (persons: Int32Array, { chosen }: Presented, option: number): number =>
  persons.length === 0
    ? 0
    : persons.reduce((sum, person) => sum + (chosen[person] === option ? 1 : 0), 0) / persons.length;

function curveGroups(scores: Int32Array): Int32Array[] {
  const order = Int32Array.from(scores.keys()).sort((i, j) => at(scores, i) - at(scores, j) || i - j);
  const edge = (k: number): number => Math.round((k * order.length) / CURVE_GROUPS);
  return Array.from({ length: CURVE_GROUPS }, (_, k) => order.slice(edge(k), edge(k + 1)));
}

interface Association {
  readonly share: number;
  readonly pointBiserial: number | null;
  readonly meanRestScore: number | null;
}

function associationOf({ chosen, scores, weights }: Presented, option: number): Association {
  let [total, choosing, sum, squares, own] = [0, 0, 0, 0, 0];
  weights.forEach((weight, person) => {
    const score = at(scores, person);
    total += weight;
    sum += weight * score;
    squares += weight * score * score;
    if (chosen[person] !== option) return;
    choosing += weight;
    own += weight * score;
  });
  const [share, mean] = [choosing / total, sum / total];
  const spread = (squares / total - mean * mean) * share * (1 - share);
  return {
    share,
    pointBiserial: spread > 0 ? (own / total - share * mean) / Math.sqrt(spread) : null,
    meanRestScore: choosing > 0 ? own / choosing : null,
  };
}

/** Statistics of every option, in the order given; empty when nobody was presented the item. */
export function optionStatistics(item: ItemChoices): readonly OptionStatistics[] {
  const presented = presentedOnly(item);
  if (presented.chosen.length === 0) return [];
  const { bottom, top } = extremeGroups(presented.scores);
  const groups = curveGroups(presented.scores);
  return item.options.map((option, index) => ({
    ...option,
    ...associationOf(presented, index),
    topShare: shareIn(top, presented, index),
    bottomShare: shareIn(bottom, presented, index),
    curve: groups.map((persons) => shareIn(persons, presented, index)),
  }));
}
