import { describe, expect, it } from 'vitest';
import { checkDefinition, loadDefinition } from '@shared/questionnaire/checkDefinition';
import { questionsOf } from '@shared/questionnaire/definition';
import { readSeedFile } from './seedFiles';
import { seedDefinition } from './support';

/** Codes of question-bank-spec §5.3, copied from its tables, with their option codes where they are a choice. */
const specified: Readonly<Record<string, string>> = {
  S0: '1 2',
  S1: '',
  S2: '1 2',
  S3: '1 2',
  S4: '1 2 3',
  S5: '1 2 3',
  S6: '1 2 3 4',
  B1: '1 2',
  B2: '1 2 3 4 5',
  B3: '1 2 3 4',
  B4: '1 2',
  B5: '1 2 3 4 5 6 7',
  B6: '1 2 3',
  B6a: '1 2 3',
  B7: '1 2 3 4 5 6 7 97',
  B8: '',
  B9: '1 2 3 4 5 6 7 8 9 97',
  B11: '1 2 3 4',
  B12: '1 2 3 4',
  B13: '1 2',
  B14: '',
  B15: '1 2',
  T1: '1 2 3 4 5 6 7 8 9 10',
  T2: '1 2 3 4 5 6 7 8 9',
  T3: '1 2 3 4 5 6 7 8 9 97',
  T4: '1 2 3 4 5 6 7',
  T5: '1 2 3 4',
  I1: '1 2 3',
  I2: '1 2 3',
  I3: '1 2 3 4 5',
  I4: '1 2 3 4 5',
  I5: '1 2 3 4',
  I6: '1 2 3',
  P1: '1 2 3',
  P2: '1 2',
  P3: '1 2 3 4 97',
  P4: '1 2 3 4 5 6 7 97',
  P5: '1 2 3 4',
  E0: '1 2',
  E1: '1 2 3',
  E2: '1 2 3 4',
  E3: '1 2 3 4 5 97',
  E4: '1 2 3 4',
  E5: '1 2 3',
  E6: '1 2 3 4 5 6',
  E7: '1 2 3',
  Z3: '0 1 2',
  Z4: '0 1',
  Z5: '1 2 3 4',
};

/** Where the specification lists 98, 99 or 88 among the codes. */
const missingAllowed = {
  dontKnow: ['B2', 'B3', 'B13', 'T5', 'I1', 'I3', 'I6', 'P5', 'E6'],
  refuse: ['B2', 'B3', 'B4', 'B5', 'E4'],
};

/** Letters of the statements asked one by one. */
const statements: Readonly<Record<string, string>> = {
  I1: 'abcdefghij',
  I2: 'abcdefghij',
  I3: 'abcdefghij',
  P1: 'abcdefg',
  P2: 'abcdefghij',
  E2: 'abcdefgh',
  E5: 'abcde',
};

const questions = new Map(questionsOf(seedDefinition()).map(({ question }) => [question.code, question]));

describe('the shipped questionnaire', () => {
  it('passes the schema and every static check', () => {
    expect(loadDefinition(readSeedFile('questionnaires/csl-2026.json'))).toMatchObject({ ok: true });
    expect(checkDefinition(seedDefinition())).toEqual([]);
  });

  it.each(Object.entries(specified))('has %s with the codes %j', (code, optionCodes) => {
    const question = questions.get(code);
    expect(question).toBeDefined();
    const options = question && 'options' in question ? question.options.map((option) => option.code) : [];
    expect(options.join(' ')).toBe(optionCodes);
  });

  it('asks the industry on a card of twelve classes', () => {
    const industry = questions.get('B10');
    const classes =
      industry?.kind === 'single' ? industry.options.filter((option) => option.code !== '97') : [];
    expect(classes).toHaveLength(12);
    expect([...classes.map((option) => option.code).join('')].sort().join('')).toBe('ABCDEFGHIJKLMNOPQRS');
  });

  it.each(Object.entries(statements))('asks %s statement by statement', (code, letters) => {
    const question = questions.get(code);
    expect(question?.kind === 'scale' && question.rows.map((row) => row.code).join('')).toBe(letters);
  });

  it('allows 不知道 and 拒答 where the specification lists them', () => {
    for (const code of missingAllowed.dontKnow) expect(questions.get(code)?.dontKnow, code).toBe(true);
    for (const code of missingAllowed.refuse) expect(questions.get(code)?.refuse, code).toBe(true);
    expect(questions.get('E5')?.notApplicable).toBeDefined();
  });

  it('is no dead end: past the gate everything but the sex can be refused', () => {
    const compulsory = questionsOf(seedDefinition())
      .filter(({ question }) => question.respondentMode !== 'interviewer' && question.refuse !== true)
      .map(({ question }) => question.code);
    expect(compulsory).toEqual(['S0', 'S1', 'S2', 'S3', 'S6', 'B1', 'E0']);
  });

  it('leaves result code, times and device to the host', () => {
    expect(seedDefinition().hostFields.map((field) => field.code)).toEqual(['Z1', 'Z2', 'Z6']);
  });

  it('keeps the order S, B1–B6, test, T, I, P, B7–B15, E, Z', () => {
    expect(seedDefinition().sections.map((section) => section.id)).toEqual([
      'gate',
      'background',
      'test',
      'information',
      'interest',
      'activities',
      'work',
      'elder',
      'closing',
    ]);
  });
});
