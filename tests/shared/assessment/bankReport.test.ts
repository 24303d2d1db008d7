import { describe, expect, it } from 'vitest';
import { parseBank } from '@shared/assessment/bank';
import type { ItemBank } from '@shared/assessment/bank';
import { checkBank } from '@shared/assessment/bankCheck';
import { reportBank } from '@shared/assessment/bankReport';
import { bankTargetsSchema, summariseBank } from '@shared/assessment/bankSummary';
import { knownItemsSchema, namesSchema, noLists, toCheckLists } from '@shared/assessment/checks/checkLists';
import { findingText } from '@shared/texts/bankCheckTexts';
import { loadTrialBank, readBankJson } from '../../question-banks/trialBank';
import { readJson, sampleBankJson, sampleFile } from './sampleBank';

type Fields = Record<string, unknown>;
const today = '2026-11-22';
const lists = toCheckLists(
  knownItemsSchema.parse(readJson('seeds/checklist/known-items.json')),
  namesSchema.parse(readJson('seeds/checklist/names.json')),
);
const single = 'S2-06-EE-S001';

function bankWith(changes: Fields, id = single): ItemBank {
  const sample = sampleFile.items.find((item) => item['id'] === id);
  const items = [{ ...sample, ...changes }];
  const bank = parseBank(
    sampleBankJson,
    [{ name: 'items', content: { defaults: { ...sampleFile.defaults, review_due: '2027-11-22' }, items } }],
    [{ name: 'refs', content: sampleFile.refs }],
  );
  if (!bank.ok) throw new Error(String(bank.failure.params['where']));
  return bank.value;
}

const findingsOf = (rule: string, changes: Fields) =>
  checkBank(bankWith(changes), today, lists).filter((finding) => finding.rule === rule);

const ownStem = '菜地里常有蜘蛛，老人说留着它们有好处。为什么这样说？';
const ownWords = {
  stem: ownStem,
  options: ['蜘蛛会松土', '蜘蛛吃害虫', '蜘蛛能授粉', '蜘蛛可施肥'].map((text, index) => ({
    id: 'ABCD'[index],
    text,
  })),
};

describe('R14 copied wording', () => {
  it('blocks a worked sample of the specification', () => {
    expect(findingsOf('R14', {})).toMatchObject([{ level: 'error', params: { known: single } }]);
  });
  it('blocks eight characters in a row whatever the punctuation', () => {
    const stem = '有人说：激光，因会聚声波 而产生。这话对吗？';
    expect(findingsOf('R14', { ...ownWords, stem })).toHaveLength(1);
  });
  it('lets seven shared characters pass', () => {
    expect(findingsOf('R14', { ...ownWords, stem: '激光因会聚声波，有人这样说，对吗？' })).toEqual([]);
  });
});

describe('R17 names', () => {
  it.each(['用微信转发的消息', '去北京的路上', '协和医院的大夫', '爱因斯坦说过的话'])(
    'blocks “%s”',
    (words) => {
      expect(findingsOf('R17', { ...ownWords, stem: `${words}，为什么要想一想？` })).toHaveLength(1);
    },
  );
  it('lets words pass that only look like a name', () => {
    expect(findingsOf('R17', { ...ownWords, stem: '北京时间八点，九成都到了，为什么？' })).toEqual([]);
  });
});

describe('R18 double negation', () => {
  it.each(['为什么不能不浇水？', '没有一种药不需要看说明书，对吗？'])('warns of “%s”', (stem) => {
    expect(findingsOf('R18', { ...ownWords, stem })).toMatchObject([{ level: 'warning' }]);
  });
  it.each(['蜘蛛是不是不吃草？', '既不浇水也不施肥，会怎样？', '两块地有什么不同，为什么不长草？'])(
    'is silent at “%s”',
    (stem) => {
      expect(findingsOf('R18', { ...ownWords, stem })).toEqual([]);
    },
  );
});

