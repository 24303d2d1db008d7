import { describe, expect, it } from 'vitest';
import { background } from '@shared/domain/respondent';
import type { Answers } from '@shared/questions/answer';
import { completedYears } from '@shared/questionnaire/age';
import { deriveBackground, exclusiveKeyGroup } from '@shared/questionnaire/background';
import { keyGroupDefinitionsSchema } from '@shared/questionnaire/keyGroupDefinitions';
import { readSeedFile } from './seedFiles';
import { born, missing, multi, single, today } from './support';

const urban = { residence: 'urban' } as const;
const rural = { residence: 'rural' } as const;
const groupsOf = (answers: Answers, options = {}) =>
  deriveBackground(answers, today, rural, options).keyGroups;

describe('age', () => {
  it.each([
    [2008, 6, 18],
    [2008, 7, 17],
    [1956, 7, 69],
    [1956, 6, 70],
    [1981, null, 44],
  ])('born %i-%s is %i in June 2026', (year, month, years) => {
    expect(completedYears(born(year, month), today)).toBe(years);
  });

  it('on the last day before the birth month is one year less', () => {
    expect(completedYears(born(2008, 6), { year: 2026, month: 5, day: 31 })).toBe(17);
    expect(completedYears(born(2008, 6), { year: 2026, month: 6, day: 1 })).toBe(18);
  });
});

describe('background', () => {
  it('takes sex, age, band and education from the answers and 城乡 from the place', () => {
    const derived = deriveBackground({ B1: single(2), S1: born(1981, 3), B5: single(7) }, today, urban);
    expect(derived).toMatchObject({
      sex: 'female',
      ageYears: 45,
      ageBand: '40-49',
      education: 'bachelor',
      residence: 'urban',
    });
    expect(background.parse(derived)).toEqual(derived);
  });

  it.each([
    [1, 'primary'],
    [2, 'primary'],
    [3, 'junior'],
    [4, 'senior'],
    [5, 'college'],
    [6, 'bachelor'],
    [7, 'bachelor'],
  ])('schooling %i is %s', (code, education) => {
    expect(deriveBackground({ B5: single(code) }, today, urban).education).toBe(education);
  });

  it('stays unknown where nothing was asked', () => {
    const derived = deriveBackground({}, today, { residence: null });
    expect(derived).toEqual({
      sex: null,
      ageYears: null,
      ageBand: null,
      education: null,
      residence: null,
      keyGroups: { youth: null, farmer: null, worker: null, elder: null, cadre: null },
    });
  });
});

