import { describe, expect, test } from 'vitest';
import { additiveLines } from '@shared/analysis/additiveLines';
import { complementOf, primaryReasons, suppressComplements } from '@shared/analysis/suppression';
import type { Figure } from '@shared/results/surveyResults';

const shown = (respondentCount: number): Figure => ({
  state: 'shown',
  estimate: 0.2,
  standardError: 0.02,
  interval: null,
  respondentCount,
  psuCount: 10,
  weightTotal: 1000,
  designEffect: 1.5,
  effectiveSampleSize: 100,
  degreesOfFreedom: 8,
  coefficientOfVariation: 0.1,
  cautions: [],
});
const hidden: Figure = { state: 'suppressed', reasons: ['fewRespondents'], respondentCount: 12 };

describe('primary suppression', () => {
  const thresholds = { minimumRespondents: 30, minimumPsus: 3 };

  test.each([
    [{ respondentCount: 29, psuCount: 5 }, ['fewRespondents']],
    [{ respondentCount: 30, psuCount: 3 }, []],
    [{ respondentCount: 200, psuCount: 2 }, ['fewPsus']],
    [{ respondentCount: 10, psuCount: 1 }, ['fewRespondents', 'fewPsus']],
    [{ respondentCount: 40, psuCount: null }, []],
  ])('%o gives %o', (size, reasons) => {
    expect(primaryReasons(size, thresholds)).toEqual(reasons);
  });
});

describe('complementary suppression', () => {
  test('hides the smallest other cell when one cell of a published total is hidden', () => {
    expect(complementOf([shown(100), hidden, shown(50), shown(80)])).toBe(2);
  });

  test('leaves a line alone when nothing or more than one cell is hidden', () => {
    expect(complementOf([shown(100), shown(50)])).toBeNull();
    expect(complementOf([hidden, hidden, shown(50)])).toBeNull();
  });

  test('goes on until no line of a crossing has a single hidden cell', () => {
    const figures = new Map<string, Figure>([
      ['a1', hidden],
      ['a2', shown(60)],
      ['a3', shown(90)],
      ['b1', shown(70)],
      ['b2', shown(80)],
      ['b3', shown(95)],
      ['c1', shown(55)],
      ['c2', shown(65)],
      ['c3', shown(99)],
    ]);
    const lines = [
      ['a1', 'a2', 'a3'],
      ['b1', 'b2', 'b3'],
      ['c1', 'c2', 'c3'],
      ['a1', 'b1', 'c1'],
      ['a2', 'b2', 'c2'],
      ['a3', 'b3', 'c3'],
    ];
    const result = suppressComplements(figures, lines);
    for (const line of lines) {
      const hiddenCells = line.filter((id) => result.get(id)?.state === 'suppressed').length;
      expect(hiddenCells).not.toBe(1);
    }
    const states = [...result.values()].filter((figure) => figure.state === 'suppressed');
    expect(states.length).toBeLessThan(figures.size);
  });

  test('never prints the count of a cell it hid as a complement', () => {
    const result = suppressComplements(
      new Map<string, Figure>([
        ['x', hidden],
        ['y', shown(60)],
      ]),
      [['x', 'y']],
    );
    expect(result.get('y')).toEqual({
      state: 'suppressed',
      reasons: ['complementary'],
      respondentCount: null,
    });
  });
});

describe('lines that add up', () => {
  const domain = (
    regionCode: string | null,
    grouping: 'sex' | 'keyGroup' | null,
    category: string | null,
  ) => ({
    id: [regionCode, grouping, category].join('|'),
    regionCode,
    grouping,
    category,
    member: new Uint8Array(0),
  });

  test('are units, categories, and both directions of the crossing – overlapping groups only across units', () => {
    const lines = additiveLines([
      domain('u1', null, null),
      domain('u2', null, null),
      domain(null, 'sex', 'male'),
      domain(null, 'sex', 'female'),
      domain(null, 'keyGroup', 'farmer'),
      domain(null, 'keyGroup', 'elder'),
      domain('u1', 'sex', 'male'),
      domain('u1', 'sex', 'female'),
      domain('u2', 'sex', 'male'),
      domain('u2', 'sex', 'female'),
      domain('u1', 'keyGroup', 'farmer'),
      domain('u2', 'keyGroup', 'farmer'),
    ]);
    const sorted = lines.map((line) => [...line].sort().join(' + ')).sort();
    expect(sorted).toEqual(
      [
        'u1|| + u2||',
        '|sex|female + |sex|male',
        'u1|sex|female + u1|sex|male',
        'u2|sex|female + u2|sex|male',
        'u1|sex|male + u2|sex|male',
        'u1|sex|female + u2|sex|female',
        'u1|keyGroup|farmer + u2|keyGroup|farmer',
      ].sort(),
    );
  });
});
