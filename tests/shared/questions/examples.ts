/** One plausible question per kind. */
import type { QuestionKindName, QuestionOf } from '@shared/questions/kinds';

const options = [
  { code: 'A', text: '甲' },
  { code: 'B', text: '乙' },
  { code: 'C', text: '丙' },
];

export const examples: { readonly [K in QuestionKindName]: QuestionOf<K> } = {
  single: {
    kind: 'single',
    code: 'Q1',
    text: '最主要的是哪个？',
    options: [
      { code: '1', text: '电视' },
      { code: '2', text: '广播' },
      { code: '97', text: '其他（注明）', allowsNote: true },
    ],
    dontKnow: true,
  },
  multi: {
    kind: 'multi',
    code: 'Q2',
    text: '有哪些？',
    options: [
      { code: '1', text: '电视' },
      { code: '2', text: '广播' },
      { code: '3', text: '报纸' },
      { code: '10', text: '都没有', exclusive: true },
    ],
    maxChoices: 2,
    refuse: true,
  },
  trueFalse: { kind: 'trueFalse', code: 'Q3', text: '月球自己不发光。', trueText: '对', falseText: '错' },
  number: { kind: 'number', code: 'Q4', text: '几口人？', minimum: 1, maximum: 20, unit: '人' },
  yearMonth: {
    kind: 'yearMonth',
    code: 'Q5',
    text: '哪年哪月出生？',
    minimumYear: 1900,
    maximumYear: 2100,
    monthOptional: true,
  },
  text: { kind: 'text', code: 'Q6', text: '做什么工作？', maximumLength: 5 },
  scale: {
    kind: 'scale',
    code: 'Q7',
    text: '可信吗？',
    rows: [
      { code: 'a', text: '电视' },
      { code: 'b', text: '广播' },
    ],
    options: [
      { code: '1', text: '可信' },
      { code: '2', text: '不可信' },
    ],
    dontKnow: true,
  },
  ordering: { kind: 'ordering', code: 'Q8', text: '排好先后。', options, pick: 2 },
  matching: {
    kind: 'matching',
    code: 'Q9',
    text: '连一连。',
    rows: [
      { code: '1', text: '左一' },
      { code: '2', text: '左二' },
    ],
    options,
    oneToOne: true,
  },
};
