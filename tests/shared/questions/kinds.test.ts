import { describe, expect, it } from 'vitest';
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';
import { missingCodesAbove } from '@shared/questions/missing';
import { describeQuestion, toVariables, validateAnswer } from '@shared/questions/registry';
import { stimulusTable } from '@shared/questions/stimulus';
import { examples } from './examples';

interface Case {
  readonly title: string;
  readonly question: Question;
  readonly answer: Answer;
  /** Reason of refusal; null = accepted. */
  readonly reason: string | null;
}

const { single, multi, trueFalse, number, yearMonth, text, scale, ordering, matching } = examples;
const strict: Question = { ...multi, refuse: false };

const cases: readonly Case[] = [
  { title: 'an option on offer', question: single, answer: { kind: 'single', code: '2' }, reason: null },
  {
    title: 'an option that is not on offer',
    question: single,
    answer: { kind: 'single', code: '9' },
    reason: 'unknownOption',
  },
  {
    title: 'a note with 其他',
    question: single,
    answer: { kind: 'single', code: '97', note: '邻居' },
    reason: null,
  },
  {
    title: 'a note with an option that takes none',
    question: single,
    answer: { kind: 'single', code: '1', note: '邻居' },
    reason: 'noteNotAllowed',
  },
  {
    title: 'an answer of another kind',
    question: single,
    answer: { kind: 'number', value: 1 },
    reason: 'wrongKind',
  },
  {
    title: '不知道 where it is allowed',
    question: single,
    answer: { kind: 'missing', reason: 'dontKnow' },
    reason: null,
  },
  {
    title: '拒答 where it is not allowed',
    question: strict,
    answer: { kind: 'missing', reason: 'refused' },
    reason: 'missingNotAllowed',
  },
  {
    title: '不适用 where the question has no wording for it',
    question: single,
    answer: { kind: 'missing', reason: 'notApplicable' },
    reason: 'missingNotAllowed',
  },
  { title: 'two options', question: multi, answer: { kind: 'multi', codes: ['1', '3'] }, reason: null },
  { title: 'no option', question: multi, answer: { kind: 'multi', codes: [] }, reason: 'required' },
  {
    title: 'more options than allowed',
    question: multi,
    answer: { kind: 'multi', codes: ['1', '2', '3'] },
    reason: 'tooMany',
  },
  {
    title: 'an exclusive option with another',
    question: multi,
    answer: { kind: 'multi', codes: ['1', '10'] },
    reason: 'exclusive',
  },
  {
    title: 'an exclusive option alone',
    question: multi,
    answer: { kind: 'multi', codes: ['10'] },
    reason: null,
  },
  {
    title: 'the same option twice',
    question: multi,
    answer: { kind: 'multi', codes: ['1', '1'] },
    reason: 'duplicate',
  },
  { title: 'a judgement', question: trueFalse, answer: { kind: 'trueFalse', value: false }, reason: null },
  { title: 'the largest number', question: number, answer: { kind: 'number', value: 20 }, reason: null },
  {
    title: 'a number above the range',
    question: number,
    answer: { kind: 'number', value: 21 },
    reason: 'outOfRange',
  },
  {
    title: 'a fraction of a whole number',
    question: number,
    answer: { kind: 'number', value: 2.5 },
    reason: 'notWhole',
  },
  {
    title: 'a withheld month',
    question: yearMonth,
    answer: { kind: 'yearMonth', year: 1980, month: null },
    reason: null,
  },
  {
    title: 'a withheld month where it is needed',
    question: { ...yearMonth, monthOptional: false },
    answer: { kind: 'yearMonth', year: 1980, month: null },
    reason: 'incomplete',
  },
  {
    title: 'a month 13',
    question: yearMonth,
    answer: { kind: 'yearMonth', year: 1980, month: 13 },
    reason: 'outOfRange',
  },
  {
    title: 'a year before the range',
    question: yearMonth,
    answer: { kind: 'yearMonth', year: 1899, month: 1 },
    reason: 'outOfRange',
  },
  { title: 'a text of full length', question: text, answer: { kind: 'text', text: '种水稻' }, reason: null },
  {
    title: 'a text that is too long',
    question: text,
    answer: { kind: 'text', text: '种水稻和油菜' },
    reason: 'tooLong',
  },
  { title: 'an empty text', question: text, answer: { kind: 'text', text: '  ' }, reason: 'required' },
  {
    title: 'every row answered, one with 98',
    question: scale,
    answer: { kind: 'scale', rows: { a: '1', b: '98' } },
    reason: null,
  },
  {
    title: 'a row left open',
    question: scale,
    answer: { kind: 'scale', rows: { a: '1' } },
    reason: 'incomplete',
  },
  {
    title: 'a row that was not asked',
    question: scale,
    answer: { kind: 'scale', rows: { a: '1', b: '1', z: '1' } },
    reason: 'unknownRow',
  },
  {
    title: '99 in a row where refusing is not allowed',
    question: scale,
    answer: { kind: 'scale', rows: { a: '1', b: '99' } },
    reason: 'unknownOption',
  },
  {
    title: 'all places filled',
    question: ordering,
    answer: { kind: 'ordering', codes: ['C', 'A'] },
    reason: null,
  },
  {
    title: 'one place of two',
    question: ordering,
    answer: { kind: 'ordering', codes: ['C'] },
    reason: 'incomplete',
  },
  {
    title: 'the same option in two places',
    question: ordering,
    answer: { kind: 'ordering', codes: ['C', 'C'] },
    reason: 'duplicate',
  },
  {
    title: 'three places of two',
    question: ordering,
    answer: { kind: 'ordering', codes: ['C', 'A', 'B'] },
    reason: 'tooMany',
  },
  {
    title: 'each row matched',
    question: matching,
    answer: { kind: 'matching', pairs: { 1: 'B', 2: 'A' } },
    reason: null,
  },
  {
    title: 'one option used twice',
    question: matching,
    answer: { kind: 'matching', pairs: { 1: 'A', 2: 'A' } },
    reason: 'duplicate',
  },
  {
    title: 'a row without a match',
    question: matching,
    answer: { kind: 'matching', pairs: { 1: 'A' } },
    reason: 'incomplete',
  },
];

