/** Many items at once: all or none, every problem by place, and out again without loss. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BankItem } from '@shared/assessment/bank';
import { exportItems } from '@electron/backend/usecases/items/exportItems';
import type { JudgedItem } from '@electron/backend/usecases/items/judgeTransfer';
import { checkItems, importItems } from '@electron/backend/usecases/items/transferItems';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

describe('importing items', () => {
  let app: TestHost;
  beforeEach(async () => {
    app = await openTestHost();
    await app.value('app/updateRole', { role: 'itemEditor' });
  });
  afterEach(() => {
    app.close();
    removeFolder(app.dataDir);
  });

  const context = () => app.host.context;
  const shipped = (): BankItem => {
    const found = context().registry.bank.items.find(({ type, stimulus }) => type === 'single' && !stimulus);
    if (found === undefined) throw new Error('the shipped bank has single-choice items');
    return found;
  };
  const renamed = (number: number, changes: object = {}): BankItem => {
    const item = shipped();
    const id = `${item.dimension}-${String(item.benchmark.no).padStart(2, '0')}-${item.area}-${number}`;
    return { ...item, id, stem: `第 ${number} 道新题问的是什么？`, enemies: [], ...changes };
  };
  const importAll = (items: readonly unknown[], references = {}) =>
    importItems(context(), { items, references, origin: '题目.xlsx', by: '李编辑' });
  const check = async (items: readonly unknown[]): Promise<readonly JudgedItem[]> => {
    const checked = await checkItems(context(), { items, references: {} });
    if (!checked.ok) throw new Error(checked.failure.code);
    return checked.value.items;
  };
  const total = async (): Promise<number> => (await app.value('item/list', {})).items.length;

  test('new items arrive as 草稿, known ones as their next version, equal ones not at all', async () => {
    const before = await total();
    const known = shipped();
    const imported = await importAll([
      renamed(9001),
      { ...known, stem: `${known.stem}请选一项。` },
      context().registry.bank.items[5],
    ]);
    expect(imported).toMatchObject({ ok: true, value: { newCount: 1, versionCount: 1, sameCount: 1 } });
    expect(await total()).toBe(before + 1);
    const fresh = await app.value('item/get', { itemId: renamed(9001).id });
    expect(fresh.item).toMatchObject({ status: 'draft', version: '1.0.0' });
    expect(fresh.versions[0]).toMatchObject({ origin: 'import', note: '导入：题目.xlsx', author: '李编辑' });
    expect((await app.value('item/get', { itemId: known.id })).item.version).toBe('1.1.0');
  });

  test('one bad item keeps all of them out, and each is named with its place and problem', async () => {
    const before = await total();
    const known = shipped();
    const other = ['A', 'B', 'C', 'D'].find((letter) => letter !== known.key[0]);
    const items = [
      renamed(9001),
      renamed(9002, { key: ['F'] }),
      renamed(9003, { references: [{ ref: 'REF-NONE', fact: '没有' }] }),
      { ...known, key: [other] },
      renamed(9004),
      renamed(9004, { stem: '同一个题号又来了一次？' }),
      'not an item',
    ];
    expect(await importAll(items)).toMatchObject({
      ok: false,
      failure: { code: 'IMPORT_HAS_ERRORS', params: { count: 6 } },
    });
    expect(await total()).toBe(before);
    const checked = await check(items);
    expect(checked.map(({ place, effect }) => [place, effect])).toEqual([
      [0, 'new'],
      ...[1, 2, 3, 4, 5, 6].map((place) => [place, 'refused']),
    ]);
    expect(checked[1]?.problems.map(({ text }) => text)).toEqual(['答案：答案用了没有的选项']);
    expect(checked[2]?.problems[0]?.text).toContain('依据不在题库的依据表里');
    expect(checked[3]?.problems[0]?.text).toContain('更正答案');
    expect(checked[4]?.problems[0]?.text).toContain('同一题号出现不止一次');
  });

  test('items of one list may name each other as enemies and share their material', async () => {
    const material = { id: 'ST-9000', kind: 'text', text: '村里新打了一口井，水很清。' };
    const pair = [
      renamed(9001, { stimulus: material, enemies: [renamed(9002).id] }),
      renamed(9002, { stimulus: { ref: 'ST-9000' } }),
    ];
    expect(await importAll(pair)).toMatchObject({ ok: true, value: { newCount: 2 } });
    const different = [renamed(9003, { stimulus: { ...material, text: '另一段话，编号却相同。' } })];
    expect((await check(different))[0]?.problems[0]?.text).toContain('材料');
  });

  test('everything exported comes back as the same items', async () => {
    const exported = exportItems(context(), { itemIds: null, viewer: '李编辑' });
    if (!exported.ok) throw new Error('the bank can be exported');
    const checked = await check(JSON.parse(JSON.stringify(exported.value.items)) as unknown[]);
    expect(checked.filter(({ effect }) => effect !== 'same')).toEqual([]);
    expect(checked).toHaveLength(context().registry.bank.items.length);
  });

  test('a bank of 1,300 items is listed within a second', async () => {
    // Words and facts of their own, as in a real bank: a thousand look-alikes would be half a million findings.
    const words = (seed: number): string =>
      Array.from({ length: 12 }, (_, place) =>
        String.fromCharCode(0x4e00 + ((seed * 7919 + place * 104_729) % 20_000)),
      ).join('');
    const [reference] = shipped().references;
    const items = Array.from({ length: 1000 }, (_, index) =>
      renamed(8000 + index, {
        stem: `${words(index)}？`,
        references: [{ ...reference, fact: words(index) }],
      }),
    );
    // The host answers others meanwhile: a timer is never late by more than the one transaction that stores.
    let latest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      latest = Math.max(latest, performance.now() - last - 5);
      last = performance.now();
    }, 5);
    expect(await importAll(items)).toMatchObject({ ok: true, value: { newCount: 1000 } });
    clearInterval(watch);
    expect(latest).toBeLessThan(2000);
    await app.value('item/list', {});
    const started = performance.now();
    expect((await app.value('item/list', {})).items).toHaveLength(
      1000 + context().registry.bank.items.length,
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
