import { describe, expect, it } from 'vitest';
import { checkBank } from '@shared/assessment/bankCheck';
import { blocksOf } from '@shared/assessment/blueprint';
import { itemDimensions } from '@shared/assessment/itemCodes';
import { loadBlueprint, loadTrialBank } from './trialBank';

const bank = loadTrialBank();

describe('the trial bank of the repository', () => {
  it('parses, with at least 100 items, and says that it is public', () => {
    expect(bank.items.length).toBeGreaterThanOrEqual(100);
    expect(bank.meta).toMatchObject({ id: 'trial-2026', isPublic: true });
  });

  it('covers all 26 基准', () => {
    const covered = new Set(bank.items.map((item) => item.benchmark.no));
    expect([...covered].sort((first, second) => first - second)).toEqual(
      Array.from({ length: 26 }, (_, index) => index + 1),
    );
  });

  it('covers all six dimensions with more items than one form needs', () => {
    const blueprint = loadBlueprint('cast-2024-50');
    for (const dimension of itemDimensions) {
      const count = bank.items.filter((item) => item.dimension === dimension).length;
      expect(count, dimension).toBeGreaterThan(blueprint.dimensions[dimension].max);
    }
  });

  it('has no error in the checklist', () => {
    expect(checkBank(bank, '2026-11-22').filter((finding) => finding.level === 'error')).toEqual([]);
  });

  it('has few warnings, each known: a unit conversion needs two units', () => {
    const warnings = checkBank(bank, '2026-11-22').filter((finding) => finding.level === 'warning');
    expect(warnings.map(({ rule, itemId }) => `${rule} ${itemId}`)).toEqual(['R15 K-10-MI-007']);
  });

  it('gives every item 2 points, a rationale, and every distractor of a single choice its misconception', () => {
    for (const item of bank.items) {
      expect(item.scoring, item.id).toEqual({ points: 2, rule: 'all_or_none' });
      expect(item.rationale, item.id).toBeTruthy();
      if (item.type !== 'single' && item.type !== 'chart') continue;
      const unexplained = (item.options ?? []).filter(
        (option) => !item.key.includes(option.id) && option.misconception === undefined,
      );
      expect(unexplained, item.id).toEqual([]);
    }
  });

  it('shares each stimulus among two or three items', () => {
    for (const [stimulusId, members] of blocksOf(bank.items))
      expect([2, 3], stimulusId).toContain(members.length);
  });
});
