import { describe, expect, it } from 'vitest';
import { assembleForm } from '@shared/assessment/assembly';
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { Blueprint } from '@shared/assessment/blueprint';
import { formSchema } from '@shared/assessment/form';
import type { Form } from '@shared/assessment/form';
import { verifyForm } from '@shared/assessment/verifyForm';
import { loadBlueprint, loadTrialBank, sha256 } from './trialBank';

const bank = loadTrialBank();
const cast = loadBlueprint('cast-2024-50');
const benchmark = loadBlueprint('benchmark-2016-50');
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const itemOf = (id: string): BankItem => {
  const found = bank.items.find((item) => item.id === id);
  if (found === undefined) throw new Error(`no item ${id}`);
  return found;
};
const itemsOf = (form: Form): BankItem[] => form.entries.map((entry) => itemOf(entry.itemId));

function assembled(blueprint: Blueprint, seed: number, from: ItemBank = bank): Form {
  const result = assembleForm(from, blueprint, seed, sha256);
  if (!result.ok) throw new Error(String(result.failure.params['violated']));
  return result.value;
}

const countOf = (items: readonly BankItem[], holds: (item: BankItem) => boolean): number =>
  items.filter(holds).length;

describe.each([cast, benchmark])('$id', (blueprint) => {
  it.each(seeds)('assembles a lawful form from seed %d', (seed) => {
    const form = assembled(blueprint, seed);
    expect(formSchema.safeParse(form).success).toBe(true);
    expect(verifyForm(form, bank, blueprint, sha256)).toEqual([]);
    expect(new Set(form.entries.map((entry) => entry.itemId)).size).toBe(50);
    expect(new Set(itemsOf(form).map((item) => item.benchmark.no)).size).toBe(26);
  });

  it('gives the same form for the same seed and another for another seed', () => {
    expect(assembled(blueprint, 7)).toEqual(assembled(blueprint, 7));
    expect(assembled(blueprint, 7).contentHash).not.toBe(assembled(blueprint, 8).contentHash);
  });
});

describe('a cast-2024 form counted by hand from the specification', () => {
  const items = itemsOf(assembled(cast, 2026));

  it('has 20 K, 10 M, 5 S1, 5 S2, 5 A1 and 5 A2 items', () => {
    const counts = ['K', 'M', 'S1', 'S2', 'A1', 'A2'].map((dimension) =>
      countOf(items, (item) => item.dimension === dimension),
    );
    expect(counts).toEqual([20, 10, 5, 5, 5, 5]);
  });

  it('has 15 to 17 statements, 40–60 % of them true', () => {
    const statements = items.filter((item) => item.type === 'tf');
    const share = countOf(statements, (item) => item.key[0] === '对') / statements.length;
    expect(statements.length).toBeGreaterThanOrEqual(15);
    expect(statements.length).toBeLessThanOrEqual(17);
    expect(share).toBeGreaterThanOrEqual(0.4);
    expect(share).toBeLessThanOrEqual(0.6);
  });

  it('has a sum of p within 26.5 ± 0.6 and takes at most 1250 s', () => {
    const sumOfP = items.reduce((sum, item) => sum + item.difficulty.p_prior, 0);
    expect(Math.abs(sumOfP - 26.5)).toBeLessThanOrEqual(0.6 + 1e-9);
    expect(items.reduce((sum, item) => sum + item.time_sec, 0)).toBeLessThanOrEqual(1250);
  });

  it('opens with three easy items', () => {
    for (const item of items.slice(0, 3)) expect(item.difficulty.p_prior).toBeGreaterThanOrEqual(0.7);
  });

  it('draws only on true/false and choice for benchmark-2016', () => {
    const types = new Set(itemsOf(assembled(benchmark, 2026)).map((item) => item.type));
    expect([...types].filter((type) => type === 'order' || type === 'match')).toEqual([]);
  });
});

describe('an infeasible demand', () => {
  it('is refused with the constraints that stay violated', () => {
    const greedy: Blueprint = { ...cast, dimensions: { ...cast.dimensions, S1: { min: 30, max: 30 } } };
    const result = assembleForm(bank, greedy, 1, sha256);
    expect(result).toMatchObject({ ok: false, failure: { code: 'FORM_INFEASIBLE' } });
    if (!result.ok) expect(result.failure.params['violated']).toContain('dimensions.S1');
  });

  it('is refused for another bank', () => {
    expect(assembleForm(bank, { ...cast, bankId: 'other' }, 1, sha256).ok).toBe(false);
  });
});

