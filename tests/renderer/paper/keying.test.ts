/** The keying screen by keyboard alone: codes, skipping, marks against the rules, corrections, saving, ending. */
import { readFileSync } from 'node:fs';
import { flushPromises, mount } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia, setActivePinia } from 'pinia';
import type { Component } from 'vue';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { definitionSchema } from '@shared/questionnaire/definition';
import type { Question } from '@shared/questions/kinds';
import PaperKeyingPage from '@renderer/features/paper/PaperKeyingPage.vue';
import { usePaperPerson } from '@renderer/features/paper/paperPerson';
import { createFakeHost } from '../data/fakeHost';
import type { FakeHost } from '../data/fakeHost';

const definition = definitionSchema.parse(
  JSON.parse(readFileSync('seeds/questionnaires/csl-2026.json', 'utf8')),
);
const item: Question = {
  kind: 'multi',
  code: 'K-1',
  text: '哪些说法对？',
  options: ['A', 'B', 'C', 'D'].map((code) => ({ code, text: `说法${code}` })),
  dontKnow: true,
};
const form = {
  surveyId: 's1',
  surveyName: '测试',
  isDemo: false,
  isTrial: true,
  header: { formNumber: '', issuingBody: '', approvalNumber: '', validUntil: null },
  mode: 'selfAdministered',
  versionMark: 'v',
  definition,
  modules: ['information'],
  formQuestions: [item],
  cover: [],
};
const entry = (keyed: Readonly<Record<string, string>>) => ({
  entryId: 'e1',
  paperNumber: 1,
  label: '000001-3',
  round: 1,
  typist: '张三',
  mode: 'selfAdministered',
  keyed,
});

interface Saved {
  readonly fieldId: string;
  readonly keyed: string;
}

let host: FakeHost;
const saved = (): Saved[] =>
  host.calls
    .filter(({ name }) => name === 'paper/updateField')
    .map(({ input }) => ({ fieldId: String(input['fieldId']), keyed: String(input['keyed']) }));
const ended = (): number => host.calls.filter(({ name }) => name === 'paper/runEndEntry').length;

const field = (): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>('input.keyed');
  if (found === null) throw new Error('no line is in hand');
  return found;
};
const lineInHand = (): string => field().getAttribute('aria-label') ?? '';
const inHand = (): string => document.querySelector('.line.current')?.textContent ?? '';

/** Keys go to whatever has the focus, as on a keyboard. */
async function press(key: string): Promise<void> {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  if (key === 'Enter' && target instanceof HTMLButtonElement) target.click();
  await flushPromises();
}
async function type(text: string): Promise<void> {
  for (const sign of text) {
    const target = document.activeElement;
    if (!(target instanceof HTMLInputElement)) throw new Error('the focus is not in a field');
    target.value += sign;
    target.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
  }
}

async function open(keyed: Readonly<Record<string, string>> = {}): Promise<void> {
  host = createFakeHost({
    'paper/createEntry': () => entry(keyed),
    'paper/getForm': () => form,
    'paper/updateField': ({ keyed: text }) => ({ keyed: text, savedAt: '2026-01-01T00:00:00.000Z' }),
    'paper/runEndEntry': () => ({}),
  });
  const blank: Component = { render: () => null };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/surveys/:surveyId/paper', name: 'papers', component: blank },
      {
        path: '/surveys/:surveyId/paper/:paperNumber/keying',
        name: 'paper-keying',
        component: PaperKeyingPage,
      },
    ],
  });
  const pinia = createPinia();
  setActivePinia(pinia);
  usePaperPerson().name = '张三';
  document.body.innerHTML = '';
  await router.push('/surveys/s1/paper/000001-3/keying');
  mount(RouterView, { attachTo: document.body, global: { plugins: [pinia, router, ElementPlus] } });
  await flushPromises();
  await flushPromises();
}

let now = 0;
beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
});

