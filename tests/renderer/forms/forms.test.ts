/** 组卷 as a person uses it: what is asked, what comes back, conflicts, filing, what a statistician may see. */
import { flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import { createPinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import FormPage from '@renderer/features/forms/FormPage.vue';
import FormsPage from '@renderer/features/forms/FormsPage.vue';
import { surveyId } from '@shared/domain/ids';
import { formVerdict } from '@shared/texts/formTexts';
import type { FakeHost } from '../data/fakeHost';
import { createFakeHost } from '../data/fakeHost';
import { assembly, firstId, record, report, secondId, setup } from './sampleForms';

const blank: Component = { render: () => null };

async function open(page: Component, address: string): Promise<VueWrapper> {
  const isForm = page === FormPage;
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/forms', name: 'forms', component: isForm ? blank : page },
      { path: '/forms/:formId', name: 'form', component: isForm ? page : blank, props: true },
      { path: '/items/:itemId', name: 'item', component: blank },
    ],
  });
  document.body.innerHTML = '';
  Element.prototype.scrollIntoView = () => undefined;
  await router.push(address);
  const wrapper = mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [createPinia(), router, ElementPlus] },
  });
  await flushPromises();
  await flushPromises();
  return wrapper;
}

const replies = {
  'form/getSetup': () => setup(),
  'form/getAssembly': () => null,
  'form/list': () => [],
  'form/runAssembly': () => assembly(),
  'job/getProgress': () => null,
};
const press = async (page: VueWrapper, name: string): Promise<void> => {
  const found = page.findAll('button').find((each) => each.text() === name);
  if (found === undefined) throw new Error(`no button ${name}`);
  await found.trigger('click');
  await flushPromises();
  await flushPromises();
};
const sent = ({ calls }: FakeHost, name: string) => calls.filter((each) => each.name === name).at(-1)?.input;

describe('the page 组卷', () => {
  it('asks for what was chosen, with the bank’s own anchors and the exposure rules in force', async () => {
    const host = createFakeHost(replies);
    const page = await open(FormsPage, '/forms');
    expect(page.text()).toContain('2026 年已入库或已使用 2 份试卷');
    await press(page, '开始组卷');
    expect(sent(host, 'form/runAssembly')).toMatchObject({
      request: {
        blueprintId: 'cast-2024-50',
        count: 1,
        anchors: 'bank',
        excluded: [],
        forced: [],
        waiver: null,
      },
    });
  });

  it('will not use resting items without a reason, and sends the reason', async () => {
    const host = createFakeHost(replies);
    const page = await open(FormsPage, '/forms');
    const waiver = page.findAll('label').find((each) => each.text() === '允许使用到上限的题');
    await waiver?.find('input').setValue(true);
    expect(page.text()).toContain('放宽曝光规则须写明理由');
    await page.find('[aria-label="放宽曝光规则的理由"]').setValue('题目未公开');
    await press(page, '开始组卷');
    expect(sent(host, 'form/runAssembly')).toMatchObject({ request: { waiver: '题目未公开' } });
  });

  it('shows forms side by side with both judgements of each cut, and what they share', async () => {
    createFakeHost({ ...replies, 'form/getAssembly': () => assembly() });
    const page = await open(FormsPage, '/forms');
    const text = page.text();
    expect(text.match(/可用于达标率/g)?.length).toBeGreaterThanOrEqual(2);
    const row = (label: string): string | undefined =>
      page
        .findAll('tr')
        .find((each) => each.text().startsWith(label))
        ?.text();
    expect(row('判断正确（李氏法）')).toContain('92.6%');
    expect(row('判断正确（利文斯顿–刘易斯法）')).toContain('92.8%');
    expect(row('全靠猜达到')).toContain('<0.01%');
    expect(row('主题')).toContain('未达到');
    expect(page.find('[aria-label="共用题"]').text()).toContain('1（锚题 1）');
  });

  it('tells every conflict of an impossible request in a sentence of its own', async () => {
    const host = createFakeHost(replies);
    const page = await open(FormsPage, '/forms');
    const constraints =
      '做不到：维度“科技知识”的题数要求正好20，可用的题最多给出12。维度“科技知识”的题数要求正好20，还差8，可以补充这类题，或降低下限';
    const ordinary = globalThis.fetch;
    globalThis.fetch = (async (url: string, init: RequestInit) =>
      decodeURIComponent(url).endsWith('form/runAssembly')
        ? new Response(
            JSON.stringify({ ok: false, failure: { code: 'FORM_INFEASIBLE', params: { constraints } } }),
          )
        : ordinary(url, init)) as typeof fetch;
    await press(page, '开始组卷');
    const alert = page.find('[role="alert"]');
    expect(alert.findAll('li').map((each) => each.text())).toEqual([
      '做不到：维度“科技知识”的题数要求正好20，可用的题最多给出12。',
      '维度“科技知识”的题数要求正好20，还差8，可以补充这类题，或降低下限。',
    ]);
    expect(sent(host, 'form/createRecords')).toBeUndefined();
  });

  it('files the chosen forms under their names', async () => {
    const host = createFakeHost({
      ...replies,
      'form/getAssembly': () => assembly(),
      'form/createRecords': () => [record()],
    });
    const page = await open(FormsPage, '/forms');
    const filing = page.find('[aria-label="入库"]');
    expect(filing.find<HTMLInputElement>('[aria-label="第 1 份的名称"]').element.value).toBe(
      '百分制50题卷 第 1 份',
    );
    await filing.findAll('input[type="checkbox"]')[1]?.setValue(false);
    await filing.find('#filing-name').setValue('李编辑');
    await press(page, '入库 1 份');
    expect(sent(host, 'form/createRecords')).toEqual({
      setId: 'set-1',
      forms: [{ formId: firstId, title: '百分制50题卷 第 1 份' }],
      by: '李编辑',
    });
  });

  it('shows a statistician the result without keys and without a way to file it', async () => {
    createFakeHost({
      ...replies,
      'form/getSetup': () => setup(false),
      'form/getAssembly': () => assembly(null),
    });
    const page = await open(FormsPage, '/forms');
    expect(page.find('[aria-label="组卷要求"]').exists()).toBe(false);
    expect(page.find('[aria-label="入库"]').exists()).toBe(false);
    const heads = page
      .find('[aria-label="第 1 份的题目"]')
      .findAll('th')
      .map((each) => each.text());
    expect(heads).not.toContain('答案');
    expect(heads).toContain('题干');
  });
});

