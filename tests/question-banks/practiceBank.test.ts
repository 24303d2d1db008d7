import { describe, expect, it } from 'vitest';
import { checkBank } from '@shared/assessment/bankCheck';
import { loadBank, loadTrialBank } from './trialBank';

const practice = loadBank('practice-2026');
const trial = loadTrialBank();

describe('the practice pool', () => {
  it('holds at least 30 public items of every kind and dimension', () => {
    expect(practice.items.length).toBeGreaterThanOrEqual(30);
    expect(practice.meta).toMatchObject({ id: 'practice-2026', isPublic: true });
    expect(new Set(practice.items.map(({ type }) => type)).size).toBe(6);
    expect(new Set(practice.items.map(({ dimension }) => dimension)).size).toBe(6);
  });

  it('has no finding in the checklist', () => {
    expect(checkBank(practice, '2026-11-22')).toEqual([]);
  });

  it('shares no item and no near-duplicate with the bank that tests are drawn from', () => {
    const together = { ...trial, items: [...trial.items, ...practice.items] };
    const ids = new Set(practice.items.map(({ id }) => id));
    const duplicates = checkBank(together, '2026-11-22').filter(({ rule }) => rule === 'R13');
    expect(duplicates).toEqual([]);
    expect(trial.items.filter(({ id }) => ids.has(id))).toEqual([]);
  });
});
