import { describe, expect, it } from 'vitest';
import { createRandom } from '@shared/numeric/seededRandom';
import type { SeededRandom } from '@shared/numeric/seededRandom';
import { readKeyed, writeKeyed } from '@shared/paper/keyedText';
import { questionOnPaper } from '@shared/questionnaire/arrange';
import type { Answer } from '@shared/questions/answer';
import type { Question, QuestionKindName, QuestionOf } from '@shared/questions/kinds';
import { questionKinds } from '@shared/questions/kinds';
import { validateAnswer } from '@shared/questions/registry';
import { examples } from '../questions/examples';

const pick = <T>(random: SeededRandom, values: readonly T[]): T => {
  const value = random.shuffle(values)[0];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};
const between = (random: SeededRandom, low: number, high: number): number =>
  low + Math.floor(random.next() * (high - low + 1));

/** A random valid answer of every kind. */
const drawn: { readonly [K in QuestionKindName]: (question: QuestionOf<K>, random: SeededRandom) => Answer } =
  {
    single: ({ options }, random) => {
      const option = pick(random, options);
      return { kind: 'single', code: option.code, ...(option.allowsNote ? { note: '某某 电台' } : {}) };
    },
    multi: ({ options, maxChoices = 40 }, random) => {
      const chosen = new Set(
        random
          .shuffle(options.filter(({ exclusive }) => !exclusive))
          .slice(0, between(random, 1, maxChoices)),
      );
      return { kind: 'multi', codes: options.filter((option) => chosen.has(option)).map(({ code }) => code) };
    },
    trueFalse: (_question, random) => ({ kind: 'trueFalse', value: random.next() < 0.5 }),
    number: ({ minimum, maximum }, random) => ({ kind: 'number', value: between(random, minimum, maximum) }),
    yearMonth: (_question, random) => ({
      kind: 'yearMonth',
      year: between(random, 1900, 2100),
      month: pick(random, [null, 1, 6, 10, 12]),
    }),
    text: (_question, random) => ({ kind: 'text', text: pick(random, ['务农', '开店 2', '教书']) }),
    scale: ({ rows, options }, random) => ({
      kind: 'scale',
      rows: Object.fromEntries(
        rows.map(({ code }, index) => [
          code,
          index === 0
            ? pick(random, options).code
            : pick(random, [...options.map((option) => option.code), '98', '-1']),
        ]),
      ),
    }),
    ordering: ({ options, pick: places = options.length }, random) => ({
      kind: 'ordering',
      codes: random
        .shuffle(options)
        .slice(0, places)
        .map(({ code }) => code),
    }),
    matching: ({ rows, options }, random) => {
      const right = random.shuffle(options);
      return {
        kind: 'matching',
        pairs: Object.fromEntries(rows.map(({ code }, index) => [code, right[index]?.code ?? ''])),
      };
    },
  };

const draw = (question: Question, random: SeededRandom): Answer =>
  (drawn[question.kind] as (asked: Question, from: SeededRandom) => Answer)(question, random);

const textOf = (question: Question, keyed: string): string => readKeyed(question, keyed).text;
const answerTo = (question: Question, keyed: string): Answer | null => {
  const reading = readKeyed(question, keyed);
  return reading.kind === 'answer' ? reading.answer : null;
};
const problemOf = (question: Question, keyed: string): string => {
  const reading = readKeyed(question, keyed);
  return reading.kind === 'unreadable' ? reading.problem : reading.kind;
};

describe.each(questionKinds)('what is keyed for a question of the kind %s', (kind) => {
  const question = questionOnPaper(examples[kind]);

  it('stands for the answer it was written from, for 200 random answers', () => {
    const random = createRandom(`keyed/${kind}`);
    for (let round = 0; round < 200; round += 1) {
      const answer = draw(question, random);
      expect(validateAnswer(question, answer)).toMatchObject({ ok: true });
      const keyed = writeKeyed(question, answer);
      expect(readKeyed(question, keyed)).toEqual({ kind: 'answer', text: keyed, answer });
    }
  });

  it('is the same text when it is keyed again in full-width characters with space around', () => {
    const random = createRandom(`wide/${kind}`);
    for (let round = 0; round < 50; round += 1) {
      const keyed = writeKeyed(question, draw(question, random));
      const wide = [...keyed].map((sign) =>
        /[!-~]/.test(sign) ? String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0) : sign,
      );
      expect(textOf(question, ` ${wide.join('')} `)).toBe(keyed);
    }
  });

  it('is nothing when nothing is keyed', () => {
    expect(readKeyed(question, '  ')).toEqual({ kind: 'blank', text: '' });
    expect(writeKeyed(question, { kind: 'missing', reason: 'noAnswer' })).toBe('');
  });

  it('may be 98, 99 or 88 for 不知道, 拒答, 不适用', () => {
    for (const [code, reason] of [
      ['98', 'dontKnow'],
      ['99', 'refused'],
      ['88', 'notApplicable'],
    ] as const) {
      expect(answerTo(question, code)).toEqual({ kind: 'missing', reason });
      expect(writeKeyed(question, { kind: 'missing', reason })).toBe(code);
    }
  });
});

