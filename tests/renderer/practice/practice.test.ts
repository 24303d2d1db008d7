import type { VueWrapper } from '@vue/test-utils';
import { flushPromises, mount } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Component } from 'vue';
import type { Router } from 'vue-router';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { PracticeFeedback } from '@shared/contract/areas/practice';
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';
import { keyCases, questionOf } from '../interview/questions';

interface Call {
  readonly itemId: string;
  readonly answer: Answer;
}
interface Opened {
  readonly page: VueWrapper;
  readonly router: Router;
  readonly asked: Call[];
  readonly seeds: number[];
}

const wrong: PracticeFeedback = { status: 'wrong', right: ['二', '一'], rationale: '因为水往低处流。' };
let page: VueWrapper | null = null;

afterEach(() => {
  page?.unmount();
  page = null;
  document.body.innerHTML = '';
});

async function open(
  questions: readonly Question[],
  feedback: PracticeFeedback | null = wrong,
  address = '/practice?seed=5',
): Promise<Opened> {
  const asked: Call[] = [];
  const seeds: number[] = [];
  const api = {
    'practice/get': async ({ seed }: { seed: number }) => {
      seeds.push(seed);
      return { ok: true, value: { questions } };
    },
    'practice/getFeedback': async (input: Call) => {
      asked.push(input);
      return feedback === null
        ? { ok: false, failure: { code: 'INTERNAL_ERROR', params: {} } }
        : { ok: true, value: feedback };
    },
  };
  Object.assign(window, { api });
  vi.resetModules();
  const { default: Page }: { default: Component } =
    await import('@renderer/features/practice/PracticePage.vue');
  const blank = { template: '<i />' };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: blank },
      { path: '/practice', name: 'practice', component: blank },
      { path: '/surveys/:surveyId/interviews', name: 'interviews', component: blank },
    ],
  });
  await router.push(address);
  page = mount(Page, { attachTo: document.body, global: { plugins: [createPinia(), router, ElementPlus] } });
  await flushPromises();
  return { page, router, asked, seeds };
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    (document.activeElement ?? document.body).dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
    await flushPromises();
  }
}
const button = (opened: Opened, name: string) => {
  const found = opened.page.findAll('button').find((each) => each.text().includes(name));
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};

const testKinds = ['single', 'multi', 'trueFalse', 'ordering', 'matching'];

