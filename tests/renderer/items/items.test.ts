/** 题目 list, item page and checklist as a person uses them. */
import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { filterItems } from '@renderer/features/items/itemFilters';
import ChecklistPage from '@renderer/features/items/ChecklistPage.vue';
import ItemPage from '@renderer/features/items/ItemPage.vue';
import ItemsPage from '@renderer/features/items/ItemsPage.vue';
import { createFakeHost } from '../data/fakeHost';
import { mountItems } from './mountItems';
import { bank, item, row, view } from './sampleItems';

const many = Array.from({ length: 1200 }, (_, index) => row(index + 1));
const noFilters = {
  search: '',
  dimension: '',
  benchmark: '',
  type: '',
  status: '',
  topic: '',
  finding: '',
} as const;
const choices = {
  topics: ['化学'],
  references: [{ id: 'REF-1', title: '教科书', issuer: '出版社' }],
  materials: [],
};
const noProblems = { problems: [], findings: [] };
const editorReplies = {
  'item/get': () => view(),
  'item/getChoices': () => choices,
  'item/getCheck': () => noProblems,
};

const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
const field = (page: VueWrapper, label: string) => {
  const found = page
    .findAll(`[aria-label="${label}"]`)
    .find((each) => ['INPUT', 'TEXTAREA'].includes(each.element.tagName));
  if (found === undefined) throw new Error(`no field ${label}`);
  return found;
};

describe('the item list', () => {
  it('says that the bank is a public trial bank and counts what it shows', async () => {
    createFakeHost({ 'item/list': () => ({ bank, items: many }) });
    const { page } = await mountItems(ItemsPage, '/items', '/items');
    expect(page.find('.bank-badge').text()).toContain('公开试用题库');
    expect(page.find('[role="status"]').text()).toBe('1,200 / 1,200 题');
  });

  it('finds by every word of stem, number and topic while typing, and says when nothing fits', async () => {
    createFakeHost({ 'item/list': () => ({ bank, items: many }) });
    const { page } = await mountItems(ItemsPage, '/items', '/items');
    await field(page, '按题干、题号、主题查找').setValue('化学 ME-1200');
    expect(page.find('[role="status"]').text()).toBe('1 / 1,200 题');
    await field(page, '按题干、题号、主题查找').setValue('没有的词');
    expect(page.text()).toContain('没有符合条件的题');
  });

  it('filters 5,000 items within a frame', () => {
    const rows = Array.from({ length: 5000 }, (_, index) =>
      row(index, { topics: index % 2 ? ['急救'] : ['化学'] }),
    );
    filterItems(rows, { ...noFilters, search: '急救 题干' });
    const started = performance.now();
    expect(filterItems(rows, { ...noFilters, search: '急救 题干', topic: '急救' })).toHaveLength(2500);
    expect(performance.now() - started).toBeLessThan(100);
  });

  it('tells blocked items from items with hints', () => {
    const rows = [row(1), row(2, { rules: ['R13'] }), row(3, { rules: ['R06'], isBlocked: true })];
    const idsOf = (finding: 'blocked' | 'any' | 'none'): string[] =>
      filterItems(rows, { ...noFilters, finding }).map(({ itemId }) => itemId.slice(-1));
    expect([idsOf('blocked'), idsOf('any'), idsOf('none')]).toEqual([['3'], ['2', '3'], ['1']]);
  });
});

