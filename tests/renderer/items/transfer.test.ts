/** 导入题目 and 依据 as a person uses them. */
import { flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import type { Component } from 'vue';
import { ref } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { describe, expect, it } from 'vitest';
import type { ItemFileCheck } from '@shared/contract/areas/itemTransfer';
import type { StimulusContent } from '@shared/assessment/item';
import MaterialFields from '@renderer/features/items/parts/MaterialFields.vue';
import ReferencesPage from '@renderer/features/items/references/ReferencesPage.vue';
import ItemCheckStep from '@renderer/features/items/transfer/ItemCheckStep.vue';
import { createFakeHost } from '../data/fakeHost';

async function mountBare(component: Component, props: object = {}, address = '/'): Promise<VueWrapper> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'items', component: { render: () => null } },
      { path: '/items/:itemId', name: 'item', component: { render: () => null } },
    ],
  });
  document.body.innerHTML = '';
  await router.push(address);
  const wrapper = mount(component, {
    attachTo: document.body,
    props: props as Record<string, unknown>,
    global: { plugins: [createPinia(), router, ElementPlus] },
  });
  await flushPromises();
  return wrapper;
}
const button = (name: string | RegExp): HTMLButtonElement => {
  const fits = (text: string): boolean => (typeof name === 'string' ? text === name : name.test(text));
  const found = [...document.querySelectorAll('button')].find((each) => fits(each.textContent?.trim() ?? ''));
  if (found === undefined) throw new Error(`no button ${String(name)}`);
  return found;
};

const clean: ItemFileCheck = {
  fileName: '题目.xlsx',
  format: 'template',
  needsDefaults: false,
  itemCount: 2,
  newCount: 1,
  versionCount: 1,
  sameCount: 0,
  refusedCount: 0,
  errorCount: 0,
  warningCount: 0,
  errors: [],
  warnings: [],
  items: [
    { itemId: 'K-12-ME-001', stem: '水何时烧开？', effect: 'new', problems: [], findings: [] },
    {
      itemId: 'K-12-ME-002',
      stem: '冰何时融化？',
      effect: 'version',
      problems: [],
      findings: [{ rule: 'R28', level: 'error', text: '没有写难度来源' }],
    },
  ],
  references: [{ referenceId: 'REF-X001', title: '化学', issuer: '出版社', effect: 'new' }],
  materials: [],
  reviewedCount: 2,
};

describe('the check of an item file', () => {
  it('asks for a name before it imports, and says what comes in and what does not', async () => {
    const page = await mountBare(ItemCheckStep, { check: clean, isBusy: false });
    expect(page.text()).toContain('1 道新题，1 道成为已有题的新版本');
    expect(page.text()).toContain('2 道题带有状态或审查记录，不带入');
    expect(page.text()).toContain('依据（新增）：化学，出版社');
    expect(page.text()).toContain('R28 没有写难度来源');
    expect(button('导入 2 题').disabled).toBe(true);
    await page.find('input[aria-label="导入人姓名"]').setValue('李编辑');
    await page.find('[data-test="run-import"]').trigger('click');
    expect(page.emitted('run')).toEqual([['李编辑']]);
  });

  it('offers no import while there is an error, and names its cell', async () => {
    const error = {
      sheet: '题目',
      row: 3,
      column: 'R',
      header: '预估正确率',
      value: '很难',
      code: 'ITEM_NUMBER_NOT_VALID',
      problem: '这里应是 0 到 1 之间的数字。',
      remedy: '请填数字。',
    };
    const page = await mountBare(ItemCheckStep, {
      check: { ...clean, errorCount: 1, errors: [error], items: [] },
      isBusy: false,
    });
    expect(page.find('[data-test="run-import"]').exists()).toBe(false);
    const cells = page.findAll('[aria-label="错误"] tbody td').map((cell) => cell.text());
    expect(cells.slice(0, 5)).toEqual(['题目', '3', 'R', '预估正确率', '很难']);
  });
});