describe('the practice page', () => {
  it('says on every page that it does not count', async () => {
    const opened = await open([questionOf.single]);
    expect(opened.page.text()).toContain('练习 – 不计入调查');
    await button(opened, '不练了').trigger('click');
    expect(opened.page.text()).toContain('练习结束');
    expect(opened.page.text()).toContain('练习 – 不计入调查');
  });

  it.each(keyCases.filter(({ kind }) => testKinds.includes(kind)))(
    'answers a $kind question with the keyboard alone and tells how it was',
    async ({ kind, keys, answer }) => {
      const { page: shown, asked } = await open([questionOf[kind], questionOf.single]);
      expect(shown.text()).not.toContain('因为水往低处流');
      await press(...(keys ?? []));
      expect(asked).toEqual([{ itemId: questionOf[kind].code, answer }]);
      expect(shown.get('.said[role="status"]').text()).toContain('这次没有答对');
      expect(shown.text()).toContain('因为水往低处流。');
      expect(shown.findAll('.feedback li').map((line) => line.text())).toEqual(['二', '一']);
      await press('Enter');
      expect(shown.get('h1').text()).toBe('单选题');
      expect(shown.find('.feedback').exists()).toBe(false);
    },
  );

  it('can be answered by touch alone', async () => {
    const opened = await open([questionOf.ordering, questionOf.trueFalse]);
    for (const code of ['o2', 'o3', 'o1']) await opened.page.get(`[data-code="${code}"]`).trigger('click');
    await button(opened, '看答案').trigger('click');
    await flushPromises();
    expect(opened.asked[0]?.answer).toEqual({ kind: 'ordering', codes: ['o2', 'o3', 'o1'] });
    await button(opened, '下一题').trigger('click');
    await opened.page.get('[data-code="false"]').trigger('click');
    await button(opened, '看答案').trigger('click');
    await flushPromises();
    expect(opened.asked[1]?.answer).toEqual({ kind: 'trueFalse', value: false });
    await button(opened, '结束练习').trigger('click');
    expect(opened.page.text()).toContain('一共练了 2 题，答对 0 题');
  });

  it('asks for an answer instead of judging nothing', async () => {
    const { page: shown, asked } = await open([questionOf.single]);
    await press('Enter');
    expect(shown.get('[role="alert"]').text()).toContain('请选择一个答案');
    expect(asked).toEqual([]);
  });

  it('lets the answer be changed after it was judged, and judges again', async () => {
    const { page: shown, asked } = await open([questionOf.single, questionOf.single]);
    await press('1', 'Enter', '2');
    expect(shown.find('.feedback').exists()).toBe(false);
    await press('Enter');
    expect(asked.map(({ answer }) => answer)).toEqual([
      { kind: 'single', code: 'o1' },
      { kind: 'single', code: 'o2' },
    ]);
  });

  it('treats 不知道 as an answer like any other', async () => {
    const opened = await open([questionOf.single], { ...wrong, status: 'dontKnow' });
    await press('0', 'Enter');
    expect(opened.asked[0]?.answer).toEqual({ kind: 'missing', reason: 'dontKnow' });
    expect(opened.page.text()).toContain('不知道也没关系');
  });

  it('counts what was answered and right at the end, and can begin again with other questions', async () => {
    const questions = [questionOf.single, { ...questionOf.trueFalse, code: 'B1' }];
    const opened = await open(questions, { ...wrong, status: 'right' });
    await press('1', 'Enter', 'Enter', '1', 'Enter', 'Enter');
    expect(opened.page.text()).toContain('一共练了 2 题，答对 2 题');
    expect(opened.page.text()).toContain('没有保存');
    await button(opened, '再练一次').trigger('click');
    await flushPromises();
    expect(opened.page.get('h1').text()).toBe('单选题');
    expect(opened.seeds[0]).toBe(5);
    expect(opened.seeds).toHaveLength(2);
  });

  it('keeps the answer on screen when the host cannot judge it', async () => {
    const opened = await open([questionOf.single], null);
    await press('3', 'Enter');
    expect(opened.page.get('[data-code="o3"]').attributes('aria-checked')).toBe('true');
    expect(button(opened, '重试').exists()).toBe(true);
  });

  it('stores nothing in the window', async () => {
    sessionStorage.clear();
    localStorage.clear();
    await open([questionOf.single, questionOf.single]);
    await press('1', 'Enter', 'Enter', '2');
    const kept = [...Object.keys(sessionStorage), ...Object.keys(localStorage)];
    expect(kept.filter((key) => key.startsWith('zhiheng'))).toEqual([]);
  });

  it('returns to 首页, or by a held button to the survey it was begun from', async () => {
    const fromHome = await open([questionOf.single]);
    await button(fromHome, '不练了').trigger('click');
    await button(fromHome, '回到首页').trigger('click');
    await flushPromises();
    expect(fromHome.router.currentRoute.value.name).toBe('home');
    fromHome.page.unmount();

    vi.useFakeTimers();
    const fromSurvey = await open([questionOf.single], wrong, '/practice?survey=s1');
    await button(fromSurvey, '不练了').trigger('click');
    expect(fromSurvey.page.text()).toContain('请把设备交还给访问员');
    const hold = button(fromSurvey, '按住这里返回');
    await hold.trigger('pointerdown');
    vi.advanceTimersByTime(1300);
    vi.useRealTimers();
    await flushPromises();
    expect(fromSurvey.router.currentRoute.value.fullPath).toBe('/surveys/s1/interviews');
  });
});
