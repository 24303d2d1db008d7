/** Mounts one page inside a real router, Pinia and Element Plus. */
import { flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import type { Router } from 'vue-router';

const blank: Component = { render: () => null };

export async function mountPage(
  page: Component,
  path: string,
  address: string,
): Promise<{ readonly wrapper: VueWrapper; readonly router: Router }> {
  const name = path.startsWith('/new') ? 'new-survey' : 'plan';
  const others = ['home', 'plans', 'plan', 'planning', 'new-survey'].filter((each) => each !== name);
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path, name, component: page, props: true },
      ...others.map((each) => ({ path: `/other/${each}`, name: each, component: blank })),
      { path: '/surveys/:surveyId/interviews', name: 'interviews', component: blank },
    ],
  });
  await router.push(address);
  const wrapper = mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router, ElementPlus] },
  });
  await flushPromises();
  await flushPromises();
  return { wrapper, router };
}
