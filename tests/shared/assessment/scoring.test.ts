import { describe, expect, it } from 'vitest';
import { scoreInterview, scoreItem } from '@shared/assessment/scoring';
import type { ScorableItem } from '@shared/assessment/scoring';
import type { ItemDimension, ItemType } from '@shared/assessment/itemCodes';
import type { Answer } from '@shared/questions/answer';
import { formOf, loadInstrument } from './sampleBank';

const item = (type: ItemType, key: string[], dimension: ItemDimension = 'K', points = 2): ScorableItem => ({
  id: `${dimension}-01-ME-001`,
  type,
  key,
  dimension,
  scoring: { points, rule: 'all_or_none' },
});
const missing = (reason: 'dontKnow' | 'refused' | 'notApplicable'): Answer => ({ kind: 'missing', reason });

describe('scoreItem gives all points or none', () => {
  const single = item('single', ['B']);
  const multi = item('multi', ['A', 'C']);
  const order = item('order', ['B', 'D', 'A', 'C']);
  const match = item('match', ['A2', 'B1', 'C3']);

  it.each<[string, ScorableItem, Answer, number]>([
    ['a true statement judged true', item('tf', ['对']), { kind: 'trueFalse', value: true }, 2],
    ['a true statement judged false', item('tf', ['对']), { kind: 'trueFalse', value: false }, 0],
    ['a false statement judged false', item('tf', ['错']), { kind: 'trueFalse', value: false }, 2],
    ['the keyed option', single, { kind: 'single', code: 'B' }, 2],
    ['a distractor', single, { kind: 'single', code: 'A' }, 0],
    ['the keyed option of a chart', item('chart', ['D']), { kind: 'single', code: 'D' }, 2],
    ['both keys in another order', multi, { kind: 'multi', codes: ['C', 'A'] }, 2],
    ['one of two keys', multi, { kind: 'multi', codes: ['A'] }, 0],
    ['both keys and one more', multi, { kind: 'multi', codes: ['A', 'B', 'C'] }, 0],
    ['one key named twice', multi, { kind: 'multi', codes: ['A', 'A'] }, 0],
    ['the right order', order, { kind: 'ordering', codes: ['B', 'D', 'A', 'C'] }, 2],
    ['two places swapped', order, { kind: 'ordering', codes: ['D', 'B', 'A', 'C'] }, 0],
    ['an order broken off', order, { kind: 'ordering', codes: ['B', 'D', 'A'] }, 0],
    ['all pairs right', match, { kind: 'matching', pairs: { A: '2', B: '1', C: '3' } }, 2],
    ['two pairs crossed', match, { kind: 'matching', pairs: { A: '1', B: '2', C: '3' } }, 0],
    ['a pair left out', match, { kind: 'matching', pairs: { A: '2', B: '1' } }, 0],
    ['an imported 1', single, { kind: 'number', value: 1 }, 2],
    ['an imported 0', single, { kind: 'number', value: 0 }, 0],
  ])('%s', (_title, scored, answer, points) => {
    expect(scoreItem(scored, answer)).toEqual({
      ok: true,
      value: { status: points > 0 ? 'right' : 'wrong', points, maximum: 2 },
    });
  });

  it.each<[string, Answer | undefined, string]>([
    ['不知道', missing('dontKnow'), 'dontKnow'],
    ['拒答', missing('refused'), 'refused'],
    ['不适用', missing('notApplicable'), 'blank'],
    ['no answer', undefined, 'blank'],
  ])('%s scores 0 and is told apart', (_title, answer, status) => {
    expect(scoreItem(single, answer)).toEqual({ ok: true, value: { status, points: 0, maximum: 2 } });
  });

  it('takes an empty selection as a blank', () => {
    expect(scoreItem(multi, { kind: 'multi', codes: [] })).toMatchObject({ value: { status: 'blank' } });
  });

  it.each<[ScorableItem, Answer]>([
    [single, { kind: 'trueFalse', value: true }],
    [multi, { kind: 'single', code: 'A' }],
    [single, { kind: 'number', value: 2 }],
  ])('refuses an answer of another kind', (scored, answer) => {
    expect(scoreItem(scored, answer)).toMatchObject({ ok: false, failure: { code: 'ANSWER_NOT_VALID' } });
  });
});

/** 50 single items keyed A with 2 points: 20 K, 10 M, 5 S1, 5 S2, 5 A1, 5 A2. */
const counts: [ItemDimension, number][] = [
  ['K', 20],
  ['M', 10],
  ['S1', 5],
  ['S2', 5],
  ['A1', 5],
  ['A2', 5],
];
const fifty: ScorableItem[] = counts.flatMap(([dimension, count]) =>
  Array.from({ length: count }, (_, index) => ({
    ...item('single', ['A'], dimension),
    id: `${dimension}-01-ME-${100 + index}`,
  })),
);
const form = formOf(
  'cast-2024',
  fifty.map((each) => each.id),
);
const rightAnswers = (right: readonly ScorableItem[]): Record<string, Answer> =>
  Object.fromEntries(
    fifty.map((each): [string, Answer] => [
      each.id,
      { kind: 'single', code: right.includes(each) ? 'A' : 'B' },
    ]),
  );
