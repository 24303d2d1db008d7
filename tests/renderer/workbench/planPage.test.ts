import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import PlanPage from '@renderer/features/plans/PlanPage.vue';
import { createFakeHost } from './fakeHost';
import type { FakeHost } from './fakeHost';
import { mountPage } from './mountPage';

type Answer = FakeHost['answer'];
const host = vi.hoisted((): { answer: Answer } => ({ answer: async () => null }));
vi.mock('../../../renderer/api/client', () => ({
  call: (...call: Parameters<Answer>) => host.answer(...call),
}));

const scrollIntoView = vi.fn();
beforeEach(() => {
  host.answer = createFakeHost().answer;
  scrollIntoView.mockClear();
  Element.prototype.scrollIntoView = scrollIntoView;
});
afterEach(() => {
  document.body.innerHTML = '';
});

it('shows the headline goal of 苏州 with its verb, value, year and meaning', async () => {
  const { wrapper } = await mountPage(PlanPage, '/plans/:planId', '/plans/suzhou');
  expect(wrapper.find('.headline').text()).toMatch(/力争达到\s*23%\s*2025 年\s*期望性目标/);
  expect(wrapper.text()).toContain('按不低于 23% 判定');
  expect(wrapper.text()).toContain('苏府〔2022〕16号');
});

it('opens the source text at the clause and highlights exactly the quotation', async () => {
  const { wrapper } = await mountPage(PlanPage, '/plans/:planId', '/plans/suzhou');
  await wrapper.find('.headline button').trigger('click');
  await flushPromises();
  expect(document.querySelector('mark')?.textContent).toBe('公民具备科学素质的比例力争达到 23%');
  expect(document.querySelectorAll('mark')).toHaveLength(1);
  expect(scrollIntoView).toHaveBeenCalled();
});

it('says 征求意见稿 and 缺基线 for 淮阴, and that 超过 is strict', async () => {
  const { wrapper } = await mountPage(PlanPage, '/plans/:planId', '/plans/huaiyin');
  expect(wrapper.text()).toContain('征求意见稿');
  expect(wrapper.text()).toContain('缺基线');
  expect(wrapper.text()).toContain('正好等于 17.5% 不算达到');
});

it('flags the baseline of 昆山 as 疑似沿用上级数据', async () => {
  const { wrapper } = await mountPage(PlanPage, '/plans/:planId', '/plans/kunshan');
  expect(wrapper.find('.baselines').text()).toContain('疑似沿用上级数据');
});
