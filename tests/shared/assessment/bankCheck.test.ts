import { describe, expect, it } from 'vitest';
import { parseBank } from '@shared/assessment/bank';
import { checkBank, checkRules } from '@shared/assessment/bankCheck';
import type { Finding } from '@shared/assessment/bankCheck';
import { editSimilarity, lengthOf, sentencesOf } from '@shared/assessment/checks/text';
import { level1Characters } from '@shared/assessment/checks/level1Characters';
import { sampleBankJson, sampleFile } from './sampleBank';

type Fields = Record<string, unknown>;
const today = '2026-11-22';
const reviewDue = { review_due: '2027-11-22' };

function check(items: readonly unknown[], refs: unknown = sampleFile.refs): Finding[] {
  const bank = parseBank(
    sampleBankJson,
    [{ name: 'items', content: { defaults: { ...sampleFile.defaults, ...reviewDue }, items } }],
    [{ name: 'refs', content: refs }],
  );
  if (!bank.ok) throw new Error(String(bank.failure.params['where']));
  return checkBank(bank.value, today);
}

/** Findings of one rule on one sample with some fields replaced. */
function findingsOf(rule: string, id: string, changes: Fields, refs?: unknown): Finding[] {
  const sample = sampleFile.items.find((item) => item['id'] === id);
  return check([{ ...sample, ...changes }], refs).filter((finding) => finding.rule === rule);
}

const optionsOf = (...texts: string[]): Fields => ({
  options: texts.map((text, index) => ({ id: 'ABCD'[index], text })),
});

describe('the checklist on the 18 worked samples', () => {
  it('raises nothing under R01–R12 and the existence part of R20, as the specification states', () => {
    const tried = check(sampleFile.items).filter(({ rule }) => rule <= 'R12' || rule === 'R20');
    expect(tried).toEqual([]);
  });
});

