/**
 * Scoring of raw answers. Items are dichotomous (question-bank-spec D5): all points or none, no penalty for a
 * wrong answer; 不知道, 拒答 and a blank score 0 and are counted apart.
 */
import { fail, ok } from '../domain/result';
import type { Result } from '../domain/result';
import type { Answer, Answers } from '../questions/answer';
import type { Form } from './form';
import { roundToNanoPoint, tierOf } from './instrument';
import type { Instrument } from './instrument';
import type { Item } from './item';
import { trueKey } from './itemCodes';
import type { ItemDimension, ItemType } from './itemCodes';
import type { InterviewScore } from './score';

/** What scoring needs of an item; a full bank item fits. */
export type ScorableItem = Pick<Item, 'id' | 'type' | 'key' | 'dimension' | 'scoring'>;

export type ItemStatusOfAnswer = 'right' | 'wrong' | 'dontKnow' | 'refused' | 'blank';

export interface ItemScore {
  readonly status: ItemStatusOfAnswer;
  readonly points: number;
  readonly maximum: number;
}

const sameSet = (first: readonly string[], second: readonly string[]): boolean =>
  new Set(first).size === new Set(second).size && first.every((each) => second.includes(each));

const sameSequence = (first: readonly string[], second: readonly string[]): boolean =>
  first.length === second.length && first.every((each, index) => each === second[index]);

type Judge = (key: readonly string[], answer: Answer) => boolean | null;

/** One judge per item type: right, wrong, or null when the answer is of another kind. */
const judges = {
  tf: (key, answer) => (answer.kind === 'trueFalse' ? (key[0] === trueKey) === answer.value : null),
  single: (key, answer) => (answer.kind === 'single' ? key[0] === answer.code : null),
  chart: (key, answer) => (answer.kind === 'single' ? key[0] === answer.code : null),
  multi: (key, answer) => (answer.kind === 'multi' ? sameSet(answer.codes, key) : null),
  order: (key, answer) => (answer.kind === 'ordering' ? sameSequence(answer.codes, key) : null),
  match: (key, answer) =>
    answer.kind === 'matching'
      ? sameSet(
          Object.entries(answer.pairs).map(([letter, target]) => `${letter}${target}`),
          key,
        )
      : null,
} as const satisfies Record<ItemType, Judge>;

/** An imported column may hold the item already scored as 0 or 1; any other number is no answer. */
function judgeImportedScore(answer: Answer): boolean | null {
  if (answer.kind !== 'number' || (answer.value !== 0 && answer.value !== 1)) return null;
  return answer.value === 1;
}

const isEmpty = (answer: Answer): boolean =>
  ((answer.kind === 'multi' || answer.kind === 'ordering') && answer.codes.length === 0) ||
  (answer.kind === 'matching' && Object.keys(answer.pairs).length === 0);

/**
 * Scores one raw answer; `undefined`, 不适用 and an empty selection are blanks.
 * `{ kind: 'number', value: 0 | 1 }` is taken as an item scored before import.
 * Fails with ANSWER_NOT_VALID when the kind of answer does not belong to the type of item.
 * @example scoreItem(multiWithKeyAB, { kind: 'multi', codes: ['B', 'A'] }) → right, 2 of 2 points
 */
export function scoreItem(item: ScorableItem, answer: Answer | undefined): Result<ItemScore> {
  const maximum = item.scoring.points;
  const unscored = (status: ItemStatusOfAnswer): Result<ItemScore> => ok({ status, points: 0, maximum });
  if (answer === undefined || isEmpty(answer)) return unscored('blank');
  if (answer.kind === 'missing') {
    const { reason } = answer;
    return unscored(reason === 'dontKnow' || reason === 'refused' ? reason : 'blank');
  }
  const isRight = judges[item.type](item.key, answer) ?? judgeImportedScore(answer);
  if (isRight === null)
    return fail('ANSWER_NOT_VALID', { itemId: item.id, itemType: item.type, answerKind: answer.kind });
  return ok({ status: isRight ? 'right' : 'wrong', points: isRight ? maximum : 0, maximum });
}

interface Tally {
  readonly points: Map<ItemDimension, number>;
  readonly maxima: Map<ItemDimension, number>;
  readonly statuses: Map<ItemStatusOfAnswer, number>;
}

const addTo = <K>(map: Map<K, number>, key: K, amount: number): void => {
  map.set(key, (map.get(key) ?? 0) + amount);
};

function tallyForm(form: Form, items: readonly ScorableItem[], answers: Answers): Result<Tally> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const tally: Tally = { points: new Map(), maxima: new Map(), statuses: new Map() };
  for (const { itemId } of form.entries) {
    const item = byId.get(itemId);
    if (item === undefined) return fail('NOT_FOUND', { itemId });
    const scored = scoreItem(item, answers[itemId]);
    if (!scored.ok) return scored;
    addTo(tally.points, item.dimension, scored.value.points);
    addTo(tally.maxima, item.dimension, scored.value.maximum);
    addTo(tally.statuses, scored.value.status, 1);
  }
  return ok(tally);
}

/**
 * Score of one interview under one instrument. Raw points are added per instrument dimension and scaled to the
 * dimension's maximum (raw / reachable × maximum), so a form whose raw points per dimension differ from the
 * instrument still ends on the instrument's scale; for a form that matches it, scaling changes nothing.
 * Fails with NOT_FOUND (an item of the form is not given), ANSWER_NOT_VALID, or INVALID_INPUT (the form has no
 * item for a dimension of the instrument). Answers to items off the form are ignored.
 */
export function scoreInterview(
  instrument: Instrument,
  form: Form,
  items: readonly ScorableItem[],
  answers: Answers,
): Result<InterviewScore> {
  const tallied = tallyForm(form, items, answers);
  if (!tallied.ok) return tallied;
  const { points, maxima, statuses } = tallied.value;
  const sumOf = (map: ReadonlyMap<ItemDimension, number>, of: readonly ItemDimension[]): number =>
    of.reduce((sum, each) => sum + (map.get(each) ?? 0), 0);

  const dimensions: Record<string, number> = {};
  for (const dimension of instrument.dimensions) {
    const reachable = sumOf(maxima, dimension.itemDimensions);
    if (reachable === 0)
      return fail('INVALID_INPUT', { instrumentId: instrument.id, dimensionWithoutItems: dimension.id });
    const raw = sumOf(points, dimension.itemDimensions);
    dimensions[dimension.id] = roundToNanoPoint((raw * dimension.maximum) / reachable);
  }
  const total = roundToNanoPoint(Object.values(dimensions).reduce((sum, each) => sum + each, 0));
  const tier = tierOf(instrument, total, dimensions);
  const countOf = (status: ItemStatusOfAnswer): number => statuses.get(status) ?? 0;
  return ok({
    instrumentId: instrument.id,
    instrumentVersion: instrument.version,
    total,
    dimensions,
    tier: tier.id,
    passed: tier.passes,
    answeredItems: countOf('right') + countOf('wrong'),
    dontKnowItems: countOf('dontKnow'),
    refusedItems: countOf('refused'),
    blankItems: countOf('blank'),
  });
}