describe('the library', () => {
  it('says who uses a form and that its items should rest', async () => {
    const used = record({
      surveys: [
        {
          surveyId: surveyId.parse('s-1'),
          name: '苏州2026年调查',
          year: 2026,
          isDemo: false,
          responseCount: 1200,
        },
        { surveyId: surveyId.parse('s-2'), name: '演示', year: 2026, isDemo: true, responseCount: 4000 },
      ],
      restingCount: 3,
    });
    const retired = record({ formId: secondId, title: '旧卷', status: 'retired', statusReason: '外泄' });
    createFakeHost({ ...replies, 'form/getSetup': () => setup(false), 'form/list': () => [used, retired] });
    const page = await open(FormsPage, '/forms');
    const rows = page.findAll('tbody tr').map((each) => each.text());
    expect(rows[0]).toContain('苏州2026年调查（1,200 份答卷）');
    expect(rows[0]).toContain('3 道题应休息');
    expect(rows[1]).toContain('停用');
  });

  it('offers no 停用 to a role that only reads', async () => {
    const detail = {
      record: record(),
      items: assembly().forms[0]?.items ?? [],
      fingerprint: 'matches',
      statuses: [],
    };
    const host = createFakeHost({
      'form/get': () => detail,
      'form/updateStatus': () => detail,
      'app/getStatus': () => null,
    });
    const page = await open(FormPage, `/forms/${firstId}`);
    expect(page.text()).toContain('保存的题目与卷号相符');
    expect(page.findAll('button').some((each) => each.text() === '停用')).toBe(false);
    expect(sent(host, 'form/updateStatus')).toBeUndefined();
  });
});

describe('the verdict on a form', () => {
  it('bars a short form and says why', () => {
    const verdict = formVerdict(report({ itemCount: 20, producesRate: false, neededItems: 50 }));
    expect(verdict).toMatchObject({ isForRate: false, label: '仅可练习或参考' });
    expect(verdict.reasons.join('')).toContain('只有 20 题，口径要求 50 题');
  });

  it('warns of a 50-item form below the reliability goal without barring it', () => {
    const { outlook } = report();
    const weak = report({ outlook: { ...outlook, reliability: { ...outlook.reliability, kr20: 0.74 } } });
    const verdict = formVerdict(weak);
    expect(verdict.isForRate).toBe(true);
    expect(verdict.cautions).toEqual(['信度 0.74 低于目标 0.80。']);
  });

  it('bars whatever the independent check found fault with', () => {
    const wrong = report({ violations: [{ rule: 'duplicateItem', params: { itemId: 'K-1' } }] });
    expect(formVerdict(wrong).isForRate).toBe(false);
  });
});
