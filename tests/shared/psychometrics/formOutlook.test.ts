import { describe, expect, it } from 'vitest';
import { judgeForm, type OutlookItem } from '@shared/psychometrics/formOutlook';
import { spearmanBrown } from '@shared/psychometrics/classical';
import { guessingProbability } from '@shared/psychometrics/outlookItem';

const population = { mean: 0, standardDeviation: 1 };

const item = (changes: Partial<OutlookItem> = {}): OutlookItem => ({
  a: 1,
  b: 0,
  c: 0,
  points: 2,
  guessingProbability: 0.5,
  seconds: 30,
  ...changes,
});

const judged = (items: readonly OutlookItem[], cuts: readonly number[]) => {
  const found = judgeForm(
    items,
    cuts.map((score) => ({ id: `cut${score}`, score })),
    population,
  );
  if (!found.ok) throw new Error(JSON.stringify(found.failure));
  return found.value;
};

describe('the outlook of a form', () => {
  it('of two symmetric items is the hand calculation', () => {
    const { itemCount, maximumScore, minutes, expectedScore, cuts } = judged([item(), item()], [2, 4]);
    expect({ itemCount, maximumScore, minutes }).toEqual({ itemCount: 2, maximumScore: 4, minutes: 1 });
    expect(expectedScore.mean).toBeCloseTo(2, 10);
    // A guesser with two even chances: three times in four at least one right, once in four both.
    expect(cuts.map(({ guessPassProbability }) => guessPassProbability)).toEqual([0.75, 0.25]);
    // At the cut of 2 points the ability is 0, half of the population stands above.
    expect(cuts[0]?.theta).toBeCloseTo(0, 10);
    expect(cuts[0]?.trueShare).toBeCloseTo(0.5, 10);
    // Two items of 2 points at theta = 0: variance 2 x 4 x .25.
    expect(cuts[0]?.conditionalStandardError).toBeCloseTo(Math.SQRT2, 10);
  });

  it('gives every reachable score a probability, all adding to one', () => {
    const { scoreDistribution } = judged([item({ points: 2 }), item({ points: 3 })], []);
    expect(scoreDistribution.map(({ score }) => score)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(scoreDistribution[1]?.probability).toBe(0);
    expect(scoreDistribution[0]?.atOrAbove).toBeCloseTo(1, 12);
    const total = scoreDistribution.reduce((sum, { probability }) => sum + probability, 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it('knows that nobody truly reaches a cut only every item right earns, and says it without a number', () => {
    const [cut] = judged([item(), item()], [4]).cuts;
    expect(cut).toMatchObject({ theta: null, trueShare: 0, conditionalStandardError: null });
    expect(cut?.observedShare).toBeGreaterThan(0.2);
  });

  it('is more reliable the longer the form', () => {
    const kr20 = (count: number): number =>
      judged(
        Array.from({ length: count }, () => item()),
        [],
      ).reliability.kr20 ?? 0;
    // Spearman-Brown: doubling a form of parallel items.
    expect(kr20(20)).toBeCloseTo((2 * kr20(10)) / (1 + kr20(10)), 8);
    expect(spearmanBrown(kr20(10), 2)).toBeCloseTo(kr20(20), 8);
  });

  it('judges every cut by Livingston and Lewis too: within .01 of Lee on a form of fifty items', () => {
    // Difficulties spread over the range; §3.7 of the specification finds the two methods .002 apart at 50 items.
    const items = Array.from({ length: 50 }, (_, k) => item({ b: -1.5 + (3 * k) / 49 }));
    const cuts = judged(items, [55, 70]).cuts;
    for (const { accuracy, consistency, livingstonLewis } of cuts) {
      expect(Math.abs((livingstonLewis?.accuracy ?? NaN) - accuracy)).toBeLessThan(0.01);
      expect(Math.abs((livingstonLewis?.consistency ?? NaN) - consistency)).toBeLessThan(0.01);
    }
    expect(judged([item()], [2]).cuts[0]?.livingstonLewis).toBeNull();
  });

  it('refuses a form without items and a population without spread', () => {
    expect(judgeForm([], [], population)).toMatchObject({ ok: false, failure: { code: 'INVALID_INPUT' } });
    expect(judgeForm([item()], [], { mean: 0, standardDeviation: 0 })).toMatchObject({ ok: false });
  });
});

describe('the chance of a blind guess', () => {
  const options = (count: number) =>
    Array.from({ length: count }, (_, k) => ({
      id: (['A', 'B', 'C', 'D', 'E'] as const)[k] ?? 'A',
      text: '甲',
    }));

  it('is counted from the type of the item', () => {
    expect(guessingProbability({ type: 'tf' })).toBe(1 / 2);
    expect(guessingProbability({ type: 'single', options: options(4) })).toBe(1 / 4);
    // Sets of two, three or four out of four: 6 + 4 + 1.
    expect(guessingProbability({ type: 'multi', options: options(4) })).toBe(1 / 11);
    expect(guessingProbability({ type: 'order', options: options(4) })).toBe(1 / 24);
  });
});
