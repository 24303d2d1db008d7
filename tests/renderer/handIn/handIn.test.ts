/** 交数 and 收数 as a person uses them. */
import { flushPromises, mount } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import { describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import { surveyId } from '@shared/domain/ids';
import type { HandInHead, HandInOverview, HandInReceipt } from '@shared/contract/areas/handIn';
import ReceiveDialog from '@renderer/features/handIn/ReceiveDialog.vue';
import SendDialog from '@renderer/features/handIn/SendDialog.vue';
import ReceiptView from '@renderer/features/handIn/ReceiptView.vue';
import { missingText } from '@renderer/features/handIn/texts';
import { createFakeHost } from '../data/fakeHost';

const signer = '4741 7452 8281 8257 1190 0452 8926 5803';
const at = '2026-11-22T08:00:00.000Z';
const overview: HandInOverview = {
  station: '',
  fingerprint: signer,
  newCount: 12,
  allCount: 1234,
  openCount: 2,
  openCases: ['A-7', 'A-8'],
  sent: [{ seq: 1, interviewCount: 1222, at }],
  received: [],
  missing: [],
};
const head: HandInHead = {
  fileName: '第2包.zhanswers',
  station: '北站',
  surveyName: '某市调查',
  seq: 2,
  interviewCount: 12,
  createdAt: at,
  signer,
  standing: 'new',
  knownSigner: null,
};
const receipt: HandInReceipt = {
  isRepeated: false,
  station: '北站',
  seq: 2,
  addedCount: 11,
  presentCount: 0,
  conflictCount: 1,
  conflicts: [
    {
      reason: 'content',
      here: { caseCode: 'A-1', startedAt: at, disposition: 'complete', isVoided: false },
      sent: { caseCode: 'A-9', startedAt: at, disposition: 'refusal', isVoided: false },
    },
  ],
  unscoredCount: 11,
  missing: [{ station: '北站', signer, seqs: [1], count: 1 }],
};

const text = (): string => document.body.textContent?.replace(/\s+/g, '') ?? '';
function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}
async function press(name: string): Promise<void> {
  button(name).click();
  await flushPromises();
  await flushPromises();
}
async function type(selector: string, given: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>(selector);
  if (field === null) throw new Error(`no field ${selector}`);
  field.value = given;
  field.dispatchEvent(new Event('input'));
  await flushPromises();
}

async function open(dialog: Component): Promise<void> {
  document.body.innerHTML = '';
  const shown = mount(dialog, {
    props: { modelValue: false, surveyId: surveyId.parse('survey-1') },
    attachTo: document.body,
    global: { plugins: [createPinia(), ElementPlus] },
  });
  await shown.setProps({ modelValue: true });
  await flushPromises();
  await flushPromises();
}

/** A file chosen in the browser's own dialog. */
async function chooseFile(): Promise<void> {
  const chooser = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function choose(
    this: HTMLInputElement,
  ) {
    Object.defineProperty(this, 'files', { value: [new File(['x'], '第2包.zhanswers')] });
    this.dispatchEvent(new Event('change'));
  });
  await press('选择答卷包');
  chooser.mockRestore();
  await flushPromises();
}

describe('交数', () => {
  it('says what goes and what stays, and asks for a name and one passphrase twice', async () => {
    const host = createFakeHost({
      'handIn/get': () => overview,
      'handIn/createFile': () => ({
        token: 'file-1',
        fileName: '第2包.zhanswers',
        seq: 2,
        interviewCount: 12,
        signer,
      }),
    });
    await open(SendDialog);
    expect(text()).toContain('上次之后的答卷（12份）');
    expect(text()).toContain('全部答卷（1,234份');
    expect(text()).toContain('进行中的2份不交，结束后再交：A-7、A-8');
    expect(text()).toContain('没有标准答案，也没有得分');
    await type('#station', '北站');
    await type('[aria-label="交数口令"]', '山高 水长 路远 天阔');
    expect(button('封成答卷包').disabled).toBe(true);
    await type('[aria-label="交数口令，再输一次"]', '山高 水长 路远 天阔');
    await press('封成答卷包');
    expect(host.calls.at(-1)).toEqual({
      name: 'handIn/createFile',
      input: { surveyId: 'survey-1', station: '北站', what: 'new', passphrase: '山高 水长 路远 天阔' },
    });
    expect(text()).toContain('第2包，12份答卷，已封好。答卷仍留在本机。');
    expect(text()).toContain(signer.replace(/ /g, ''));
  });
});

describe('收数', () => {
  it('takes nothing in before the fingerprint of a new station is confirmed', async () => {
    const host = createFakeHost({
      'handIn/get': () => overview,
      'handIn/getFile': () => head,
      'handIn/runReceipt': () => receipt,
    });
    await open(ReceiveDialog);
    expect(text()).toContain('还没有收过答卷包');
    await chooseFile();
    expect(text()).toContain('北站，第2包，12份答卷');
    await type('#hand-in-passphrase', '山高 水长 路远 天阔');
    expect(button('收入答卷').disabled).toBe(true);
    document.querySelector<HTMLInputElement>('.confirm input')?.click();
    await flushPromises();
    await press('收入答卷');
    expect(host.calls.find(({ name }) => name === 'handIn/runReceipt')?.input).toMatchObject({
      passphrase: '山高 水长 路远 天阔',
      confirmedSigner: signer,
    });
    expect(text()).toContain('收入11份，已有0份，冲突1份');
  });

  it('offers no way in for a station whose key changed', async () => {
    createFakeHost({
      'handIn/get': () => overview,
      'handIn/getFile': () => ({ ...head, standing: 'changed', knownSigner: '1111' }),
    });
    await open(ReceiveDialog);
    await chooseFile();
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('1111');
    expect(document.querySelector('#hand-in-passphrase')).toBeNull();
    expect(button('收入答卷').disabled).toBe(true);
  });

  it('names both sides of a conflict, the waiting cases and the missing package', () => {
    const view = mount(ReceiptView, { props: { receipt } });
    const cells = view.findAll('tbody th, tbody td').map((cell) => cell.text());
    expect(cells[0]).toBe('内容不同');
    expect(cells[1]).toContain('A-1');
    expect(cells[2]).toContain('A-9');
    expect(view.text()).toContain('11');
    expect(view.text()).toContain('待评分');
    expect(view.text()).toContain('“北站”的第 1 包未收到。');
    expect(missingText({ station: '北站', signer, seqs: [3, 5], count: 9 })).toBe(
      '“北站”的第 3、5 等 9 包未收到。',
    );
  });
});
