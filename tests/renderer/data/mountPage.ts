/** Mounts one data screen with an open survey, the statistician's role and a router that knows the page's links. */
import { flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { vi } from 'vitest';
import { createPinia, setActivePinia } from 'pinia';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useAppStore } from '@renderer/stores/app';
import { useSurveyStore } from '@renderer/stores/survey';
import { summary } from './fakeHost';

const blank: Component = { render: () => null };
const linked = ['weights', 'estimate', 'settings', 'import'];

export async function mountPage(
  page: Component,
  prepare?: (store: ReturnType<typeof useSurveyStore>) => void,
): Promise<VueWrapper> {
  document.body.innerHTML = '';
  setActivePinia(createPinia());
  useAppStore().status = {
    version: '0.1.0',
    host: 'browser',
    storage: { state: 'ready', keyKind: 'localKeyFile', failureCode: null, restoredAnswers: null },
    role: 'statistician',
    openSurveyId: null,
  };
  const store = useSurveyStore();
  store.summary = summary;
  prepare?.(store);
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: blank },
      ...linked.map((name) => ({ path: `/${name}`, name, component: blank })),
      { path: '/items/:itemId', name: 'item', component: blank },
    ],
  });
  const wrapper = mount(page, { attachTo: document.body, global: { plugins: [ElementPlus, router] } });
  await flushPromises();
  return wrapper;
}

/** Button of the whole document, dialogs included, by what it says. */
export function button(text: string): HTMLButtonElement {
  const all = [...document.querySelectorAll('button')];
  const found = all.find((each) => each.textContent.trim().startsWith(text));
  if (found === undefined) throw new Error(`no button ${text}`);
  return found;
}

export async function press(text: string): Promise<void> {
  button(text).click();
  await settle();
}

/** Lets calls that start other calls finish. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 6; round += 1) await flushPromises();
}

/** Drops one file on the page, as a person would. */
export async function dropFile(wrapper: VueWrapper): Promise<void> {
  const file = new File(['x'], '答卷.xlsx');
  await wrapper.find('.zone').trigger('drop', { dataTransfer: { files: [file] } });
  await settle();
}

/** Answers the browser's next file dialog with one file. */
export function answerFileDialog(name: string): void {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementationOnce(function pickAtOnce(
    this: HTMLInputElement,
  ) {
    Object.defineProperty(this, 'files', { value: [new File(['x'], name)] });
    this.dispatchEvent(new Event('change'));
  });
}