const firstOf = (dimension: ItemDimension, count: number): ScorableItem[] =>
  fifty.filter((each) => each.dimension === dimension).slice(0, count);

describe('scoreInterview', () => {
  const cast = loadInstrument('cast-2024');
  const benchmark = loadInstrument('benchmark-2016');
  const miller = loadInstrument('miller-3');

  it('adds points by dimension: 14 K, 7 M, 4 S1, 3 S2, 4 A1, 3 A2 right make 28+14+14+14 = 70', () => {
    const right = [
      ...firstOf('K', 14),
      ...firstOf('M', 7),
      ...firstOf('S1', 4),
      ...firstOf('S2', 3),
      ...firstOf('A1', 4),
      ...firstOf('A2', 3),
    ];
    expect(scoreInterview(cast, form, fifty, rightAnswers(right))).toEqual({
      ok: true,
      value: {
        instrumentId: 'cast-2024',
        instrumentVersion: '1.0.0',
        total: 70,
        dimensions: { knowledge: 28, method: 14, spirit: 14, application: 14 },
        tier: 'literate',
        passed: true,
        answeredItems: 50,
        dontKnowItems: 0,
        refusedItems: 0,
        blankItems: 0,
      },
    });
  });

  it.each([
    [27, 54, 'low'],
    [28, 56, 'basic'],
    [34, 68, 'basic'],
    [35, 70, 'literate'],
    [42, 84, 'literate'],
    [43, 86, 'advanced'],
  ])('%d of 50 right make %d points: %s', (count, total, tier) => {
    const score = scoreInterview(cast, form, fifty, rightAnswers(fifty.slice(0, count)));
    expect(score).toMatchObject({ ok: true, value: { total, tier } });
  });

  it.each([
    [29, 58, false],
    [30, 60, true],
  ])('%d of 50 right on benchmark-2016: %d points', (count, total, passed) => {
    const score = scoreInterview(benchmark, form, fifty, rightAnswers(fifty.slice(0, count)));
    expect(score).toMatchObject({ ok: true, value: { total, passed } });
  });

  it('scales per dimension for miller-3 and leaves application out: 12/20, 6/10, 6/10 is exactly the cut', () => {
    const right = [...firstOf('K', 12), ...firstOf('M', 6), ...firstOf('S1', 3), ...firstOf('S2', 3)];
    expect(scoreInterview(miller, form, fifty, rightAnswers(right))).toMatchObject({
      ok: true,
      value: { dimensions: { knowledge: 30, method: 15, spirit: 15 }, total: 60, passed: true },
    });
    const oneLess = right.slice(0, -1);
    expect(scoreInterview(miller, form, fifty, rightAnswers(oneLess))).toMatchObject({
      ok: true,
      value: { passed: false },
    });
  });

  it('scales a form with other points per dimension to the maxima: 2 of 3 K items make 26.666666667', () => {
    const short = [...firstOf('K', 3), ...firstOf('M', 1), ...firstOf('S1', 1), ...firstOf('A1', 1)];
    const right = short.filter((_, index) => index !== 2);
    const score = scoreInterview(
      cast,
      formOf(
        'cast-2024',
        short.map((each) => each.id),
      ),
      short,
      rightAnswers(right),
    );
    expect(score).toMatchObject({
      ok: true,
      value: { total: 86.666666667, dimensions: { knowledge: 26.666666667, method: 20 } },
    });
  });

  it('counts 不知道, 拒答 and blanks apart', () => {
    const answers = rightAnswers(fifty);
    const [first, second, third] = fifty.map((each) => each.id) as [string, string, string];
    answers[first] = missing('dontKnow');
    answers[second] = missing('refused');
    const rest = Object.fromEntries(Object.entries(answers).filter(([id]) => id !== third));
    expect(scoreInterview(cast, form, fifty, rest)).toMatchObject({
      ok: true,
      value: { total: 94, answeredItems: 47, dontKnowItems: 1, refusedItems: 1, blankItems: 1 },
    });
  });

  it('fails when an item of the form is not given', () => {
    expect(scoreInterview(cast, form, fifty.slice(1), {})).toMatchObject({
      ok: false,
      failure: { code: 'NOT_FOUND', params: { itemId: 'K-01-ME-100' } },
    });
  });

  it('fails when the form has no item for a dimension of the instrument', () => {
    const onlyKnowledge = formOf(
      'cast-2024',
      firstOf('K', 2).map((each) => each.id),
    );
    expect(scoreInterview(cast, onlyKnowledge, fifty, {})).toMatchObject({
      ok: false,
      failure: { code: 'INVALID_INPUT', params: { dimensionWithoutItems: 'method' } },
    });
  });
});
