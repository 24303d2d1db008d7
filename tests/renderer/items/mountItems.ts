/** Mounts a page of the bank inside router, Pinia and Element Plus. */
import { flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import type { Router } from 'vue-router';

export async function mountItems(
  page: Component,
  path: '/items' | '/items/:itemId' | '/checklist',
  address: string,
): Promise<{ readonly page: VueWrapper; readonly router: Router }> {
  const blank: Component = { render: () => null };
  const names = { '/items': 'items', '/items/:itemId': 'item', '/checklist': 'checklist' } as const;
  const router = createRouter({
    history: createMemoryHistory(),
    routes: Object.entries(names).map(([each, name]) => ({
      path: each,
      name,
      component: each === path ? page : blank,
      props: true,
    })),
  });
  document.body.innerHTML = '';
  await router.push(address);
  const wrapper = mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router, ElementPlus] },
  });
  await flushPromises();
  await flushPromises();
  return { page: wrapper, router };
}
