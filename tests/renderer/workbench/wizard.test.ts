import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import WizardPage from '@renderer/features/wizard/WizardPage.vue';
import { createFakeHost } from './fakeHost';
import type { FakeHost } from './fakeHost';
import { record, report, set } from '../forms/sampleForms';
import { mountPage } from './mountPage';

type Answer = FakeHost['answer'];
const host = vi.hoisted((): { answer: Answer } => ({ answer: async () => null }));
vi.mock('../../../renderer/api/client', () => ({
  call: (...call: Parameters<Answer>) => host.answer(...call),
}));

let fake: FakeHost;
beforeEach(() => {
  fake = createFakeHost();
  host.answer = fake.answer;
});
afterEach(() => {
  document.body.innerHTML = '';
});

const open = async (query: string): Promise<VueWrapper> =>
  (await mountPage(WizardPage, '/new/:draftId?', `/new${query}`)).wrapper;

async function next(wrapper: VueWrapper): Promise<void> {
  await wrapper.find('form').trigger('submit');
  await flushPromises();
}
const savedDrafts = (): FakeHost['calls'] => fake.calls.filter(({ name }) => name === 'draft/update');
const heading = (wrapper: VueWrapper): string => wrapper.find('form h2').text();
const tickedUnits = (wrapper: VueWrapper): string[] =>
  wrapper
    .findAll<HTMLInputElement>('.units input')
    .filter((box) => box.element.checked)
    .map((box) => box.element.value);

it('does not leave the first step without a plan, and says what is missing', async () => {
  const wrapper = await open('');
  await next(wrapper);
  expect(heading(wrapper)).toContain('规划与区域');
  expect(wrapper.find('[role=alert]').text()).toContain('还没有选择规划');
  expect(savedDrafts()).toHaveLength(0);
});

it('fills in name, year and the ten districts of 苏州 from its plan', async () => {
  const wrapper = await open('?plan=suzhou');
  expect(wrapper.find<HTMLInputElement>('#survey-name').element.value).toBe('苏州市2025年公民科学素质调查');
  expect(tickedUnits(wrapper)).toHaveLength(10);
  expect(wrapper.find('.units').text()).toContain('功能区');
});

it('offers 镇街 for 昆山 and ticks no town inside a ticked functional area', async () => {
  const wrapper = await open('?plan=kunshan');
  expect(wrapper.find('.units legend').text()).toContain('镇街');
  expect(wrapper.find('.units').text()).toContain('位于昆山旅游度假区内');
  expect(tickedUnits(wrapper)).toContain('320583401');
  expect(wrapper.find('[role=alert]').exists()).toBe(false);
});

it('saves the draft on a step change with the step it went to', async () => {
  const wrapper = await open('?plan=suzhou');
  await next(wrapper);
  expect(heading(wrapper)).toContain('样本性质与抽样');
  const saved = savedDrafts().at(-1)?.input;
  expect(saved).toMatchObject({
    draftId: null,
    step: 1,
    settings: { planId: 'suzhou', regionCode: '320500' },
  });
  await next(wrapper);
  expect(savedDrafts().at(-1)?.input).toMatchObject({ draftId: 'draft-1', step: 2 });
});

it('asks for the confirmation of the trial bank, then goes on to the check and creates the survey', async () => {
  const wrapper = await open('?plan=suzhou');
  await next(wrapper);
  await next(wrapper);
  await next(wrapper);
  expect(heading(wrapper)).toContain('测评口径与试卷');
  expect(wrapper.find('.problems').text()).toContain('公开试用题库');
  await wrapper.find('.confirm input').setValue(true);
  for (let step = 0; step < 4; step += 1) await next(wrapper);
  expect(heading(wrapper)).toContain('检查');
  await next(wrapper);
  const created = fake.calls.find(({ name }) => name === 'survey/create')?.input;
  expect(created).toMatchObject({
    draftId: 'draft-1',
    settings: { basis: 'probability', instrumentId: 'cast-2024', formBlueprintId: 'cast-2024-50' },
  });
});

it('keeps the ticked units when the year changes', async () => {
  const wrapper = await open('?plan=suzhou');
  const first = tickedUnits(wrapper)[0];
  await wrapper.findAll('.units input')[0]?.setValue(false);
  const kept = tickedUnits(wrapper);
  await wrapper.find('#survey-year').setValue(2026);
  await wrapper.find('#survey-year').trigger('change');
  await flushPromises();
  expect(kept).not.toContain(first);
  expect(tickedUnits(wrapper)).toEqual(kept);
});

it('goes one step and makes one draft when 下一步 is pressed twice', async () => {
  const wrapper = await open('?plan=suzhou');
  await Promise.all([wrapper.find('form').trigger('submit'), wrapper.find('form').trigger('submit')]);
  await flushPromises();
  expect(heading(wrapper)).toContain('样本性质与抽样');
  expect(savedDrafts()).toHaveLength(1);
});

const toInstrument = async (wrapper: VueWrapper): Promise<void> => {
  await next(wrapper);
  await next(wrapper);
};
const useLibrary = (forms: readonly ReturnType<typeof record>[]): void => {
  fake = createFakeHost({ 'form/list': () => forms });
  host.answer = fake.answer;
};

it('says that a quick draw is one, and offers no library that has nothing for the instrument', async () => {
  useLibrary([record({ set: { ...set, instrumentId: 'benchmark-2016' } })]);
  const wrapper = await open('?plan=suzhou');
  await toInstrument(wrapper);
  expect(wrapper.find<HTMLInputElement>('input[value="library"]').element.disabled).toBe(true);
  expect(wrapper.text()).toContain('用交换搜索当场抽一份');
});

it('creates the survey on a form of the library, with its blueprint', async () => {
  useLibrary([record({ set: { ...set, blueprintId: 'city-50', isPublicBank: false } })]);
  const wrapper = await open('?plan=suzhou');
  await toInstrument(wrapper);
  await wrapper.find('input[value="library"]').setValue(true);
  await flushPromises();
  expect(wrapper.text()).toContain('判断正确 92.6%');
  expect(wrapper.find('.confirm').exists()).toBe(false);
  for (let step = 0; step < 5; step += 1) await next(wrapper);
  expect(fake.calls.find(({ name }) => name === 'survey/create')?.input).toMatchObject({
    settings: { formId: record().formId, formBlueprintId: 'city-50', trialBankConfirmed: false },
  });
});

it('says of a short form that it gives no 达标 verdict, and never offers a retired one', async () => {
  useLibrary([
    record({ report: report({ itemCount: 20, producesRate: false }) }),
    record({ title: '旧卷', status: 'retired' }),
  ]);
  const wrapper = await open('?plan=suzhou');
  await toInstrument(wrapper);
  await wrapper.find('input[value="library"]').setValue(true);
  await flushPromises();
  expect(wrapper.text()).toContain('结果里不给出达标结论');
  expect(wrapper.text()).not.toContain('旧卷');
});
