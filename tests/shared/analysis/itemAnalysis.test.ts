/** Item analysis against shares counted by hand on answers set by hand. */
import { beforeAll, describe, expect, it } from 'vitest';
import { analyseSurveyItems, type SurveyItemsInput } from '@shared/analysis/itemAnalysis';
import type { BankItem } from '@shared/assessment/bank';
import type { Answer } from '@shared/questions/answer';
import type { AnalysedItems, AnalysedSurveyItem } from '@shared/results/itemAnalysisResults';
import { itemFlagSentence } from '@shared/texts/itemAnalysisTexts';
import { generatedInput, need, registry } from '../../support/analysisInput';

const byType = (type: BankItem['type']): BankItem[] =>
  registry.bank.items.filter((item) => item.type === type);
const choices = byType('single').slice(0, 5);
const multi = need(byType('multi')[0]);
const items = [...choices, multi];
const [choice] = choices;
const { id: choiceId, key: choiceKey } = need(choice);
const key = need(choiceKey[0]);
const wrong = need((choice?.options ?? []).map(({ id }) => id).find((id) => id !== key));

const survey = generatedInput({
  planId: 'suzhou',
  respondents: 400,
  seed: 5,
  settings: { weighting: { kind: 'equal' }, basis: 'nonprobability' },
});
const complete = survey.rows.filter((row) => row.score !== null).slice(0, 200);

const right = (item: BankItem): Answer =>
  item.type === 'multi' ? { kind: 'multi', codes: item.key } : { kind: 'single', code: need(item.key[0]) };
/** Mostly the easier items first; every sixth pair of person and item goes the other way. */
const knows = (n: number, k: number): boolean => n % 7 > k !== ((n * 5 + k * 3) % 6 === 0);
const others = (n: number): Record<string, Answer> =>
  Object.fromEntries(items.slice(1).flatMap((item, k) => (knows(n, k) ? [[item.id, right(item)]] : [])));

/** Of the 200: 90 choose the key, 50 one distractor, 40 say 不知道, 20 nothing. */
function firstAnswer(n: number): Record<string, Answer> {
  if (n < 90) return { [choiceId]: { kind: 'single', code: key } };
  if (n < 140) return { [choiceId]: { kind: 'single', code: wrong } };
  return n < 180 ? { [choiceId]: { kind: 'missing', reason: 'dontKnow' } } : {};
}

function inputOf(answer: (n: number) => Record<string, Answer>, showsContent = true): SurveyItemsInput {
  const rows = complete.map((row, n) => ({
    ...row,
    respondent: {
      ...row.respondent,
      mode: 'interviewer' as const,
      background: {
        ...row.respondent.background,
        sex: n % 2 === 0 ? ('male' as const) : ('female' as const),
      },
      answers: { ...others(n), ...answer(n) },
    },
  }));
  return {
    analysis: { ...survey, rows },
    items,
    seconds: { [choiceId]: [...Array<number>(20).fill(2), ...Array<number>(20).fill(3)] },
    earlier: [],
    showsContent,
  };
}

function analysed(input: SurveyItemsInput): AnalysedItems {
  const found = analyseSurveyItems(input);
  if (!found.ok || found.value.state !== 'analysed') throw new Error(JSON.stringify(found));
  return found.value;
}

const optionOf = (item: AnalysedSurveyItem, code: string) =>
  need(item.options.find((option) => option.code === code));

