import ElementPlus from 'element-plus';
import { createPinia, setActivePinia } from 'pinia';
import { mount } from '@vue/test-utils';
import type { Component } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { planSchema } from '@shared/domain/plan';
import type { SurveyResults } from '@shared/results/surveyResults';
import GroupsBody from '@renderer/features/results/parts/GroupsBody.vue';
import UnitsBody from '@renderer/features/results/parts/UnitsBody.vue';
import { useSurveyStore } from '@renderer/stores/survey';
import suzhouPlan from '../../../seeds/plans/suzhou.json';
import { demoResults, shareFigure, unitNames } from '../../support/resultsFixture';

function show(component: Component, results: SurveyResults = demoResults()) {
  const store = useSurveyStore();
  store.plan = planSchema.parse(suzhouPlan);
  store.regionNames = unitNames;
  return mount(component, {
    props: { results },
    global: { plugins: [ElementPlus] },
    attachTo: document.body,
  });
}

async function showView(view: 'tests' | 'smallArea', results?: SurveyResults) {
  const page = show(UnitsBody, results);
  await page.find(`input[value="${view}"]`).setValue(true);
  return page;
}

beforeEach(() => {
  document.body.innerHTML = '';
  setActivePinia(createPinia());
});

describe('检验与分组', () => {
  it('tells any two districts apart in a sentence with difference, interval and adjusted p', async () => {
    const units = demoResults().units.map((unit) =>
      unit.regionCode === '320507'
        ? { ...unit, literate: shareFigure({ estimate: 0.098, n: 388, degreesOfFreedom: 9 }) }
        : unit,
    );
    const page = await showView('tests', demoResults({ units }));
    const cell = page
      .findAll('button')
      .find((button) => button.attributes('aria-label')?.startsWith('苏州工业园区减相城区'));
    await cell?.trigger('click');
    const sentence = page.find('.sentence').text();
    // 31.2 % and 9.8 %.
    expect(sentence).toContain('苏州工业园区比相城区高 21.4 个百分点（95% 同时区间 +');
    expect(sentence).toMatch(/Holm 校正 p[=<]0\.\d{3}/);
    expect(sentence).toContain('能区分：苏州工业园区高于相城区');
  });

  it('says 不能区分 of two that lie close, and never that they are equal', async () => {
    const page = await showView('tests');
    const cell = page
      .findAll('button')
      .find((button) => button.attributes('aria-label')?.startsWith('吴中区减张家港市'));
    await cell?.trigger('click');
    expect(page.find('.sentence').text()).toContain('不能区分两地高低');
    expect(page.text()).toContain('“不能区分”不等于“相同”');
  });

  it('shows ranks only behind a button, as sets beside estimate, interval and n', async () => {
    const page = await showView('tests');
    expect(page.text()).not.toMatch(/第 \d+(–\d+)? 位/);
    await page
      .findAll('button')
      .find((button) => button.text() === '查看名次范围')
      ?.trigger('click');
    const rows = page.findAll('.frame tbody tr').map((row) => row.text());
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(row).toMatch(/\d+\.\d%.*\d+\.\d%–\d+\.\d%.*第 \d+(–\d+)? 位/);
    expect(page.text()).toContain('请勿公布单个名次或用于考核');
  });

  it('gives gap indices with their intervals', async () => {
    const text = (await showView('tests')).text();
    expect(text).toContain('区县：最高与最低之差');
    expect(text).toContain('苏州工业园区减相城区');
    expect(text).toMatch(/区县间标准差\s*\d+\.\d 个百分点\s*\d+\.\d 至 \d+\.\d/);
  });

  it('explains itself where there is nothing to compare', async () => {
    const [only] = demoResults().units;
    if (only === undefined) throw new Error('no unit');
    const page = await showView('tests', demoResults({ units: [only] }));
    expect(page.text()).toContain('可公布的区县不足两个，没有可比较的。');
  });

  it('speaks of a model, not of a design, for a non-probability sample', async () => {
    const page = await showView('tests', demoResults({ basis: 'nonprobability' }));
    expect(page.find('.sentence').text()).toContain('95% 同时模型区间');
    expect(page.find('.sentence').text()).toContain('不是按抽样设计得到的检验');
  });
});

describe('小域估计', () => {
  it('is refused by name below twelve districts', async () => {
    expect((await showView('smallArea')).text()).toContain('有直接估计的区县只有 10 个，不足 12 个');
  });

  it('stands beside the direct estimate, named as model-based and in the order of the survey', async () => {
    const [unit] = demoResults().units;
    if (unit === undefined) throw new Error('no unit');
    const codes = Object.keys(unitNames).slice(1);
    const units = codes.map((regionCode, k) => ({
      ...unit,
      regionCode,
      literate: shareFigure({ estimate: 0.15 + ((k * 7) % 12) * 0.015, n: 300 + k, degreesOfFreedom: 9 }),
    }));
    const page = await showView('smallArea', demoResults({ units }));
    expect(page.text()).toContain('直接估计与模型估计');
    expect(page.text()).toContain('地区资料中没有可用的辅助变量');
    const names = page.findAll('tbody th').map((head) => head.text());
    expect(names).toEqual(codes.map((code) => unitNames[code]));
  });
});

describe('人群差距', () => {
  it('has the urban-rural gap and every grouping with its weakest', () => {
    const text = show(GroupsBody).text();
    expect(text).toContain('城乡差距');
    expect(text).toContain('10.7 个百分点');
    expect(text).toContain('受教育程度：全域与最低之差');
    expect(text).toContain('全域减小学及以下');
  });
});
