import { describe, expect, it } from 'vitest';
import { areComparable, parseInstrument, passCutOf, tierOf } from '@shared/assessment/instrument';
import { loadInstrument, readJson } from './sampleBank';

const cast = loadInstrument('cast-2024');
const benchmark = loadInstrument('benchmark-2016');
const miller = loadInstrument('miller-3');

describe('tierOf on cast-2024 reads every cut-off as "at least"', () => {
  it.each([
    [0, 'low', false],
    [54.99, 'low', false],
    [55, 'basic', false],
    [59, 'basic', false],
    [60, 'basic', false],
    [69.99, 'basic', false],
    [70, 'literate', true],
    [84.99, 'literate', true],
    [85, 'advanced', true],
    [100, 'advanced', true],
  ])('%d points are %s', (total, id, passes) => {
    expect(tierOf(cast, total, {})).toMatchObject({ id, passes });
  });

  it('ignores how the total is spread over dimensions', () => {
    const onlyThree = { knowledge: 40, method: 20, spirit: 10, application: 0 };
    expect(tierOf(cast, 70, onlyThree).passes).toBe(true);
  });
});

describe('tierOf on benchmark-2016 passes from 60', () => {
  it.each([
    [54.99, 'fail'],
    [55, 'fail'],
    [59, 'fail'],
    [59.99, 'fail'],
    [60, 'pass'],
    [69.99, 'pass'],
    [70, 'pass'],
    [84.99, 'pass'],
    [85, 'pass'],
  ])('%d points: %s', (total, id) => {
    expect(tierOf(benchmark, total, {}).id).toBe(id);
  });
});

describe('tierOf on miller-3 needs every dimension at once', () => {
  /** Cuts are 60 % of each dimension: 30 of 50, 15 of 25, 15 of 25. */
  const scores = (knowledge: number, method: number, spirit: number) => ({ knowledge, method, spirit });

  it.each([
    ['all three exactly at the cut', scores(30, 15, 15), 'pass'],
    ['knowledge at 59 %', scores(29.5, 25, 25), 'fail'],
    ['method at 59 %', scores(50, 14.75, 25), 'fail'],
    ['spirit at 59 %', scores(50, 25, 14.75), 'fail'],
    ['spirit just below', scores(50, 25, 14.99), 'fail'],
    ['everything right', scores(50, 25, 25), 'pass'],
  ])('%s', (_title, dimensions, id) => {
    const total = dimensions.knowledge + dimensions.method + dimensions.spirit;
    expect(tierOf(miller, total, dimensions).id).toBe(id);
  });

  it.each([54.99, 55, 59, 60, 69.99, 70, 84.99, 85])('a total of %d alone decides nothing', (total) => {
    expect(tierOf(miller, total, scores(0, 25, 25)).id).toBe('fail');
    expect(tierOf(miller, total, scores(30, 15, 15)).id).toBe('pass');
  });

  it('counts a missing dimension as not reached', () => {
    expect(tierOf(miller, 100, { knowledge: 50, method: 25 }).id).toBe('fail');
  });
});

describe('binary noise at a cut-off', () => {
  it('does not cost a person the tier: 70 minus 1e-12 is 70', () => {
    expect(tierOf(cast, 70 - 1e-12, {}).id).toBe('literate');
    expect(tierOf(cast, 0.1 + 0.2 + 69.7, {}).id).toBe('literate');
  });
  it('does not lift a person who is really below: 70 minus 1e-8 is below 70', () => {
    expect(tierOf(cast, 70 - 1e-8, {}).id).toBe('basic');
  });
});

describe('instrument files', () => {
  it('carry the published maxima and cuts', () => {
    expect(cast.dimensions.map((each) => [each.id, each.maximum])).toEqual([
      ['knowledge', 40],
      ['method', 20],
      ['spirit', 20],
      ['application', 20],
    ]);
    expect(passCutOf(cast)).toBe(70);
    expect(passCutOf(benchmark)).toBe(60);
    expect(passCutOf(miller)).toBeNull();
    expect(benchmark.formRule).toEqual({ itemCount: 50, pointsPerItem: 2, coversAllBenchmarks: true });
  });

  it('say that miller cut-offs are not published and ours', () => {
    expect(miller.cutOffConfidence).toBe('N');
    expect(miller.cutOffSource).toContain('cut-offs not published; ours');
  });

  it('are labelled as local scoring and comparable with themselves only', () => {
    for (const instrument of [cast, benchmark, miller]) {
      expect(instrument.localInstrumentNote).toMatch(/^本地测评口径/);
      expect([cast, benchmark, miller].filter((other) => areComparable(instrument, other))).toEqual([
        instrument,
      ]);
    }
  });

  it.each([
    [
      'cuts that rise',
      {
        tiers: [
          { id: 'a', label: 'a', atLeast: 0, passes: true },
          { id: 'b', label: 'b', atLeast: 0, passes: false },
        ],
      },
    ],
    ['maxima that do not add up', { maximum: 101 }],
    ['strict semantics', { cutOffSemantics: '>' }],
    ['an unknown field', { passMark: 70 }],
    ['a conjunctive rule without dimension cuts', { rule: 'conjunctive' }],
  ])('are refused with %s', (_title, changes) => {
    const json = readJson('seeds/instruments/cast-2024.json') as Record<string, unknown>;
    const parsed = parseInstrument({ ...json, ...changes });
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.failure.code).toBe('SEED_INVALID');
  });
});
