/** The real questionnaire on paper: where answers lead, who answers what, what breaks a rule, what it is filed as. */
import { describe, expect, it } from 'vitest';
import { definitionSchema } from '@shared/questionnaire/definition';
import { buildScript } from '@shared/questionnaire/script';
import { readKeyed } from '@shared/paper/keyedText';
import { printedForm } from '@shared/paper/printedForm';
import { answersToFile, paperDisposition, reviewPaper } from '@shared/paper/paperReview';
import { coverDate, coverFields, reviewCover } from '@shared/paper/coverFields';
import { readFileSync } from 'node:fs';
import { settings } from '../../electron/kill/sample';

const definition = definitionSchema.parse(
  JSON.parse(readFileSync('seeds/questionnaires/csl-2026.json', 'utf8')),
);
const items = Array.from({ length: 4 }, (_, index) => ({
  kind: 'single' as const,
  code: `K-${index + 1}`,
  text: `试题 ${index + 1}`,
  options: ['A', 'B', 'C'].map((code) => ({ code, text: code })),
  dontKnow: true,
  refuse: true,
  shuffle: true,
}));
const script = buildScript({
  definition,
  modules: ['information', 'interest', 'activities', 'elder'],
  formQuestions: items,
  mode: 'selfAdministered',
  seed: 5,
  onPaper: true,
});
const printed = printedForm(definition, script).flatMap(({ questions }) => questions);
const printedOf = (id: string) => {
  const question = printed.find((each) => each.id === id);
  if (question === undefined) throw new Error(`${id} is not printed`);
  return question;
};
const jumps = (id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(printedOf(id).choices.flatMap(({ code, jump }) => (jump === '' ? [] : [[code, jump]])));

describe('the printed questionnaire', () => {
  it('says beside an option where it leads when questions are passed over', () => {
    expect(jumps('B2')).toEqual({ '5': '→ 跳到 B5' });
    expect(jumps('B5')).toEqual({ '1': '→ 跳到 第 1 题' });
    expect(jumps('T1')).toEqual({ '10': '→ 跳到 T4' });
    expect(jumps('I4')).toEqual({ '4': '→ 跳到 I6', '5': '→ 跳到 I6' });
    expect(jumps('B7')).toEqual({ '3': '→ 跳到 B14' });
    expect(jumps('E0')).toEqual({ '2': '→ 已答完' });
  });

  it('says where the interview ends', () => {
    expect(jumps('S0')).toEqual({ '2': '→ 到此结束，谢谢您' });
    expect(jumps('S3')).toEqual({ '1': '→ 到此结束，谢谢您' });
    expect(printedOf('S1').notes).toEqual(['不满 18 岁，或者 年满 70 岁的：到此结束，谢谢您。']);
  });

  it('says who answers a question, and which rows', () => {
    expect(printedOf('B11').condition).toBe('B9 选 1、2 或 3');
    expect(printedOf('P4').condition).toBe('P2 的 a 项选 2');
    expect(printedOf('E3').condition).toBe('E0 选 1，并且 E2 有一项选 2 或 3');
    expect(printedOf('T5').notes).toEqual(['只填 T1 里选过的。']);
    expect(printedOf('E2').notes).toEqual(['a、b、c、d、e、f、h 只由 E1 选 1 的人填。']);
  });

  it('keeps one order of options and all rows, whatever the seed', () => {
    expect(printedOf('K-1').choices.map(({ code }) => code)).toEqual(['A', 'B', 'C']);
    const { question } = printedOf('I1');
    expect(question.kind === 'scale' ? question.rows : []).toHaveLength(10);
  });

  it('prints the place where codes are long, and takes both when it is keyed', () => {
    const industry = printedOf('B10');
    expect(industry.choices.map(({ code }) => code)).toEqual([...'123456789', '10', '11', '12', '97']);
    for (const keyed of ['12', 'pqs'])
      expect(readKeyed(industry.question, keyed)).toMatchObject({ answer: { code: 'PQS' } });
  });

  it('leaves out what only an interviewer records', () => {
    expect(printed.map(({ id }) => id)).not.toContain('Z4');
  });
});

const today = { year: 2025, month: 10, day: 1 };
/** A person of 40 with a job who answers everything. */
const whole: Readonly<Record<string, string>> = {
  S0: '1',
  S1: '198506',
  S2: '1',
  S3: '2',
  S6: '1',
  B1: '2',
  B2: '1',
  B3: '1',
  B5: '6',
  B6: '1',
  B6a: '1',
  'K-1': 'A',
  'K-2': 'B',
  'K-3': '98',
  'K-4': 'C',
  T1: '1 6',
  T2: '6 1',
  T3: '1',
  T4: '1',
  T5: '1----2---',
  I1: '1111111111',
  I2: '1111111111',
  I3: '1234512345',
  I4: '4',
  I6: '1',
  P1: '3333333',
  P2: '2222222222',
  P4: '3',
  B7: '1',
  B8: '教书',
  B8c: '2',
  B9: '3',
  B10: 'PQS',
  B11: '4',
  B12: '1',
  B13: '2',
  B14: '3',
  B15: '1',
};
const review = (changes: Readonly<Record<string, string>> = {}) =>
  reviewPaper(script, new Map(Object.entries({ ...whole, ...changes })), today);
const problems = (changes: Readonly<Record<string, string>>): string[] =>
  review(changes).violations.map(({ fieldId, problem }) => `${fieldId} ${problem}`);

describe('a paper against the rules of the interview', () => {
  it('that keeps them all is complete, without violations', () => {
    const good = review();
    expect(good.violations).toEqual([]);
    expect(good.state.status).toBe('complete');
    expect(paperDisposition(good)).toBe('complete');
  });

  it('files rows of a scale only where the person was to answer them', () => {
    expect(review().answers.T5).toEqual({ kind: 'scale', rows: { '1': '1', '6': '2' } });
    expect(problems({ T5: '12---2---' })).toEqual(['T5 unknownRow']);
  });

  it('is told apart: marks on a passed-over question, codes out of range, two circles, a failed check', () => {
    expect(problems({ I5: '1' })).toEqual(['I5 skipped']);
    expect(problems({ B14: '40' })).toEqual(['B14 outOfRange']);
    expect(problems({ B1: '1,2' })).toEqual(['B1 severalMarks']);
    expect(problems({ T1: '1 10' })).toContain('T1 exclusive');
    expect(problems({ S1: '203006' })).toEqual(expect.arrayContaining(['S1 check']));
    expect(problems({ B5: '98' })).toEqual(expect.arrayContaining(['B5 missingNotAllowed']));
  });

  it('may have empty questions: they are filed as left empty and are no violation', () => {
    const sparse = review({ 'K-2': '', I6: '', B14: '' });
    expect(sparse.violations).toEqual([]);
    expect(sparse.state.status).toBe('complete');
    expect(Object.fromEntries(answersToFile(sparse))).toMatchObject({
      'K-2': { kind: 'missing', reason: 'noAnswer' },
      B14: { kind: 'missing', reason: 'noAnswer' },
    });
  });

  it('files nothing for questions that were rightly passed over', () => {
    const filed = new Map(answersToFile(review()));
    expect(filed.has('I5')).toBe(false);
    expect(filed.has('E1')).toBe(false);
  });

  it('that ends by a rule takes no more answers', () => {
    const soldier = reviewPaper(
      script,
      new Map([
        ['S0', '1'],
        ['S1', '199006'],
        ['S2', '1'],
        ['S3', '1'],
      ]),
      today,
    );
    expect(soldier.violations).toEqual([]);
    expect(paperDisposition(soldier)).toBe('ineligibleMilitary');
    expect(problems({ S3: '1' })).toContain('B1 skipped');
  });

  it('is a break-off below half of the applicable questions, partial up to 80 %, complete above', () => {
    // Applicable are exactly the questions of `whole`; refusals and empty ones do not count as answered.
    const ids = Object.keys(whole);
    const asked = review().state.steps.filter(({ status }) => status !== 'inactive').length;
    expect(asked).toBe(ids.length);
    const late = ['I1', 'I3', 'P1', 'I6', 'B13', 'B14', 'B15', 'T4', 'K-1', 'K-2', 'K-3', 'K-4'];
    const without = (count: number) => review(Object.fromEntries(late.slice(0, count).map((id) => [id, ''])));
    for (const count of [0, 4, 8, 12]) {
      const { state } = without(count);
      const open = state.steps.filter(({ status }) => status !== 'inactive');
      const share =
        open.filter(({ answer }) => answer?.kind !== 'missing' || answer.reason === 'dontKnow').length /
        open.length;
      expect(paperDisposition(without(count))).toBe(
        share > 0.8 ? 'complete' : share >= 0.5 ? 'partial' : 'breakOff',
      );
    }
    expect(paperDisposition(without(8))).toBe('partial');
    expect(
      paperDisposition(
        reviewPaper(
          script,
          new Map([
            ['S0', '1'],
            ['S1', '198506'],
          ]),
          today,
        ),
      ),
    ).toBe('breakOff');
  });
});

describe('the cover of a paper', () => {
  const fields = coverFields({ settings }, (code) => code);
  const filled = {
    'cover.date': '20250630',
    'cover.stratum': 'a',
    'cover.psu': 'p',
    'cover.baseWeight': '12.5',
  };
  const wrong = (changes: Readonly<Record<string, string>>): string[] =>
    reviewCover(fields, new Map(Object.entries({ ...filled, ...changes }))).map(
      ({ fieldId, problem }) => `${fieldId} ${problem}`,
    );

  it('needs a day of the calendar and, for a probability sample, the design', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({ 'cover.date': '20250230' })).toEqual(['cover.date coverDate']);
    expect(wrong({ 'cover.date': '', 'cover.psu': '' })).toEqual([
      'cover.date coverMissing',
      'cover.psu coverMissing',
    ]);
    expect(wrong({ 'cover.baseWeight': '0' })).toEqual(['cover.baseWeight outOfRange']);
  });

  it('takes the printed places of units and 城乡, whose own codes are long', () => {
    const texts = (id: string, keyed: string): string => {
      const field = fields.find(({ code }) => code === id);
      return field === undefined ? '' : readKeyed(field, keyed).text;
    };
    expect(texts('cover.region', '2')).toBe('320506');
    expect(texts('cover.region', '320505')).toBe('320505');
    expect(texts('cover.residence', '1')).toBe('urban');
  });

  it('knows leap years', () => {
    expect(coverDate(new Map([['cover.date', '20240229']]))).toEqual({ year: 2024, month: 2, day: 29 });
    expect(coverDate(new Map([['cover.date', '21000229']]))).toBeNull();
  });
});
