/** 题库管理 as a person uses it: states of a bank, files to install, passphrases, the log. */
import { flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import { describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import type { BankRow, KeyEvent } from '@shared/contract/areas/banks';
import BanksPage from '@renderer/features/banks/BanksPage.vue';
import { actionLabel, placeLabels } from '@renderer/features/banks/words';
import { createFakeHost } from '../data/fakeHost';

const trial: BankRow = {
  id: 'trial-2026',
  title: '知衡公开试用题库',
  version: '2.1.0',
  statusNote: '',
  itemCount: 300,
  keys: 'public',
  signer: null,
  isInUse: true,
  unscoredCount: 0,
};
const city: BankRow = {
  ...trial,
  id: 'city-2026',
  title: '市级保密题库',
  itemCount: 1200,
  keys: 'sealed',
  signer: '4741 7452 8281 8257 1190 0452 8926 5803',
  isInUse: false,
};
const view: KeyEvent = {
  at: '2026-11-22T08:00:00.000Z',
  action: 'item.keyViewed',
  bankId: city.id,
  itemId: 'K-12-ME-P001',
  version: '1.0.0',
  role: 'itemEditor',
  by: '李编辑',
  via: 'itemPage',
};
const list = (...banks: BankRow[]) => ({ banks: [trial, ...banks], hasPassphrase: true });
const noEvents = () => ({ events: [], total: 0 });

async function open(): Promise<VueWrapper> {
  const blank = { render: () => null };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/banks', name: 'banks', component: BanksPage },
      { path: '/security', name: 'security', component: blank },
    ],
  });
  document.body.innerHTML = '';
  await router.push('/banks');
  const page = mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router, ElementPlus] },
  });
  await flushPromises();
  await flushPromises();
  return page;
}