const source = {
  referenceId: 'REF-1',
  title: '生活饮用水卫生标准',
  issuer: '国家卫生健康委',
  type: '国家标准',
  date: '2022',
  clause: '',
  status: 'current',
  successor: '',
  itemCount: 2,
  version: 1,
} as const;
const sourceView = {
  ...source,
  successorId: null,
  items: [
    {
      itemId: 'K-18-LH-001',
      stem: '井水',
      status: 'active',
      fact: '无病菌',
      clause: '',
      wouldRest: true,
      surveyCount: 1,
    },
    {
      itemId: 'K-18-LH-002',
      stem: '雨水',
      status: 'draft',
      fact: '无病菌',
      clause: '',
      wouldRest: false,
      surveyCount: 0,
    },
  ],
  versions: [{ ...source, savedBy: '', note: '', recordedAt: null }],
};

describe('the page of sources', () => {
  it('shows which items rest before a source is taken out of force, and sends what was decided', async () => {
    const host = createFakeHost({
      'reference/list': () => [source],
      'reference/get': () => sourceView,
      'reference/updateStatus': () => ({ ...sourceView, status: 'superseded', version: 2 }),
    });
    const page = await mountBare(ReferencesPage, {}, '/?id=REF-1');
    await flushPromises();
    expect(page.text()).toContain('引用它的题（2）');
    button('标为已被替代').click();
    await flushPromises();
    const impact = document.querySelector('.impact')?.textContent ?? '';
    expect(impact.replace(/\s+/g, '')).toContain('引用它的有2题，其中1题是试测或启用');
    expect(document.querySelector('[aria-label="将要暂停的题"]')?.textContent).toContain('K-18-LH-001');
    expect(button(/^确认/).disabled).toBe(true);
    for (const [label, text] of [
      ['您的姓名', '李编辑'],
      ['说明', '公告第 3 号'],
    ] as const) {
      const input = document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
      if (input === null) throw new Error(label);
      input.value = text;
      input.dispatchEvent(new Event('input'));
    }
    await flushPromises();
    button('确认，1 题暂停').click();
    await flushPromises();
    expect(host.calls.find(({ name }) => name === 'reference/updateStatus')?.input).toEqual({
      referenceId: 'REF-1',
      basedOn: 1,
      status: 'superseded',
      supersededBy: '',
      by: '李编辑',
      note: '公告第 3 号',
    });
    expect(page.text()).toContain('已被替代');
  });
});

describe('the material of an item', () => {
  const table: StimulusContent = {
    id: 'ST-1',
    kind: 'table',
    title: '用水',
    table: [
      ['年', '吨'],
      ['2024', '35'],
    ],
    unit: '吨',
    alt: '2024 年。',
  };
  async function mountMaterial(material: StimulusContent | undefined, sharedWith: readonly string[]) {
    const value = ref(material);
    const shared = ref(false);
    const page = await mountBare({
      components: { MaterialFields },
      setup: () => ({ value, shared, sharedWith }),
      template:
        '<el-form><MaterialFields v-model="value" v-model:changes-shared="shared" :known="[]" :shared-with="sharedWith" problem="" /></el-form>',
    });
    return { page, value, shared };
  }

  it('says which numbers of the table are not spoken, and writes a first alternative that speaks all', async () => {
    const { page, value } = await mountMaterial(table, []);
    expect(page.text()).toContain('替代文字里没有读到：35');
    button('按表格写一份').click();
    await flushPromises();
    expect(value.value?.alt).toBe('用水。2024：吨35吨。');
    expect(page.text()).not.toContain('没有读到');
  });

  it('grows and shrinks by rows and columns and keeps what stands in the cells', async () => {
    const { page, value } = await mountMaterial(table, []);
    button('加一行').click();
    await flushPromises();
    button('加一列').click();
    await flushPromises();
    await page.find('[aria-label="第 2 行第 3 列"]').setValue('40');
    expect(value.value?.table).toEqual([
      ['年', '吨', ''],
      ['2024', '35', ''],
      ['', '', '40'],
    ]);
    await page.find('[aria-label="删行：第 1 行"]').trigger('click');
    await page.find('[aria-label="删列：第 2 列"]').trigger('click');
    expect(value.value?.table).toEqual([
      ['年', ''],
      ['', '40'],
    ]);
  });

  it('that is shared is locked until somebody says that all its items change', async () => {
    const { page, shared } = await mountMaterial(table, ['K-18-LH-002']);
    const title = () => page.find('input[aria-label="材料标题"]').element as HTMLInputElement;
    expect(title().disabled).toBe(true);
    await page.find('.shared input[type="checkbox"]').setValue(true);
    expect(shared.value).toBe(true);
    expect(title().disabled).toBe(false);
  });
});