describe('an item everybody answered in a known way', () => {
  let document: AnalysedItems;
  let first: AnalysedSurveyItem;
  beforeAll(() => {
    document = analysed(inputOf(firstAnswer));
    first = need(document.items[0]);
  });

  it('has the counted shares: 90, 50, 40 and 20 of 200', () => {
    expect(first.difficulty).toBeCloseTo(0.45, 12);
    expect(optionOf(first, key).share).toBeCloseTo(0.45, 12);
    expect(optionOf(first, wrong).share).toBeCloseTo(0.25, 12);
    expect(first.dontKnow).toBeCloseTo(0.2, 12);
    expect(first.blank).toBeCloseTo(0.1, 12);
  });

  it('says 不知道 by sex: every second of the 40 is a man', () => {
    const men = need(first.missingRates.find(({ label }) => label === '男'));
    expect(men).toMatchObject({ respondentCount: 100 });
    expect(men.dontKnow).toBeCloseTo(0.2, 12);
  });

  it('correlates right answers with the score on the other items, as counted here', () => {
    const pairs = complete.map((_, n) => ({ x: n < 90 ? 1 : 0, y: Object.keys(others(n)).length }));
    const mean = (of: (pair: { x: number; y: number }) => number): number =>
      pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
    const [x, y] = [mean((pair) => pair.x), mean((pair) => pair.y)];
    const spread = (of: (pair: { x: number; y: number }) => number, centre: number): number =>
      Math.sqrt(mean((pair) => (of(pair) - centre) ** 2));
    const covariance = mean((pair) => (pair.x - x) * (pair.y - y));
    expect(first.itemRestCorrelation).toBeCloseTo(
      covariance / (spread((pair) => pair.x, x) * spread((pair) => pair.y, y)),
      10,
    );
  });

  it('draws each option over five groups of 40: the key’s curve averages to its share', () => {
    const { curve } = optionOf(first, key);
    expect(curve).toHaveLength(5);
    expect(curve.reduce((sum, share) => sum + share, 0) / 5).toBeCloseTo(0.45, 12);
  });

  it('flags the unused distractors, the blanks and the hasty answers, with their numbers', () => {
    const sentences = first.flags.map(itemFlagSentence);
    expect(first.medianSeconds).toBe(2.5);
    expect(sentences.filter((sentence) => sentence.includes('很少有人选：0.0%'))).toHaveLength(2);
    expect(sentences).toContain('未答占 10.0%，高于 5.0%');
    expect(sentences).toContain('作答时间中位数 2.5 秒，短于 4 秒');
    const codes = first.flags.map(({ code }) => Number(code.slice(1)));
    expect(codes).toEqual([...codes].sort((a, b) => a - b));
  });

  it('lists only right and wrong where no single option is chosen, and judges no distractor there', () => {
    const last = need(document.items.at(-1));
    expect(last.optionBasis).toBe('composite');
    expect(last.options.map(({ code }) => code)).toEqual([
      'key',
      'distractor',
      'dontKnow',
      'refused',
      'blank',
    ]);
    expect(last.flags.filter(({ code }) => ['F3', 'F4', 'F5'].includes(code))).toEqual([]);
  });

  it('compares no groups of fewer than 200 and names them', () => {
    expect(document.items.flatMap(({ dif }) => dif)).toEqual([]);
    expect(document.smallDifGroups.some((label) => label.startsWith('性别: '))).toBe(true);
  });
});

it('reports progress that never runs backwards', () => {
  const fractions: number[] = [];
  analyseSurveyItems(inputOf(firstAnswer), (_stage, fraction) => fractions.push(fraction));
  expect(fractions.length).toBeGreaterThan(2);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBeCloseTo(1, 12);
});

describe('what cannot be said is not said', () => {
  it('an item imported as 0/1 has no distractor table', () => {
    const document = analysed(inputOf((n) => ({ [choiceId]: { kind: 'number', value: n < 90 ? 1 : 0 } })));
    const first = need(document.items[0]);
    expect(first.optionBasis).toBe('scoredBefore');
    expect(first.difficulty).toBeCloseTo(0.45, 12);
    expect(optionOf(first, 'distractor').share).toBeCloseTo(0.55, 12);
  });

  it('an item nobody got right has a difficulty and no discrimination', () => {
    const document = analysed(inputOf(() => ({})));
    expect(document.withoutVariation).toEqual([choiceId]);
    expect(need(document.items[0])).toMatchObject({ difficulty: 0, itemRestCorrelation: null, infit: null });
  });

  it('a bank that is not public shows neither stem nor option nor key', () => {
    const document = analysed(inputOf(firstAnswer, false));
    const text = JSON.stringify(document);
    for (const item of items) {
      expect(text).not.toContain(item.stem);
      for (const { text: optionText } of item.options ?? [])
        if (optionText.length > 2) expect(text).not.toContain(optionText);
    }
    expect(
      document.items.every(({ stem, optionBasis }) => stem === null && optionBasis === 'restricted'),
    ).toBe(true);
  });

  it('fewer than 100 complete cases are not analysed', () => {
    const input = inputOf(firstAnswer);
    const rows = input.analysis.rows.slice(0, 99);
    expect(analyseSurveyItems({ ...input, analysis: { ...input.analysis, rows } })).toEqual({
      ok: true,
      value: { state: 'tooFew', respondentCount: 99, needed: 100 },
    });
  });
});