describe('verifyForm finds what was planted', () => {
  const form = assembled(cast, 3);
  const rulesOf = (broken: Form, from: ItemBank = bank, blueprint: Blueprint = cast): string[] => [
    ...new Set(verifyForm(broken, from, blueprint, sha256).map((violation) => violation.rule)),
  ];
  const withEntries = (entries: Form['entries']): Form => ({ ...form, entries });
  const replaceItem = (from: BankItem, to: BankItem): Form =>
    withEntries(
      form.entries.map((entry) =>
        entry.itemId === from.id ? { ...entry, itemId: to.id, itemVersion: to.version } : entry,
      ),
    );
  const unused = bank.items.filter((item) => !form.entries.some((entry) => entry.itemId === item.id));
  const changeItem = (id: string, changes: Partial<BankItem>): ItemBank => ({
    ...bank,
    items: bank.items.map((item) => (item.id === id ? { ...item, ...changes } : item)),
  });
  const place = (index: number): Form['entries'][number] => {
    const entry = form.entries[index];
    if (entry === undefined) throw new Error(`no entry ${index}`);
    return entry;
  };

  it('an item of another dimension', () => {
    const knowledge = itemsOf(form).find((item) => item.dimension === 'K' && item.stimulus === undefined);
    const method = unused.find((item) => item.dimension === 'M');
    if (knowledge === undefined || method === undefined) throw new Error('no pair to swap');
    expect(rulesOf(replaceItem(knowledge, method))).toContain('dimensions');
  });

  it('an item twice, a gap in the positions, and a missing item', () => {
    const twice = withEntries(form.entries.map((entry, index) => (index === 9 ? { ...place(8), position: 10 } : entry)));
    expect(rulesOf(twice)).toContain('duplicateItem');
    expect(rulesOf(withEntries(form.entries.filter((_, index) => index !== 4)))).toEqual(
      expect.arrayContaining(['positions', 'itemCount']),
    );
  });

  it('an item whose content changed under the same version', () => {
    expect(rulesOf(form, changeItem(place(5).itemId, { stem: '另外一道题的题干？' }))).toEqual(['contentHash']);
  });

  it('an item with another version', () => {
    expect(rulesOf(form, changeItem(place(5).itemId, { version: '9.0.0' }))).toContain('itemVersion');
  });

  it('an item put on hold or used up', () => {
    expect(rulesOf(form, changeItem(place(5).itemId, { status: 'hold' }))).toContain('eligibleStatuses');
    const exposure = { public: true, n_forms: 1000, n_resp: 0, last_used: null, cap_rate: 0.25 };
    expect(rulesOf(form, changeItem(place(5).itemId, { exposure }))).toContain('maximumFormsPerItem');
  });

  it('two enemies on one form', () => {
    const [first, second] = [place(4).itemId, place(20).itemId];
    expect(rulesOf(form, changeItem(first, { enemies: [second] }))).toContain('maximumPerEnemyPair');
  });

  it('a torn stimulus block', () => {
    const start = form.entries.findIndex((entry) => entry.blockId !== null);
    const other = form.entries.findIndex((entry, index) => entry.blockId === null && Math.abs(index - start) > 5);
    const torn = form.entries.map((entry, index) => {
      if (index === start) return { ...place(other), position: start + 1 };
      return index === other ? { ...place(start), position: other + 1 } : entry;
    });
    expect(rulesOf(withEntries(torn))).toContain('blocks');
    const unmarked = form.entries.map((entry) => ({ ...entry, blockId: null }));
    expect(rulesOf(withEntries(unmarked))).toContain('blocks');
  });

  it('a hard opener and a long run of equal keys', () => {
    const byDifficulty = itemsOf(form).sort(
      (first, second) => first.difficulty.p_prior - second.difficulty.p_prior,
    );
    const byKey = itemsOf(form).sort((first, second) => (first.key.join() < second.key.join() ? -1 : 1));
    const arranged = (items: readonly BankItem[]): Form =>
      withEntries(items.map((item, index) => ({ itemId: item.id, itemVersion: item.version, position: index + 1, blockId: null })));
    expect(rulesOf(arranged(byDifficulty))).toContain('openers');
    expect(rulesOf(arranged(byKey))).toContain('longestEqualKeyRun');
  });

  it.each<[string, Partial<Blueprint>]>([
    ['sumOfP', { sumOfP: { min: 30, max: 31 } }],
    ['maximumTimeSec', { maximumTimeSec: 900 }],
    ['areas', { areas: { ...cast.areas, SS: { min: 0, max: 0 } } }],
    ['benchmarks', { benchmarks: { ...cast.benchmarks, '1': { min: 0, max: 0 } } }],
    ['formats', { formats: { ...cast.formats, tf: { min: 30, max: 30 } } }],
    ['cognitive', { cognitive: { ...cast.cognitive, 推理: { min: 0, max: 0 } } }],
    ['trueKeyShare', { trueKeyShare: { min: 0.9, max: 1 } }],
    ['keyPositionShare', { keyPositionShare: { min: 0.5, max: 1 } }],
    ['minimumBandsPerDimension', { minimumBandsPerDimension: 6 }],
    ['topicGroups', { topicGroups: [{ id: 'x', tags: ['没有的标签'], min: 1, max: 1 }] }],
    ['difficultyBands', { difficultyBands: cast.difficultyBands.map((band) => ({ ...band, min: 40, max: 50 })) }],
    ['binding', { version: '9.9.9' }],
  ])('%s, when the blueprint asks for something else', (rule, changes) => {
    expect(rulesOf(form, bank, { ...cast, ...changes })).toContain(rule);
  });
});
