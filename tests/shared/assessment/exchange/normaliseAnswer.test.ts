import { describe, expect, it } from 'vitest';
import { normaliseAnswer } from '@shared/assessment/exchange/normaliseAnswer';
import type { ItemType } from '@shared/assessment/itemCodes';

const options = [
  { id: 'A', text: '甲' },
  { id: 'B', text: '乙' },
  { id: 'C', text: '丙' },
  { id: 'D', text: '丁' },
];

const read = (text: string, type: ItemType): readonly string[] | string => {
  const reading = normaliseAnswer(text, { type, options });
  return reading.ok ? reading.value : reading.problem.code;
};

describe('an answer', () => {
  it.each([
    ...['对', '正确', '是', '同意', '√', '✓', '✔', 'T', 'true', 'TRUE', 'Ｔ', ' 对 ', '答案：对', '对。'].map(
      (text) => [text, ['对']] as const,
    ),
    ...['错', '错误', '否', '不同意', '×', '✗', 'x', 'X', 'F', 'False', '不正确'].map(
      (text) => [text, ['错']] as const,
    ),
  ])('%j to a statement is %j', (text, key) => {
    expect(read(text, 'tf')).toEqual(key);
  });

  it.each([
    ['ABC', ['A', 'B', 'C']],
    ['A,B', ['A', 'B']],
    ['A、B', ['A', 'B']],
    ['Ａ，Ｃ', ['A', 'C']],
    ['a;c', ['A', 'C']],
    ['A B D', ['A', 'B', 'D']],
    ['A；D', ['A', 'D']],
    ['A/B', ['A', 'B']],
    ['A和C', ['A', 'C']],
    ['正确答案: A|C', ['A', 'C']],
  ])('%j to a multiple choice is %j', (text, key) => {
    expect(read(text, 'multi')).toEqual(key);
  });

  it.each([
    ['B', ['B']],
    ['ｂ', ['B']],
    ['B.', ['B']],
    ['乙', ['B']],
    ['乙。', ['B']],
  ])('%j to a single choice is %j', (text, key) => {
    expect(read(text, 'single')).toEqual(key);
  });

  it.each([
    ['B>D>A>C', 'order', ['B', 'D', 'A', 'C']],
    ['B＞D＞A＞C', 'order', ['B', 'D', 'A', 'C']],
    ['B→D→A→C', 'order', ['B', 'D', 'A', 'C']],
    ['BDAC', 'order', ['B', 'D', 'A', 'C']],
    ['A2,B1,C4,D3', 'match', ['A2', 'B1', 'C4', 'D3']],
    ['A-2；B-1；C-4；D-3', 'match', ['A2', 'B1', 'C4', 'D3']],
  ] as const)('%j of kind %s is %j', (text, type, key) => {
    expect(read(text, type)).toEqual(key);
  });

  it.each([
    ['AB', 'single', 'ITEM_ANSWER_NOT_READ'],
    ['E', 'single', 'ITEM_ANSWER_NOT_OPTION'],
    ['2', 'single', 'ITEM_ANSWER_NOT_READ'],
    ['A,F', 'multi', 'ITEM_ANSWER_NOT_OPTION'],
    ['A', 'tf', 'ITEM_ANSWER_NOT_READ'],
    ['大概对', 'tf', 'ITEM_ANSWER_NOT_READ'],
    ['A,B', 'match', 'ITEM_ANSWER_NOT_READ'],
    ['', 'single', 'ITEM_ANSWER_NOT_READ'],
  ] as const)('%j of kind %s is refused with %s', (text, type, code) => {
    expect(read(text, type)).toBe(code);
  });
});
