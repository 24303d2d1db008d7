import { describe, expect, it } from 'vitest';
import { areOrderedNumbers, arrangeQuestion } from '@shared/questionnaire/arrange';
import type { Question } from '@shared/questions/kinds';
import { seedScript, smallForm } from './support';

const optionCodes = (question: Question): readonly string[] =>
  'options' in question ? question.options.map((option) => option.code) : [];
const choice = (
  texts: readonly string[],
  more: Partial<Extract<Question, { kind: 'single' }>> = {},
): Question => ({
  kind: 'single',
  code: 'Q',
  text: '问',
  shuffle: true,
  options: texts.map((label, at) => ({ code: String(at + 1), text: label })),
  ...more,
});

describe('the order of options', () => {
  const question = choice(['甲', '乙', '丙', '丁']);

  it('is the same for the same seed and differs between seeds', () => {
    expect(arrangeQuestion(question, 7)).toEqual(arrangeQuestion(question, 7));
    const orders = new Set(
      Array.from({ length: 200 }, (_, seed) => optionCodes(arrangeQuestion(question, seed)).join()),
    );
    expect(orders.size).toBe(24);
  });

  it('gives every option every place about equally often', () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => optionCodes(arrangeQuestion(question, seed))[0]);
    for (const code of ['1', '2', '3', '4']) {
      const share = firsts.filter((first) => first === code).length / firsts.length;
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.3);
    }
  });

  it('keeps fixed, exclusive and 其他 options in their places', () => {
    const mixed: Question = {
      kind: 'multi',
      code: 'M',
      text: '问',
      shuffle: true,
      options: [
        { code: '1', text: '甲' },
        { code: '2', text: '乙', fixed: true },
        { code: '3', text: '丙' },
        { code: '97', text: '其他', allowsNote: true },
        { code: '10', text: '都没有', exclusive: true },
      ],
    };
    for (let seed = 0; seed < 50; seed += 1) {
      const codes = optionCodes(arrangeQuestion(mixed, seed));
      expect([codes[1], codes[3], codes[4]]).toEqual(['2', '97', '10']);
      expect(new Set(codes).size).toBe(5);
    }
  });

  it('leaves ordered numbers and questions without shuffling alone', () => {
    const numeric = choice(['约10克', '约20克', '约1,000克', '约2,000克']);
    const still = choice(['甲', '乙', '丙'], { shuffle: false });
    for (let seed = 0; seed < 20; seed += 1) {
      expect(arrangeQuestion(numeric, seed)).toEqual(numeric);
      expect(arrangeQuestion(still, seed)).toEqual(still);
    }
    expect(
      areOrderedNumbers([
        { code: '1', text: '30%' },
        { code: '2', text: '20%' },
      ]),
    ).toBe(true);
    expect(
      areOrderedNumbers([
        { code: '1', text: '3天' },
        { code: '2', text: '9天' },
        { code: '3', text: '5天' },
      ]),
    ).toBe(false);
  });
});

describe('a script', () => {
  it('is the same for the same input, and one module more changes no other question', () => {
    expect(seedScript()).toEqual(seedScript());
    const few = seedScript({ modules: ['information'] });
    const all = new Map(seedScript().steps.map((step) => [step.id, step]));
    for (const step of few.steps) expect(all.get(step.id)).toEqual(step);
  });

  it('numbers the test items in form order', () => {
    const steps = seedScript({ formQuestions: smallForm(50) }).steps.filter(
      (step) => step.testPosition !== null,
    );
    expect(steps.map((step) => step.testPosition)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(steps.map((step) => step.id)).toEqual(smallForm(50).map((item) => item.code));
  });

  it('asks for 民族 only when the survey says so', () => {
    const has = (codes: readonly string[]) =>
      seedScript({ optionalQuestions: codes }).steps.some((step) => step.id === 'B4');
    expect([has([]), has(['B4'])]).toEqual([false, true]);
  });

  it('refuses an item whose id is a question code', () => {
    expect(() => seedScript({ formQuestions: [choice(['甲', '乙'], { code: 'S1' })] })).toThrow(
      'share an id',
    );
  });
});