const item: Question = {
  kind: 'multi',
  code: 'K-1',
  text: '哪些对？',
  options: ['A', 'B', 'C', 'D'].map((code) => ({ code, text: `选项${code}` })),
};

describe('keys for speed', () => {
  it('several letters at once, in any order and case, with or without commas', () => {
    for (const keyed of ['CA', 'ca', 'a,c', 'Ａ、Ｃ', 'c a']) expect(textOf(item, keyed)).toBe('A,C');
  });

  it('numbers stand for the places of lettered options, so one hand stays on the number pad', () => {
    expect(textOf(item, '13')).toBe('A,C');
    expect(textOf(item, '1+3')).toBe('A,C');
  });

  it('where codes are numbers, a two-digit code is one code', () => {
    expect(textOf(examples.multi, '10')).toBe('10');
    expect(textOf(examples.multi, '3 1')).toBe('1,3');
  });

  it('the order of an ordering is kept', () => {
    expect(textOf({ ...examples.ordering, pick: 3 }, 'cab')).toBe('C,A,B');
    expect(textOf({ ...examples.ordering, pick: 3 }, '312')).toBe('C,A,B');
  });

  it('one code a row for a scale, a hyphen for an empty one, 8 and 9 for 98 and 99', () => {
    expect(answerTo(examples.scale, '21')).toEqual({ kind: 'scale', rows: { a: '2', b: '1' } });
    expect(answerTo(examples.scale, '-1')).toEqual({ kind: 'scale', rows: { a: '-1', b: '1' } });
    expect(answerTo(examples.scale, '81')).toEqual({ kind: 'scale', rows: { a: '98', b: '1' } });
    expect(readKeyed(examples.scale, '--').kind).toBe('blank');
  });

  it('pairs as pairs or as one letter a row', () => {
    const pairs = { kind: 'matching', pairs: { '1': 'B', '2': 'A' } };
    expect(answerTo(examples.matching, '1-b 2-a')).toEqual(pairs);
    expect(answerTo(examples.matching, 'ba')).toEqual(pairs);
    expect(answerTo(examples.matching, '-a')).toEqual({ kind: 'matching', pairs: { '2': 'A' } });
  });

  it('a date in six digits, a year alone, or 98 for the month', () => {
    for (const keyed of ['198503', '1985-3', '1985.03', '1985年3月'])
      expect(answerTo(examples.yearMonth, keyed)).toEqual({ kind: 'yearMonth', year: 1985, month: 3 });
    for (const keyed of ['1985', '198598'])
      expect(answerTo(examples.yearMonth, keyed)).toEqual({ kind: 'yearMonth', year: 1985, month: null });
  });

  it('98 is a number where numbers reach it, and 998 is 不知道 there', () => {
    const visits: Question = { kind: 'number', code: 'P2a', text: '几次？', minimum: 1, maximum: 99 };
    expect(answerTo(visits, '98')).toEqual({ kind: 'number', value: 98 });
    expect(answerTo(visits, '998')).toEqual({ kind: 'missing', reason: 'dontKnow' });
  });
});

describe('a paper that breaks the rules is keyed as it is', () => {
  it('names what no answer can be made of and keeps the marks', () => {
    expect(readKeyed(examples.single, '1,2')).toEqual({
      kind: 'unreadable',
      text: '1,2',
      problem: 'severalMarks',
    });
    expect(problemOf(examples.single, '7')).toBe('unknownCode');
    expect(problemOf(item, 'AE')).toBe('unknownCode');
    expect(problemOf(examples.trueFalse, '12')).toBe('severalMarks');
    expect(problemOf(examples.scale, '1')).toBe('rowCount');
    expect(problemOf(examples.number, '三')).toBe('notANumber');
    expect(problemOf(examples.yearMonth, '198513')).toBe('notADate');
    expect(problemOf(examples.matching, '1-Z')).toBe('unknownPair');
  });

  it('reads the kept text the same way again', () => {
    for (const [question, keyed] of [
      [examples.single, '2 1'],
      [item, 'A E'],
      [examples.trueFalse, '2,1'],
    ] as const) {
      const { text } = readKeyed(question, keyed);
      expect(textOf(question, text)).toBe(text);
    }
  });
});