describe('the five key groups', () => {
  const na = missing('notApplicable');
  const farm: Answers = {
    S1: born(1981, 3),
    B7: single(1),
    B8c: single(5),
    B9: single(7),
    B10: na,
    B11: na,
    B12: single(3),
    B13: single(1),
  };
  const wage: Answers = {
    S1: born(1981, 3),
    B7: single(1),
    B9: single(5),
    B11: na,
    B12: single(1),
    B13: single(2),
  };

  it.each<
    [string, Answers, Partial<Record<'youth' | 'farmer' | 'worker' | 'elder' | 'cadre', boolean | null>>]
  >([
    ['a family farmer', farm, { farmer: true, worker: false, elder: false, youth: false, cadre: false }],
    ['a farmer of 62 is an elder too', { ...farm, S1: born(1964, 2) }, { farmer: true, elder: true }],
    [
      'a farm employee is a worker, not a farmer',
      { ...wage, B8c: single(5), B10: single('A') },
      { farmer: false, worker: true },
    ],
    ['a factory hand', { ...wage, B8c: single(6), B10: single('C') }, { worker: true, farmer: false }],
    ['a courier', { ...wage, B8c: single(4), B10: single('G') }, { worker: true }],
    ['a factory clerk', { ...wage, B8c: single(3), B10: single('C') }, { worker: false }],
    ['a waiter', { ...wage, B8c: single(4), B10: single('H') }, { worker: false }],
    [
      'a self-employed builder',
      { ...wage, B8c: single(6), B10: single('E'), B12: single(3) },
      { worker: false },
    ],
    [
      'a housewife who lives on the harvest',
      { S1: born(1981, 3), B7: single(5), B13: single(1) },
      { farmer: true, worker: false },
    ],
    [
      'a housewife who does not',
      { S1: born(1981, 3), B7: single(5), B8c: na, B13: single(2) },
      { farmer: false },
    ],
    [
      'a student of 20',
      { S1: born(2006, 1), B7: single(3), B8c: na, B9: na, B11: na },
      { youth: true, cadre: false, farmer: false, worker: false },
    ],
    ['a student of 25', { S1: born(2001, 1), B7: single(3) }, { youth: false }],
    ['a working 20-year-old', { S1: born(2006, 1), B7: single(1) }, { youth: false }],
    ['a civil servant', { ...wage, B9: single(1), B11: multi(1) }, { cadre: true }],
    ['a head of department in a hospital', { ...wage, B9: single(3), B11: multi(3) }, { cadre: true }],
    ['a teacher', { ...wage, B9: single(3), B11: multi(4) }, { cadre: false }],
    ['a village leader', { ...wage, B8c: single(1), B9: single(9) }, { cadre: false }],
    ['a retired civil servant', { ...wage, B7: single(4), B9: single(1), B11: multi(1) }, { cadre: false }],
    ['one who refuses to say where they work', { ...wage, B9: missing('refused') }, { cadre: null }],
    [
      'one who refuses to say what they do',
      {
        S1: born(1981, 3),
        B7: missing('refused'),
        B8c: na,
        B9: na,
        B10: na,
        B11: na,
        B12: na,
        B13: single(2),
      },
      { farmer: null, worker: null, cadre: null, youth: false },
    ],
    [
      'a wage earner whose industry is unknown',
      { ...wage, B8c: single(6), B10: missing('dontKnow') },
      { worker: null, farmer: false },
    ],
  ])('%s', (_title, answers, expected) => {
    expect(groupsOf(answers)).toMatchObject(expected);
  });

  it('never make one person both farmer and worker', () => {
    const codes = ['1', '2', '3', '4', '5', '6', '7'];
    for (const activity of codes)
      for (const occupation of ['4', '5', '6'])
        for (const industry of ['A', 'C', 'F'])
          for (const status of ['1', '3'])
            for (const income of ['1', '2']) {
              const groups = groupsOf({
                S1: born(1981, 3),
                B7: single(activity),
                B8c: single(occupation),
                B9: single(5),
                B10: single(industry),
                B12: single(status),
                B13: single(income),
              });
              expect(groups.farmer === true && groups.worker === true).toBe(false);
            }
  });

  it('count stopped farmers and retired officials only when the analysis says so', () => {
    const stopped: Answers = {
      S1: born(1958, 1),
      B7: single(7),
      B8c: single(5),
      B9: single(7),
      B12: na,
      B13: single(2),
    };
    expect(groupsOf(stopped).farmer).toBe(false);
    expect(groupsOf(stopped, { includeStoppedFarmers: true }).farmer).toBe(true);
    expect(deriveBackground(stopped, today, urban, { includeStoppedFarmers: true }).keyGroups.farmer).toBe(
      false,
    );
    const retired: Answers = { B7: single(4), B9: single(1), B11: multi(1) };
    expect(groupsOf(retired).cadre).toBe(false);
    expect(groupsOf(retired, { includeRetiredCadres: true }).cadre).toBe(true);
  });

  it('have an exclusive version in a fixed order', () => {
    const none = { youth: false, farmer: false, worker: false, elder: false, cadre: false };
    expect(exclusiveKeyGroup(none)).toBe('other');
    expect(exclusiveKeyGroup({ ...none, farmer: true, elder: true })).toBe('farmer');
    expect(exclusiveKeyGroup({ ...none, cadre: true, elder: true })).toBe('cadre');
    expect(exclusiveKeyGroup({ ...none, worker: null, elder: true })).toBeNull();
    expect(exclusiveKeyGroup({ ...none, cadre: true, worker: null })).toBe('cadre');
  });

  it('are printed with our own definitions, marked as ours', () => {
    const seed = keyGroupDefinitionsSchema.parse(readSeedFile('key-groups.json'));
    expect(seed.note).toBe('本产品操作定义，非官方口径');
    for (const group of seed.groups) expect(group.note).toContain(seed.note);
  });
});
