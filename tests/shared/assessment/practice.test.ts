import { describe, expect, it } from 'vitest';
import { drawPractice, keyInWords } from '@shared/assessment/practice';
import { loadBank } from '../../question-banks/trialBank';

const pool = loadBank('practice-2026').items;
const seeds = Array.from({ length: 40 }, (_, index) => index);

describe('a practice run', () => {
  it('shows every kind of answer, a table and a text, in eight different items', () => {
    for (const seed of seeds) {
      const drawn = drawPractice(pool, seed);
      expect(drawn.map(({ type }) => type)).toEqual([
        'tf',
        'single',
        'multi',
        'single',
        'chart',
        'order',
        'match',
        'tf',
      ]);
      expect(drawn.map(({ stimulus }) => stimulus?.kind ?? null)).toEqual([
        null,
        null,
        null,
        'text',
        'table',
        null,
        null,
        null,
      ]);
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(8);
    }
  });

  it('is the same for the same seed and differs between seeds', () => {
    const idsOf = (seed: number): string =>
      drawPractice(pool, seed)
        .map(({ id }) => id)
        .join();
    expect(idsOf(5)).toBe(idsOf(5));
    expect(new Set(seeds.map(idsOf)).size).toBeGreaterThan(20);
  });

  it('gets all of the pool that has a place sooner or later', () => {
    const met = new Set(
      Array.from({ length: 400 }, (_, seed) => drawPractice(pool, seed))
        .flat()
        .map(({ id }) => id),
    );
    expect([...pool].filter(({ id }) => !met.has(id))).toEqual([]);
  });

  it('leaves out what a small pool does not have', () => {
    const statements = pool.filter(({ type }) => type === 'tf').slice(0, 1);
    expect(drawPractice(statements, 1)).toEqual(statements);
    expect(drawPractice([], 1)).toEqual([]);
  });
});

describe('the key in words', () => {
  const wordsOf = (id: string): readonly string[] => {
    const item = pool.find((each) => each.id === id);
    if (item === undefined) throw new Error(`no item ${id}`);
    return keyInWords(item);
  };

  it('is the text of the right options, in order where the order is asked for', () => {
    expect(wordsOf('K-13-EE-P001')).toEqual(['太阳']);
    expect(wordsOf('K-15-LH-P001')).toEqual(['蜜蜂', '蝴蝶']);
    expect(wordsOf('K-18-LH-P001')).toEqual(['错']);
    expect(wordsOf('A2-23-ET-P001')).toEqual([
      '拔掉压把上的保险销',
      '喷口对准火的根部',
      '压下压把，把药喷出',
      '守着看，防止再着火',
    ]);
  });

  it('names both sides of a pair', () => {
    expect([...wordsOf('K-24-SS-P001')].sort()).toEqual(
      [
        '两车相撞，没人受伤 → 122',
        '家里的东西被偷了 → 110',
        '楼里着了大火 → 119',
        '老人胸口痛得厉害 → 120',
      ].sort(),
    );
  });
});