describe('keying a paper', () => {
  it('starts in the first field; a code goes on by itself and is saved', async () => {
    await open();
    expect(lineInHand()).toContain('S0');
    await type('1');
    expect(lineInHand()).toContain('S1');
    await type('198506');
    expect(lineInHand()).toContain('S2');
    expect(saved()).toEqual([
      { fieldId: 'S0', keyed: '1' },
      { fieldId: 'S1', keyed: '1985-06' },
    ]);
  });

  it('shows what a code means before it is taken', async () => {
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2', S6: '1', B1: '1', B2: '5', B5: '1' });
    expect(lineInHand()).toContain('1 哪些说法对');
    await type('ca');
    expect(inHand()).toContain('说法A、说法C');
    await press('Enter');
    expect(saved()).toEqual([{ fieldId: 'K-1', keyed: 'A,C' }]);
  });

  it('passes over the questions that need no answer', async () => {
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2', S6: '1', B1: '1' });
    expect(lineInHand()).toContain('B2');
    await type('5');
    expect(lineInHand()).toContain('B5');
    await type('1');
    expect(lineInHand()).toContain('哪些说法对');
  });

  it('takes Enter for an empty question', async () => {
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2', S6: '1' });
    await press('Enter');
    expect(saved()).toEqual([{ fieldId: 'B1', keyed: '' }]);
    expect(lineInHand()).toContain('B2');
  });

  it('does not take the Enter of habit right after a line went on by itself', async () => {
    vi.spyOn(performance, 'now').mockImplementation(() => 5000);
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2' });
    await type('1');
    await press('Enter');
    expect(lineInHand()).toContain('B1');
    expect(saved()).toEqual([{ fieldId: 'S6', keyed: '1' }]);
  });

  it('asks again before it keeps what breaks a rule, then keeps it as it is', async () => {
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2', S6: '1' });
    await type('7');
    await press('Enter');
    expect(document.querySelector('.line.current [role="alert"]')?.textContent).toContain(
      '题目里没有这个代码',
    );
    expect(saved()).toEqual([]);
    await press('Enter');
    expect(saved()).toEqual([{ fieldId: 'B1', keyed: '7' }]);
  });

  it('goes back with the arrow key and saves the correction as another text', async () => {
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2', S6: '1', B1: '1' });
    await press('ArrowUp');
    expect(lineInHand()).toContain('B1');
    expect(field().value).toBe('1');
    field().value = '';
    await type('2');
    expect(lineInHand()).toContain('B1');
    await press('Enter');
    expect(saved()).toEqual([{ fieldId: 'B1', keyed: '2' }]);
  });

  it('can key a mark on a question that should have been passed over', async () => {
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2', S6: '1', B1: '1', B2: '5' });
    await press('ArrowUp');
    expect(lineInHand()).toContain('B3');
    expect(inHand()).toContain('不用答');
    await type('2');
    await press('Enter');
    expect(saved()).toEqual([{ fieldId: 'B3', keyed: '2' }]);
  });

  it('stops saving at a failure, says so, and saves the rest in order on 重试', async () => {
    await open({ S0: '1', S1: '1985-06', S2: '1', S3: '2', S6: '1' });
    const answer = host.answers['paper/updateField'];
    delete host.answers['paper/updateField'];
    await type('1');
    await type('5');
    expect(document.body.textContent).toContain('保存中');
    if (answer !== undefined) host.answers['paper/updateField'] = answer;
    host.calls.length = 0;
    const retry = [...document.querySelectorAll('button')].find(
      (each) => each.textContent?.trim() === '重试',
    );
    retry?.click();
    await flushPromises();
    expect(saved()).toEqual([
      { fieldId: 'B1', keyed: '1' },
      { fieldId: 'B2', keyed: '5' },
    ]);
  });

  it('ends with Enter after the last line', async () => {
    await open();
    await type('2');
    expect(document.body.textContent).toContain('最后一题已录');
    expect(document.activeElement?.textContent).toContain('录完这份');
    await press('Enter');
    expect(ended()).toBe(1);
    expect(saved()).toEqual([{ fieldId: 'S0', keyed: '2' }]);
  });
});