describe('an answer is checked against its question', () => {
  it.each(cases)('$question.kind: $title', ({ question, answer, reason }) => {
    const result = validateAnswer(question, answer);
    expect(result.ok ? null : result.failure.params.reason).toBe(reason);
    if (!result.ok) expect(result.failure.code).toBe('ANSWER_NOT_VALID');
  });
});

describe('answers become flat columns', () => {
  it.each<[string, Question, Answer | undefined, Record<string, number | string>]>([
    ['a choice is its code', single, { kind: 'single', code: '2' }, { Q1: 2, Q1_note: '' }],
    [
      '其他 keeps its note',
      single,
      { kind: 'single', code: '97', note: '邻居' },
      { Q1: 97, Q1_note: '邻居' },
    ],
    ['不知道 is 98', single, { kind: 'missing', reason: 'dontKnow' }, { Q1: 98, Q1_note: '' }],
    ['nothing recorded is −1', single, undefined, { Q1: -1, Q1_note: '' }],
    [
      'several choices are 0/1 columns',
      multi,
      { kind: 'multi', codes: ['1', '3'] },
      { Q2_1: 1, Q2_2: 0, Q2_3: 1, Q2_10: 0 },
    ],
    [
      '拒答 is 99 in every column',
      multi,
      { kind: 'missing', reason: 'refused' },
      { Q2_1: 99, Q2_2: 99, Q2_3: 99, Q2_10: 99 },
    ],
    ['a judgement is 1 or 0', trueFalse, { kind: 'trueFalse', value: false }, { Q3: 0 }],
    ['不适用 is 88', number, { kind: 'missing', reason: 'notApplicable' }, { Q4: 88 }],
    [
      'a range up to 99 moves the missing codes away',
      { ...number, maximum: 99 },
      { kind: 'missing', reason: 'refused' },
      { Q4: 999 },
    ],
    [
      'a withheld month is 98',
      yearMonth,
      { kind: 'yearMonth', year: 1980, month: null },
      { Q5_year: 1980, Q5_month: 98 },
    ],
    ['a text 98 is not mistaken for 不知道', text, { kind: 'text', text: '98' }, { Q6: '98', Q6_missing: 0 }],
    ['a row that was not asked is 88', scale, { kind: 'scale', rows: { a: '2' } }, { Q7_a: 2, Q7_b: 88 }],
    [
      'an order is one column per place',
      ordering,
      { kind: 'ordering', codes: ['C', 'A'] },
      { Q8_1: 'C', Q8_2: 'A' },
    ],
    [
      'a matching is one column per row',
      matching,
      { kind: 'matching', pairs: { 1: 'B', 2: 'A' } },
      { Q9_1: 'B', Q9_2: 'A' },
    ],
  ])('%s', (_title, question, answer, expected) => {
    expect(toVariables(question, answer)).toEqual(expected);
  });

  it('moves missing codes beyond the largest real value', () => {
    expect(missingCodesAbove(20)).toEqual({ notApplicable: 88, dontKnow: 98, refused: 99, system: -1 });
    expect(missingCodesAbove(99).dontKnow).toBe(998);
    expect(missingCodesAbove(2100).notApplicable).toBe(9988);
  });
});

describe('the codebook', () => {
  it('names options and missing codes', () => {
    const [row] = describeQuestion(single);
    expect(row?.values).toContainEqual({ code: 1, label: '电视' });
    expect(row?.missing.map((entry) => entry.code)).toEqual([88, 98, 99, -1]);
  });

  it('calls a variable with letter codes text', () => {
    expect(describeQuestion(ordering)[0]?.type).toBe('text');
    expect(describeQuestion(single)[0]?.type).toBe('numeric');
  });
});

describe('material', () => {
  it('gives every chart a table that says the same', () => {
    const table = stimulusTable({
      kind: 'chart',
      id: 'c1',
      title: '降水',
      chart: 'bar',
      categoryLabel: '月份',
      unit: '毫米',
      categories: ['6月', '7月'],
      series: [{ name: '甲地', values: [120, 80] }],
      alt: '甲地六月120毫米，七月80毫米。',
    });
    expect(table).toEqual({
      headers: ['月份', '甲地'],
      rows: [
        ['6月', '120'],
        ['7月', '80'],
      ],
    });
  });
});