describe('the item page', () => {
  it('shows the item as respondents meet it and follows the typing', async () => {
    createFakeHost(editorReplies);
    const { page } = await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    expect(page.find('#preview-stem').text()).toBe(item.stem);
    await field(page, '题干').setValue('水到多少度会烧开？');
    expect(page.find('#preview-stem').text()).toBe('水到多少度会烧开？');
    await page.find('input[value="paper"]').setValue();
    expect(page.find('.paper').text()).toContain('□ A．到了沸点');
    expect(page.find('.paper').text()).toContain('□ 不知道');
  });

  it('locks the key of an item that was asked and points to 更正答案', async () => {
    createFakeHost(editorReplies);
    const { page } = await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    const boxes = page.findAll(
      'input[type="checkbox"][aria-label$="是正确答案"], [aria-label$="是正确答案"] input',
    );
    expect(boxes.length).toBeGreaterThan(0);
    expect(boxes.every((box) => (box.element as HTMLInputElement).disabled)).toBe(true);
    expect(page.text()).toContain('答案错了用“更正答案”');
  });

  it('saves with name and reason, from the version it opened', async () => {
    const host = createFakeHost({
      ...editorReplies,
      'item/update': () => ({ itemId: item.id, version: '1.1.0', alsoChanged: [] }),
    });
    const { page } = await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    expect(button('保存新版本').disabled).toBe(true);
    await field(page, '题干').setValue('水到多少度会烧开？');
    await field(page, '命题人姓名').setValue('李编辑');
    await field(page, '修改说明').setValue('问得更明确');
    button('保存新版本').click();
    await flushPromises();
    const saved = host.calls.find(({ name }) => name === 'item/update');
    expect(saved?.input).toMatchObject({
      basedOn: '1.0.0',
      by: '李编辑',
      note: '问得更明确',
      item: { stem: '水到多少度会烧开？', key: ['A'] },
    });
  });

  it('shows a refused save in words and keeps what was typed', async () => {
    const host = createFakeHost(editorReplies);
    const answer = globalThis.fetch;
    globalThis.fetch = (async (url: string, init: { readonly body: string }) => {
      if (!url.includes('item%2Fupdate') || url.includes('Status')) return answer(url, init);
      return new Response(
        JSON.stringify({
          ok: false,
          failure: { code: 'ITEM_CHANGED_MEANWHILE', params: { itemId: item.id } },
        }),
      );
    }) as typeof fetch;
    const { page } = await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    await field(page, '题干').setValue('水到多少度会烧开？');
    await field(page, '命题人姓名').setValue('李编辑');
    await field(page, '修改说明').setValue('问得更明确');
    button('保存新版本').click();
    await flushPromises();
    expect(page.find('[role="alert"]').text()).toContain('您编辑时已有了新版本');
    expect((field(page, '题干').element as HTMLTextAreaElement).value).toBe('水到多少度会烧开？');
    expect(host.calls.length).toBeGreaterThan(0);
  });

  it('says what keeps an item from a status, and does not let an author review', async () => {
    createFakeHost(editorReplies);
    const { page } = await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    expect(page.text()).toContain('检查清单有必须改的问题（R06）');
    await field(page, '您的姓名').setValue('知衡 命题组');
    expect(page.text()).toContain('您是这道题的命题人，要请别人来审');
    expect(button('记录审查意见').disabled).toBe(true);
  });

  it('states how many cases a correction scores again before it runs', async () => {
    createFakeHost({
      ...editorReplies,
      'item/getImpact': () => ({
        surveys: [{ name: '苏州调查', isDemo: false, scoreCount: 1000 }],
        scoreCount: 1000,
      }),
    });
    await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    button('更正答案').click();
    await flushPromises();
    await flushPromises();
    const text = document.querySelector('[role="dialog"]')?.textContent ?? document.body.textContent;
    expect(text).toContain('1,000');
    expect(text).toContain('原得分保留');
    expect(button('更正并重新计分').disabled).toBe(true);
  });

  it('shows a role without keys the question and nothing to edit', async () => {
    createFakeHost({
      ...editorReplies,
      'item/get': () => view({ hasKey: false, item: { ...item, key: [] } }),
    });
    const { page } = await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    expect(page.find('#preview-stem').exists()).toBe(true);
    expect(page.text()).not.toContain('保存新版本');
    expect(page.text()).not.toContain('更正答案');
  });

  it('compares two versions character by character', async () => {
    const later = { ...item, version: '1.1.0', stem: '水在什么时候会沸腾？' };
    const versions = [
      ...view().versions,
      {
        version: '1.1.0',
        item: later,
        origin: 'edit',
        author: '李编辑',
        note: '书面',
        recordedAt: '2025-06-30T01:00:00.000Z',
      },
    ] as const;
    createFakeHost({ ...editorReplies, 'item/get': () => view({ item: later, versions: [...versions] }) });
    const { page } = await mountItems(ItemPage, '/items/:itemId', `/items/${item.id}`);
    expect(page.findAll('.changes del').map((each) => each.text())).toEqual(['烧开']);
    expect(page.findAll('.changes ins').map((each) => each.text())).toEqual(['沸腾']);
  });
});

describe('the checklist page', () => {
  const findings = [
    {
      rule: 'R06',
      level: 'error',
      itemId: 'K-12-ME-001',
      stem: '题干一',
      text: '选项写了“以上都对”',
      reason: null,
    },
    { rule: 'R11', level: 'warning', itemId: null, stem: '', text: '答案A占31%', reason: '题少，暂可' },
  ];
  const rules = [
    { rule: 'R06', level: 'error', title: '“以上都”类选项' },
    { rule: 'R11', level: 'warning', title: '答案位置' },
  ];

  const composition = [
    { section: '主题下限', subject: '反诈', actual: '7', target: '≥8', isMet: false },
    { section: '总题数', subject: '题目', actual: '300', target: '300', isMet: true },
  ];

  it('shows first what the composition of the bank falls short of', async () => {
    createFakeHost({ 'item/listFindings': () => ({ bank, rules, findings, composition }) });
    const { page } = await mountItems(ChecklistPage, '/checklist', '/checklist');
    expect(page.find('.composition tbody').text()).toContain('反诈7≥8未达到');
    expect(page.find('.composition tbody').text()).not.toContain('总题数');
  });

  it('counts findings and separates what must be changed', async () => {
    createFakeHost({ 'item/listFindings': () => ({ bank, rules, findings, composition }) });
    const { page } = await mountItems(ChecklistPage, '/checklist', '/checklist');
    expect(page.find('[role="status"]').text()).toContain('2 处发现，其中必须改 1 处');
  });

  it('keeps what must be changed when only that is asked for', async () => {
    createFakeHost({ 'item/listFindings': () => ({ bank, rules, findings, composition }) });
    const { page } = await mountItems(ChecklistPage, '/checklist', '/checklist');
    expect(page.find('[role="grid"]').attributes('aria-rowcount')).toBe('3');
    await page.find('input[value="error"]').setValue();
    expect(page.find('[role="grid"]').attributes('aria-rowcount')).toBe('2');
  });
});
