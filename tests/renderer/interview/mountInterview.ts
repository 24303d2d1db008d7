/** Mounts the whole interview page on a fake host and drives it by keys, as a person would. */
import type { VueWrapper } from '@vue/test-utils';
import { flushPromises, mount } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import { vi } from 'vitest';
import { defineComponent, h } from 'vue';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { FakeHost, Setup } from './fakeHost';
import { installHost } from './fakeHost';

export interface Mounted {
  readonly host: FakeHost;
  readonly page: VueWrapper;
  /** Text of the question that is shown. */
  readonly stem: () => string;
  readonly press: (...keys: string[]) => Promise<void>;
  readonly type: (selector: string, text: string) => Promise<void>;
}

async function pressOne(key: string): Promise<void> {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await flushPromises();
}

export async function mountInterview(setup: Setup): Promise<Mounted> {
  const host = installHost(setup);
  vi.resetModules();
  const loaded: { default: Component } = await import('@renderer/features/interview/InterviewPage.vue');
  const Page = defineComponent(() => () => h(loaded.default, { interviewId: 'i1' }));
  const blank = { template: '<i />' };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: blank },
      { path: '/surveys/:surveyId/interviews', name: 'interviews', component: blank },
    ],
  });
  const page = mount(Page, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router, ElementPlus] },
  });
  await flushPromises();
  return {
    host,
    page,
    stem: () => page.find('h1').text(),
    press: async (...keys) => {
      for (const key of keys) await pressOne(key);
    },
    type: async (selector, text) => {
      const field = page.get<HTMLInputElement>(selector);
      field.element.focus();
      await field.setValue(text);
    },
  };
}