describe('each rule catches its planted fault', () => {
  const single = 'S2-06-EE-S001';
  const statement = 'K-20-ME-S002';
  const plain = [
    '药给蚜虫增加了营养',
    '蚜虫少了瓢虫这天敌',
    '瓢虫后来变成了蚜虫',
    '两种虫子互相没关系',
  ] as const;
  const [a, b, c, d] = plain;

  it.each<[string, string, string, Fields]>([
    ['R01', 'a statement of 46 字', statement, { stem: '火'.repeat(46) }],
    ['R02', 'a sentence of 33 字', single, { stem: `${'虫'.repeat(33)}。为什么？` }],
    ['R03', 'an option of 23 字', single, optionsOf(a, '虫'.repeat(23), c, d)],
    [
      'R04',
      'a key 1.33 times as long as the longest distractor',
      single,
      optionsOf(a, '因为虫子少了瓢虫这种天敌', c, d),
    ],
    ['R05', 'two options that differ in punctuation only', single, optionsOf(a, b, c, `${c}。`)],
    ['R06', 'an option "以上都对"', single, optionsOf(a, b, c, '以上都对')],
    ['R07', 'a character outside level 1', single, { stem: '果园里的蚜虫为什么饕餮一样地吃？' }],
    ['R08', 'a negative stem', single, { stem: '下面关于果园的说法，不正确的是哪个？' }],
    ['R09', 'an absolute word in an option', single, optionsOf(a, b, c, '两种虫子绝对没关系')],
    [
      'R10',
      'a key that repeats the stem',
      single,
      {
        stem: '蚜虫少了瓢虫这天敌，后来怎样？',
        ...optionsOf('甲乙丙丁', '蚜虫少了瓢虫', '戊己庚辛', '子丑寅卯'),
      },
    ],
    ['R15', 'a number of five digits', single, { stem: '果园里有12345只蚜虫，为什么这样多？' }],
    ['R15', 'four numbers in the stem', single, { stem: '1天、2天、3天、4天以后，蚜虫为什么更多？' }],
    ['R15', 'two units of one quantity', single, { stem: '树高3米，蚜虫长2毫米，为什么难找？' }],
    ['R16', 'an abbreviation nobody knows', single, { stem: '果园用了DDT以后，蚜虫为什么更多？' }],
    ['R20', 'no review date', single, { review_due: undefined }],
    ['R20', 'a review date that is today', single, { review_due: today }],
    ['R26', 'a statement with 40 s', statement, { time_sec: 40 }],
    ['R28', 'a difficulty without basis', single, { difficulty: { p_prior: 0.5, se: 0.1, basis: ' ' } }],
  ])('%s: %s', (rule, _title, id, changes) => {
    const found = findingsOf(rule, id, changes);
    expect(found.map((finding) => finding.itemId)).toEqual([id]);
    expect(findingsOf(rule, id, {})).toEqual([]);
  });

  it('R19: a value of the table that the alternative text does not speak', () => {
    const chart = sampleFile.items.find((item) => item['id'] === 'M-10-MI-S002');
    const stimulus = { ...(chart?.['stimulus'] as Fields), alt: '五天的气温和用水量都在升高。' };
    expect(findingsOf('R19', 'M-10-MI-S002', { stimulus })).toMatchObject([
      { level: 'error', params: { found: '26、28、30、33、35、40、44、49、55、60' } },
    ]);
    expect(findingsOf('R19', 'M-10-MI-S002', {})).toEqual([]);
  });

  it('R20: an item that rests on news alone, and one whose source was superseded', () => {
    const refs = (fields: Fields) => ({
      ...sampleFile.refs,
      'REF-PEST': { title: 'x', issuer: 'y', ...fields },
    });
    expect(findingsOf('R20', single, {}, refs({ type: '新闻' }))).toMatchObject([
      { params: { part: 'noPrimarySource' } },
    ]);
    expect(findingsOf('R20', single, {}, refs({ type: '法规', status: '废止' }))).toMatchObject([
      { params: { part: 'superseded' } },
    ]);
  });

  it('R11 and R12: a pool keyed by one letter, or by 对 alone', () => {
    const copies = (id: string, changes: Fields) =>
      Array.from({ length: 10 }, (_, index) => ({
        ...sampleFile.items.find((item) => item['id'] === id),
        id: `${id.slice(0, -4)}${100 + index}`,
        ...changes,
      }));
    const letters = check(copies(single, { key: ['B'] })).filter(({ rule }) => rule === 'R11');
    expect(letters.map(({ params }) => [params['key'], params['share']])).toEqual([
      ['A', 0],
      ['B', 1],
      ['C', 0],
      ['D', 0],
    ]);
    const statements = check(copies(statement, { key: ['对'] })).filter(({ rule }) => rule === 'R12');
    expect(statements).toMatchObject([{ itemId: null, params: { key: '对', share: 1 } }]);
  });

  it('R13: a second item with nearly the same words, unless the two are enemies', () => {
    const original = sampleFile.items.find((item) => item['id'] === statement) ?? {};
    const twin = {
      ...original,
      id: 'K-20-ME-100',
      stem: '用炭火或燃气取暖，只要闻不到气味，就不会一氧化碳中毒。',
    };
    const near = (items: unknown[]) => check(items).filter(({ rule }) => rule === 'R13');
    expect(near([original, twin])).toMatchObject([{ itemId: statement, params: { other: 'K-20-ME-100' } }]);
    expect(near([original, { ...twin, enemies: [statement] }])).toEqual([]);
  });
});

describe('text measures', () => {
  it('count characters without punctuation and white space', () => {
    expect(lengthOf('“天 气”，好。')).toBe(3);
  });
  it('split sentences at full stops, question and exclamation marks', () => {
    expect(sentencesOf('天晴。下雨吗？快跑！')).toEqual(['天晴', '下雨吗', '快跑']);
  });
  it.each([
    ['kitten', 'sitting', 1 - 3 / 7],
    ['天气', '天气', 1],
    ['', '天气', 0],
  ])('edit similarity of %s and %s is %d', (first, second, similarity) => {
    expect(editSimilarity(first, second)).toBeCloseTo(similarity, 12);
  });
  it('hold the 3,755 characters of GB2312 level 1, each once', () => {
    expect(new Set(level1Characters).size).toBe(3755);
    expect([...level1Characters].slice(0, 3).join('')).toBe('啊阿埃');
  });
});

describe('the registry', () => {
  it('holds the automatic rules of the checklist', () => {
    expect(Object.keys(checkRules).sort()).toEqual(
      'R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R26 R28 R29'.split(
        ' ',
      ),
    );
  });
});