describe('R29 workflow', () => {
  const review = (by: string, role: string, verdict = 'accept') => ({ by, role, verdict });
  const three = [review('甲', 'content'), review('乙', 'language'), review('丙', 'sensitivity')];
  const partsOf = (changes: Fields) => findingsOf('R29', changes).map(({ params }) => params['part']);

  it('accepts an active item three people passed in three roles', () => {
    expect(partsOf({ status: 'active', authors: ['丁'], reviews: three })).toEqual([]);
  });
  it('blocks an author who reviews the own item, in any status', () => {
    expect(partsOf({ status: 'review', authors: ['甲'], reviews: [review('甲', 'content')] })).toEqual([
      'authorReviewed',
    ]);
  });
  it('blocks an active item with a role missing, or with an objection', () => {
    const doubled = [...three.slice(0, 2), review('丙', 'language')];
    expect(partsOf({ status: 'active', authors: ['丁'], reviews: doubled })).toEqual(['roleMissing']);
    const objected = [...three, review('丙', 'sensitivity', 'reject')];
    expect(partsOf({ status: 'active', authors: ['丁'], reviews: objected })).toContain('openObjection');
  });
  it('asks nothing of an item still in review', () => {
    expect(partsOf({ status: 'review', authors: ['丁'], reviews: [] })).toEqual([]);
  });
});

describe('the bank report', () => {
  const withWarning = bankWith({ stem: '果园里有12345只蚜虫，为什么这样多？' });
  const report = (reasons: Record<string, Record<string, string>>) =>
    reportBank({ bank: withWarning, today, lists: noLists, reasons });

  it('fails while a warning has no reason, and passes once it has', () => {
    expect(report({})).toMatchObject({ errorCount: 0, warningCount: 1, unexplainedCount: 1, passes: false });
    const explained = report({ [single]: { R15: '这道题考读大数。' } });
    expect(explained).toMatchObject({ unexplainedCount: 0, passes: true });
    expect(explained.findings[0]?.reason).toBe('这道题考读大数。');
  });

  it('makes an error of a reason nothing asks for: another rule, another item', () => {
    const reason = '这道题考读大数。';
    const stale = report({ [single]: { R15: reason, R01: reason }, 'K-01-ME-001': { R15: reason } });
    expect(
      stale.findings
        .filter(({ rule }) => rule === 'REASON')
        .map(({ itemId, params }) => [itemId, params['about']]),
    ).toEqual([
      [single, 'R01'],
      ['K-01-ME-001', 'R15'],
    ]);
    expect(stale.passes).toBe(false);
  });

  it('has a Chinese sentence for every finding', () => {
    const faults = bankWith({
      stem: '下面关于果园的说法，不正确的是哪个？',
      time_sec: 90,
      review_due: today,
    });
    const sentences = checkBank(faults, today, lists).map(findingText);
    expect(sentences.length).toBeGreaterThan(2);
    for (const sentence of sentences) expect(sentence).toMatch(/^[^{}]*\p{Script=Han}[^{}]*$/u);
    expect(sentences.join()).not.toContain('undefined');
  });
});

describe('the composition of the shipped bank', () => {
  const bank = loadTrialBank();
  const targets = bankTargetsSchema.parse(readBankJson('targets.json'));
  const rows = summariseBank(bank, targets);
  const missed = rows.filter(({ met }) => !met).map(({ section }) => section);

  it('meets the allocation, areas, topics, types, difficulty, levels and key balance of the specification', () => {
    expect(missed.filter((section) => !['knowledge', 'pisa', 'anchors'].includes(section))).toEqual([]);
  });

  it('counts what is there: 18 items of 基准17, 36 K items in LH', () => {
    const health = rows.filter(
      ({ section, subject }) => section === 'dimensionByBenchmark' && subject.startsWith('17/'),
    );
    expect(health.reduce((sum, { actual }) => sum + actual, 0)).toBe(18);
    expect(rows.find(({ subject }) => subject === 'K/LH')).toMatchObject({
      actual: 36,
      target: 36,
      met: true,
    });
  });

  it('misses a target when items are taken away', () => {
    const fewer = { ...bank, items: bank.items.filter((item) => item.topics?.includes('反诈') !== true) };
    const fraud = summariseBank(fewer, targets).find(({ subject }) => subject === '反诈');
    expect(fraud).toMatchObject({ actual: 0, min: 8, met: false });
  });
});