const button = (name: string, within: ParentNode = document): HTMLButtonElement => {
  const found = [...within.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
const dialog = (): HTMLElement => {
  const shown = [...document.querySelectorAll<HTMLElement>('.el-dialog')].find(
    (each) => each.closest<HTMLElement>('.el-overlay')?.style.display !== 'none',
  );
  if (shown === undefined) throw new Error('no dialog');
  return shown;
};
async function type(label: string, text: string): Promise<void> {
  const field = [...dialog().querySelectorAll('input')].find(
    (each) => (each.getAttribute('aria-label') ?? each.labels?.[0]?.textContent) === label,
  );
  if (field === undefined) throw new Error(`no field ${label}`);
  field.value = text;
  field.dispatchEvent(new Event('input'));
  await flushPromises();
}
async function press(name: string, within?: ParentNode): Promise<void> {
  button(name, within).click();
  await flushPromises();
  await flushPromises();
}

describe('the list of banks', () => {
  it('sends a folder without a passphrase to 存储与口令 before anything private can be kept', async () => {
    createFakeHost({
      'bank/list': () => ({ banks: [trial], hasPassphrase: false }),
      'bank/listKeyEvents': noEvents,
    });
    const page = await open();
    expect(page.find('[role="note"]').text()).toContain('还没有口令');
    expect(page.find('[role="note"] a').attributes('href')).toBe('/security');
    expect([button('新建保密题库').disabled, button('装入题库文件').disabled]).toEqual([true, true]);
  });

  it('labels the public bank honestly and offers each private bank what its state allows', async () => {
    const banks = [
      city,
      { ...city, id: 'b', title: '乙库', keys: 'open', unscoredCount: 1234 } as const,
      { ...city, id: 'c', title: '丙库', keys: 'missing' } as const,
    ];
    createFakeHost({ 'bank/list': () => list(...banks), 'bank/listKeyEvents': noEvents });
    const page = await open();
    const rows = page.findAll('.banks tbody tr').map((row) => row.text());
    expect(rows[0]).toContain('不能用于正式调查');
    const actions = page
      .findAll('.banks tbody tr')
      .map((row) => row.findAll('button').map((each) => each.text()));
    expect(actions).toEqual([
      [],
      ['打开答案', '设为当前题库'],
      ['关闭答案', '封存导出', '评分', '设为当前题库'],
      ['装入答案文件', '设为当前题库'],
    ]);
    expect(rows[1]).toContain('已封存');
    expect(rows[2]).toContain('1,234');
    expect(rows[3]).toContain('未装入');
  });
});

describe('打开答案', () => {
  it('forgets the passphrase after every try and shows the new state', async () => {
    const host = createFakeHost({
      'bank/list': () => list(city),
      'bank/listKeyEvents': noEvents,
      'bank/runOpening': () => ({ scoredCount: 3, list: list({ ...city, keys: 'open' }) }),
    });
    const page = await open();
    await press('打开答案');
    expect(button('打开答案', dialog()).disabled).toBe(true);
    await type('答案口令', '松下问童子言师采药去');
    await press('打开答案', dialog());
    const sent = host.calls.find(({ name }) => name === 'bank/runOpening');
    expect(sent?.input).toMatchObject({ bankId: city.id, passphrase: '松下问童子言师采药去' });
    expect(page.text()).toContain('已打开');
    expect(document.body.innerHTML).not.toContain('松下问童子');
  });
});

describe('装入题库文件', () => {
  const head = {
    fileName: '题目.zhbank',
    part: 'questions',
    scope: 'forms',
    bankId: city.id,
    title: city.title,
    version: '1.2.0',
    itemCount: 100,
    formCount: 2,
    createdAt: '2026-11-22T08:00:00.000Z',
    signer: city.signer,
  } as const;
  const pick = async (): Promise<void> => {
    const chooser = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function choose(
      this: HTMLInputElement,
    ) {
      Object.defineProperty(this, 'files', { value: [new File(['x'], '题目.zhbank')] });
      this.dispatchEvent(new Event('change'));
    });
    await press('选择题目文件', dialog());
    chooser.mockRestore();
    await flushPromises();
  };

  it('shows what the file holds and who signed it, and installs only after the fingerprint was compared', async () => {
    const host = createFakeHost({
      'bank/list': () => list(),
      'bank/listKeyEvents': noEvents,
      'bank/getPackage': () => ({ questions: head, keys: null, installed: null }),
      'bank/runInstallation': () => ({ bankId: city.id, list: list(city) }),
    });
    await open();
    await press('装入题库文件');
    await pick();
    expect(dialog().textContent).toContain('题卷包，2 份试卷');
    expect(dialog().textContent).toContain(city.signer);
    await type('题目口令', '春江花月夜半钟声到客船');
    expect(button('装入题库', dialog()).disabled).toBe(true);
    dialog().querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
    await flushPromises();
    await press('装入题库', dialog());
    expect(host.calls.find(({ name }) => name === 'bank/runInstallation')?.input).toMatchObject({
      questions: 'file-1',
      keys: null,
      confirmedSigner: city.signer,
    });
  });

  it('stops when an installed bank comes from another signer', async () => {
    createFakeHost({
      'bank/list': () => list(city),
      'bank/listKeyEvents': noEvents,
      'bank/getPackage': () => ({
        questions: head,
        keys: null,
        installed: { title: city.title, version: '1.0.0', signer: '1111 2222' },
      }),
    });
    await open();
    await press('装入题库文件');
    await pick();
    expect(dialog().querySelector('[role="alert"]')?.textContent).toContain('不能装入');
    expect(button('装入题库', dialog()).disabled).toBe(true);
  });
});

describe('封存导出', () => {
  it('wants two strong passphrases that differ, and says which file goes where', async () => {
    const file = (fileName: string) => ({ token: 't', fileName, size: 9 });
    const host = createFakeHost({
      'bank/list': () => list({ ...city, keys: 'open' }),
      'bank/listKeyEvents': noEvents,
      'form/list': () => [],
      'bank/createFiles': () => ({
        questions: file('甲-题目.zhbank'),
        keys: file('甲-答案.zhkeys'),
        itemCount: 100,
        formCount: 2,
        signer: city.signer,
      }),
    });
    await open();
    await press('封存导出');
    const [first, second] = ['清晨水井石板扁担挑水去', '深夜图书馆台灯下做笔记'].map((text) => `${text}啊`);
    for (const label of ['题目口令', '题目口令，再输一次', '答案口令', '答案口令，再输一次'])
      await type(label, first ?? '');
    expect(dialog().textContent).toContain('不能与另一个口令相同');
    expect(button('封存成两个文件', dialog()).disabled).toBe(true);
    for (const label of ['答案口令', '答案口令，再输一次']) await type(label, second ?? '');
    await press('封存成两个文件', dialog());
    expect(host.calls.find(({ name }) => name === 'bank/createFiles')?.input).toMatchObject({
      formIds: null,
      passphrases: { questions: first, keys: second },
    });
    expect(dialog().textContent).toContain('题目文件：带到现场');
    expect(dialog().textContent).toContain('答案文件：留在办公室');
    expect(document.body.innerHTML).not.toContain('清晨水井');
  });
});

describe('查看记录', () => {
  it('lists who saw which key and says whether the chain of the log is whole', async () => {
    let brokenAt: number | null = null;
    const host = createFakeHost({
      'bank/list': () => list(city),
      'bank/listKeyEvents': () => ({ events: [view], total: 1 }),
      'bank/getLogCheck': () => ({ eventCount: 2345, brokenAt, head: '' }),
    });
    const page = await open();
    const log = page.find('.log');
    expect(log.find('[role="grid"]').attributes('aria-rowcount')).toBe('2');
    expect([actionLabel(view), placeLabels[view.via ?? 'export']]).toEqual(['查看答案', '题目页']);
    await press('校验日志');
    expect(log.find('.check').text()).toContain('日志完整：2,345 条');
    brokenAt = 17;
    await press('校验日志');
    expect(log.find('.check').text()).toContain('从第 17 条起对不上');
    await page.find('[aria-label="按题号查找"]').setValue('K-12');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await flushPromises();
    expect(host.calls.at(-1)?.input).toMatchObject({ search: 'K-12', day: null });
  });
});
