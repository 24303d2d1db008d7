import ElementPlus from 'element-plus';
import { createPinia, setActivePinia } from 'pinia';
import { mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { nextTick } from 'vue';
import type { Component } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { instrumentSchema } from '@shared/assessment/instrument';
import { planSchema } from '@shared/domain/plan';
import type { SurveyResults } from '@shared/results/surveyResults';
import { surveyResults } from '@shared/results/surveyResults';
import EstimateBody from '@renderer/features/results/parts/EstimateBody.vue';
import GroupsBody from '@renderer/features/results/parts/GroupsBody.vue';
import TrendBody from '@renderer/features/results/parts/TrendBody.vue';
import UnitsBody from '@renderer/features/results/parts/UnitsBody.vue';
import VerdictBody from '@renderer/features/results/parts/VerdictBody.vue';
import WarningList from '@renderer/features/results/parts/WarningList.vue';
import { derivationOf } from '@renderer/features/results/derivation';
import { figureColumns, fullColumns } from '@renderer/features/results/figureColumns';
import { headlineRow } from '@renderer/features/results/figureRows';
import { shareUnitFor, tierUnitFor } from '@renderer/features/results/units';
import { useSurveyStore } from '@renderer/stores/survey';
import castInstrument from '../../../seeds/instruments/cast-2024.json';
import suzhouPlan from '../../../seeds/plans/suzhou.json';
import { demoResults, shareFigure, unitNames, verdictOf } from '../../support/resultsFixture';

/** Where the pages' links lead. */
const EmptyPage: Component = { render: () => null };
const names = ['verdict', 'units', 'groups', 'trend', 'estimate'];

function show(component: Component, results: SurveyResults = demoResults()) {
  const store = useSurveyStore();
  store.plan = planSchema.parse(suzhouPlan);
  store.instrument = instrumentSchema.parse(castInstrument);
  store.regionNames = unitNames;
  const routes = ['', ...names].map((name) => ({
    path: `/${name}`,
    name: name || 'home',
    component: EmptyPage,
  }));
  const router = createRouter({ history: createMemoryHistory(), routes });
  return mount(component, {
    props: { results },
    global: { plugins: [ElementPlus, router] },
    attachTo: document.body,
  });
}

const rowTexts = (wrapper: Pick<VueWrapper, 'findAll'>): readonly string[] =>
  wrapper.findAll('tbody tr').map((row) =>
    row
      .findAll('th, td')
      .map((cell) => cell.text())
      .join(' | '),
  );

beforeEach(() => {
  document.body.innerHTML = '';
  setActivePinia(createPinia());
});

describe('the fixture', () => {
  it('is a results document', () => {
    expect(surveyResults.safeParse(demoResults()).success).toBe(true);
  });
});

describe('the 达标 page', () => {
  it('opens with the sentence, the plain statement and what would settle it', () => {
    const text = show(VerdictBody).text();
    expect(text).toContain('苏州市 2025 年公民具备科学素质比例估计为 22.1%（95% 区间');
    expect(text).toContain('点估计未达到，但证据不足以判定。');
    expect(text).toContain('仅就点估计：22.1%，不满足“力争达到 23%”');
    expect(text).toContain('完成答卷共约 n=12,400 时可判定');
    expect(text).toContain('设计效应');
  });

  it('labels tiers as cumulative or exclusive', async () => {
    const page = show(VerdictBody);
    expect(page.text()).toContain('累计：本级及以上各级合计');
    await page.find('input[value="exclusive"]').setValue(true);
    expect(page.text()).toContain('互斥：恰在本级');
  });
});

describe('the 区县比较 page', () => {
  it('keeps the administrative order until somebody asks for another, with its caution', async () => {
    const page = show(UnitsBody);
    expect(rowTexts(page)[0]).toContain('虎丘区（苏州高新区） | 26.2%');
    expect(page.text()).not.toContain('名次不可靠');
    await page.find('.el-switch input').setValue(true);
    await nextTick();
    expect(rowTexts(page)[0]).toContain('苏州工业园区 | 31.2%');
    expect(page.text()).toContain('名次不可靠');
  });

  it('prints ※ and 未调查 instead of numbers and explains both', () => {
    const page = show(UnitsBody);
    const rows = rowTexts(page);
    expect(rows.find((row) => row.startsWith('江北新区'))).toBe(
      '江北新区管委会直管区 | ※ | — | — | 18 | — | — | — | —不可判定',
    );
    expect(rows.find((row) => row.startsWith('太湖'))).toBe(
      '太湖国家旅游度假区 | 未调查 | — | — | — | — | — | — | —不可判定',
    );
    expect(page.text()).toContain('※ 样本量或初级单元数不足');
    expect(page.text()).toContain('区间是否重叠不等于检验');
  });

  it('never prints a share without its interval and n', () => {
    for (const row of rowTexts(show(UnitsBody)))
      if (/\| \d+\.\d% \|/.test(row))
        expect(row).toMatch(/\| \d+\.\d% \| \d+\.\d%–\d+\.\d% \|.*\| \d{2,} \|/);
  });
});

/** The demo results with their units changed. */
const withUnits = (units: SurveyResults['units'], rest: Partial<SurveyResults> = {}): SurveyResults =>
  demoResults({ units, ...rest });

describe('the units of a survey', () => {
  it('are 镇街 on every page when their codes have nine digits', () => {
    const code = (index: number): string => `3205831${String(index).padStart(2, '0')}`;
    const base = demoResults();
    const units = base.units.map((unit, index) => ({ ...unit, regionCode: code(index) }));
    const codes = new Map(base.units.map((unit, index) => [unit.regionCode, code(index)]));
    const cross = base.cross.map((cell) => ({ ...cell, regionCode: codes.get(cell.regionCode) ?? '' }));
    for (const page of [UnitsBody, VerdictBody, GroupsBody, EstimateBody]) {
      const html = show(page, withUnits(units, { cross })).html();
      expect(html).toContain('镇街');
      expect(html).not.toContain('区县');
    }
  });

  it('hide the exact size of a small withheld cell and say why', () => {
    const units = demoResults().units.map((unit) =>
      unit.literate.state === 'suppressed'
        ? { ...unit, literate: { ...unit.literate, respondentCount: 7 } }
        : unit,
    );
    const page = show(UnitsBody, withUnits(units));
    expect(rowTexts(page).find((row) => row.startsWith('江北新区'))).toContain('| <10 |');
    expect(page.text()).toContain('<10：答卷少于 10 份，不列确数。');
    expect(page.text()).toContain('n<10：');
  });

  it('print a share with the decimals that keep it apart from the target it misses', () => {
    const literate = shareFigure({ estimate: 0.2296, n: 40_000 });
    const verdict = verdictOf('missed');
    const units = demoResults().units.map((unit, index) =>
      index === 0 ? { ...unit, literate, verdict } : unit,
    );
    const page = show(UnitsBody, withUnits(units));
    expect(rowTexts(page)[0]).toContain('| 22.96% |');
  });
});

describe('a non-probability sample', () => {
  const verdict = verdictOf('undecidable', { undecidableReason: 'nonprobability', sampleSizeToSettle: null });
  const base = demoResults();
  const results = demoResults({
    basis: 'nonprobability',
    headline: { ...base.headline, verdict },
  });

  it('gets no reading against the target and an axis that speaks of its respondents', () => {
    const text = show(VerdictBody, results).text();
    expect(text).toContain('不可判定');
    expect(text).not.toContain('仅就点估计');
    expect(shareUnitFor('nonprobability').axisTitle).toBe('占受访者（加权）比例（%）');
    expect(tierUnitFor('nonprobability').axisTitle).toBe('占受访者（加权）比例（%）');
    expect(tierUnitFor('probability').axisTitle).toBe('占 18–69 岁人口比例（%）');
  });

  it('explains its figures without sampling error or inferred population', () => {
    const helps = figureColumns(fullColumns, 'nonprobability').map((column) => column.help);
    expect(helps).toContain('按模型假定反复重抽得到的波动范围，不是抽样误差，也不反映没有被访到的人。');
    expect(helps).toContain('受访者加权后的数值，不能推断全体居民。');
    expect(helps).toContain('权数合计，不代表推断人口。');
    expect(helps).toContain('模型下的波动，不是抽样误差。');
    expect(helps.join('')).not.toContain('真实值');
    const figure = shareFigure({ estimate: 0.2, n: 1600 });
    const steps = derivationOf(headlineRow(results, '苏州市', 'share'), figure, results);
    expect(JSON.stringify(steps)).not.toContain('代表的人口数');
  });
});

describe('the 人群 page', () => {
  it('warns that 重点人群 overlap and gives interval and n in every crossed cell', () => {
    const page = show(GroupsBody);
    expect(page.text()).toContain('重叠分组，不可相加');
    const cells = page.findAll('.cross tbody td').map((cell) => cell.text().replace(/\s+/g, ' '));
    expect(cells.length).toBe(24);
    for (const cell of cells) expect(cell).toMatch(/^(※|未调查|\d+\.\d%.*\d+\.\d%–\d+\.\d% n=\d+)$/);
  });
});

describe('the 趋势 page', () => {
  it('says between which points the rule changed, with source and confidence', () => {
    const rows = rowTexts(show(TrendBody));
    expect(rows.find((row) => row.includes('2025'))).toContain(
      '口径不同，不可直接比较 | 苏州市 2025 年调查 | 本次调查',
    );
    expect(rows.find((row) => row.includes('2020'))).toContain('口径相同');
    expect(rows.find((row) => row.includes('2017'))).toContain('口径不明，不可直接比较');
  });
});

describe('the 估计 page', () => {
  it('opens the derivation of a number', async () => {
    const page = show(EstimateBody);
    await page.find('.figures tbody button').trigger('click');
    await nextTick();
    expect(document.body.textContent).toContain('苏州市：比例是怎样算出来的');
    expect(document.body.textContent).toContain('数据指纹');
  });

  it('fills the logit interval in with numbers a reader can check', () => {
    // p = 0.2, se = 0.01, df = 60: logit = −1.3863, se = 0.0625, t = 2.0003 → 18.07 %–22.08 %.
    const figure = { ...shareFigure({ estimate: 0.2, n: 1600, degreesOfFreedom: 60 }), standardError: 0.01 };
    const results = demoResults();
    const steps = derivationOf(headlineRow(results, '苏州市', 'share'), figure, results);
    const interval = steps.find((step) => step.title === '区间')?.lines.join('\n') ?? '';
    expect(interval).toContain('= −1.3863');
    expect(interval).toContain('= 0.0625');
    expect(interval).toContain('2.0003');
    expect(interval).toContain('[18.07%, 22.08%]');
  });
});

describe('the notes above results', () => {
  it('keep the serious ones in sight and fold the others', () => {
    const list = mount(WarningList, { props: { warnings: demoResults().warnings } });
    expect(list.find('ul').text()).toContain('使用公开试用题库');
    expect(list.find('details').text()).toContain('本地测评口径');
    expect(list.find('details').attributes('open')).toBeUndefined();
  });
});
