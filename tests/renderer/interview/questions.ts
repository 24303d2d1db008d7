/** One question of every kind, with the keys a person presses and the answer that must arrive. */
import type { Answer } from '@shared/questions/answer';
import type { Question, QuestionKindName } from '@shared/questions/kinds';

export const optionsOf = (...texts: string[]): { code: string; text: string }[] =>
  texts.map((text, index) => ({ code: `o${index + 1}`, text }));
const rows = [
  { code: 'r1', text: '甲' },
  { code: 'r2', text: '乙' },
];
const four = optionsOf('一', '二', '三', '四');
const ways = { dontKnow: true, refuse: true };

export const questionOf = {
  single: { kind: 'single', code: 'A1', text: '单选题', options: four, ...ways },
  multi: {
    kind: 'multi',
    code: 'A2',
    text: '多选题',
    options: [...optionsOf('一', '二', '三'), { code: 'none', text: '都没有', exclusive: true }],
    ...ways,
  },
  trueFalse: { kind: 'trueFalse', code: 'A3', text: '判断题', trueText: '对', falseText: '错', ...ways },
  number: { kind: 'number', code: 'A4', text: '填数题', minimum: 1, maximum: 20, ...ways },
  yearMonth: {
    kind: 'yearMonth',
    code: 'A5',
    text: '年月题',
    minimumYear: 1950,
    maximumYear: 2010,
    monthOptional: true,
    ...ways,
  },
  text: { kind: 'text', code: 'A6', text: '填写题', maximumLength: 10, ...ways },
  scale: { kind: 'scale', code: 'A7', text: '逐项题', rows, options: four, ...ways },
  ordering: { kind: 'ordering', code: 'A8', text: '排序题', options: optionsOf('一', '二', '三'), ...ways },
  matching: {
    kind: 'matching',
    code: 'A9',
    text: '配对题',
    rows,
    options: optionsOf('子', '丑'),
    oneToOne: true,
    ...ways,
  },
} as const satisfies { readonly [K in QuestionKindName]: Question & { kind: K } };

export interface KeyCase {
  readonly kind: QuestionKindName;
  /** Text typed into the field that has the cursor; each entry is followed by Enter. */
  readonly typed?: readonly string[];
  readonly keys?: readonly string[];
  readonly answer: Answer;
}

export const keyCases: readonly KeyCase[] = [
  { kind: 'single', keys: ['3', 'Enter'], answer: { kind: 'single', code: 'o3' } },
  { kind: 'multi', keys: ['1', '3', '2', '2', 'Enter'], answer: { kind: 'multi', codes: ['o1', 'o3'] } },
  { kind: 'trueFalse', keys: ['2', 'Enter'], answer: { kind: 'trueFalse', value: false } },
  { kind: 'number', typed: ['12'], answer: { kind: 'number', value: 12 } },
  { kind: 'yearMonth', typed: ['1968', '7'], answer: { kind: 'yearMonth', year: 1968, month: 7 } },
  { kind: 'text', typed: ['种水稻'], answer: { kind: 'text', text: '种水稻' } },
  { kind: 'scale', keys: ['2', '0', 'Enter'], answer: { kind: 'scale', rows: { r1: 'o2', r2: '98' } } },
  {
    kind: 'ordering',
    keys: ['2', '3', '1', 'Enter'],
    answer: { kind: 'ordering', codes: ['o2', 'o3', 'o1'] },
  },
  {
    kind: 'matching',
    keys: ['2', '1', 'Enter'],
    answer: { kind: 'matching', pairs: { r1: 'o2', r2: 'o1' } },
  },
];
