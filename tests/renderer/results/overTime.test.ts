import ElementPlus from 'element-plus';
import { createPinia, setActivePinia } from 'pinia';
import { mount } from '@vue/test-utils';
import type { Component } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { planSchema } from '@shared/domain/plan';
import type { SurveyResults } from '@shared/results/surveyResults';
import { surveyResults } from '@shared/results/surveyResults';
import EstimateBody from '@renderer/features/results/parts/EstimateBody.vue';
import TrendBody from '@renderer/features/results/parts/TrendBody.vue';
import VerdictBody from '@renderer/features/results/parts/VerdictBody.vue';
import { trendPathOf } from '@renderer/features/results/progressRows';
import { useSurveyStore } from '@renderer/stores/survey';
import suzhouPlan from '../../../seeds/plans/suzhou.json';
import { demoResults, unitNames } from '../../support/resultsFixture';

const EmptyPage: Component = { render: () => null };

function show(component: Component, results: SurveyResults) {
  const store = useSurveyStore();
  store.plan = planSchema.parse(suzhouPlan);
  store.regionNames = unitNames;
  const routes = ['/', '/trend', '/units', '/groups'].map((path) => ({
    path,
    name: path.slice(1) || 'home',
    component: EmptyPage,
  }));
  const router = createRouter({ history: createMemoryHistory(), routes });
  return mount(component, {
    props: { results },
    global: { plugins: [ElementPlus, router] },
    attachTo: document.body,
  });
}

beforeEach(() => {
  document.body.innerHTML = '';
  setActivePinia(createPinia());
});

/** The fixture as a survey of 2023 whose start is an earlier survey: judged on the straight path, not on the other. */
function judgedResults(): SurveyResults {
  const base = demoResults({ year: 2023 });
  const judgement = {
    value: 'onTrack' as const,
    distance: 0.0163,
    lowerLimit: 0.0061,
    upperLimit: 0.027,
    limitLevel: 0.9,
    confidence: 0.97,
    projection: { estimate: 0.244, lower: 0.221, upper: 0.269, probabilityOfReaching: 0.87 },
    isFarProjection: true,
  };
  const [city] = base.progress.regions;
  if (city?.start === undefined || city.start === null) throw new Error('the fixture has a start');
  return {
    ...base,
    progress: {
      ...base.progress,
      regions: [
        {
          ...city,
          start: { ...city.start, standardError: 0.008, source: 'earlierSurvey', name: '2020 年调查' },
          reason: null,
          paths: city.paths.map((path) => ({
            ...path,
            required: 0.2048,
            judgement:
              path.scale === 'linear'
                ? judgement
                : { ...judgement, value: 'inconclusive' as const, lowerLimit: -0.002 },
          })),
          achievedYearly: 0.0181,
          achievedYearlyError: 0.0035,
          neededYearly: 0.00435,
        },
      ],
    },
    change: {
      surveyId: 's-2020',
      surveyName: '2020 年调查',
      year: 2020,
      basis: 'raw',
      linkingError: null,
      refusal: null,
      rows: [
        {
          regionCode: '320500',
          earlier: 0.167,
          later: 0.2213,
          difference: 0.0543,
          standardError: 0.0105,
          lower: 0.0336,
          upper: 0.075,
          level: 0.95,
          pValue: 0.00001,
          degreesOfFreedom: 150,
          smallestDetectable: 0.0296,
        },
      ],
    },
  };
}

describe('the 趋势 page on the way to the target', () => {
  it('rests on documents of the contract', () => {
    expect(surveyResults.safeParse(judgedResults()).error).toBeUndefined();
  });

  it('says what the year asks for, whether the region keeps to it and at which pace', async () => {
    const page = show(TrendBody, judgedResults());
    expect(page.text()).toContain('证据不足以判断是否跟上进度');
    await page.find('input[value="linear"]').setValue(true);
    const text = page.text();
    expect(text).toContain(
      '从 2020 年的 16.7% 到 2025 年的目标 23%，按每年等量的路径，2023 年应达到 20.5%。',
    );
    expect(text).toContain('跟上进度：本次估计与路径要求相差 +1.6 个百分点，90% 单侧下限为 +0.6 个百分点');
    expect(text).toContain('2020 年以来平均每年 +1.81 个百分点（标准误 0.35）');
    expect(text).toContain('若保持当前速度，2025 年约为 24.4%（95% 区间 22.1%–26.9%）');
    expect(text).toContain('这是推算，不是判定。目标年比两次调查的间隔还远');
  });

  it('shows the change with its interval and how small a change it could see', () => {
    const text = show(TrendBody, judgedResults()).text();
    expect(text).toContain('变化 +5.4 个百分点（95% 区间 +3.4 至 +7.5）：有提高。');
    expect(text).toContain('至少 3.0 个百分点时才有八成把握看出来');
    expect(text).toContain('<0.001');
  });

  it('subtracts nothing across instruments', () => {
    const base = judgedResults();
    const change =
      base.change === null ? null : { ...base.change, refusal: 'instrumentsDiffer' as const, rows: [] };
    const page = show(TrendBody, { ...base, change });
    expect(page.text()).toContain('两次调查的测评口径不同，又没有经共同题链接，不能相减。');
    expect(page.find('[aria-label="与上次调查相比"] table').exists()).toBe(false);
  });

  it('draws the path to the labelled target and gives the reason where nothing is judged', () => {
    const results = demoResults();
    expect(trendPathOf(results.progress, 'linear')).toMatchObject({ endLabel: '目标 23%' });
    expect(trendPathOf(results.progress, 'linear')?.points.at(-1)).toEqual({ year: 2025, value: 23 });
    expect(show(TrendBody, results).text()).toContain('本次调查的年份就是目标年');
  });
});

describe('the 达标 page', () => {
  it('puts the one-sided test into words', () => {
    expect(show(VerdictBody, demoResults()).text()).toContain(
      '单侧检验：若真实比例恰为 23%，这样的调查约有 17% 的可能得到这样低或更低的结果。',
    );
  });
});

describe('the 估计 page of a non-probability sample', () => {
  const sensitivity: SurveyResults['sensitivity'] = {
    variants: [
      { kind: 'main', variables: [], estimate: 0.2213, difference: 0 },
      { kind: 'without', variables: ['education'], estimate: 0.287, difference: 0.0657 },
      { kind: 'equalWeights', variables: [], estimate: null, difference: null },
    ],
    lowest: 0.2213,
    highest: 0.287,
    tippingRatio: 0.951,
    target: 0.23,
  };
  const results = demoResults({ basis: 'nonprobability', sensitivity });

  it('lists the estimate under other weightings and the tipping point', () => {
    const page = show(EstimateBody, results);
    const rows = page
      .findAll('[aria-label="对加权的敏感性"] tbody tr')
      .map((row) => row.findAll('th, td').map((cell) => cell.text()));
    expect(rows).toEqual([
      ['本次采用的加权', '22.1%', '—'],
      ['校准时不用“受教育程度”', '28.7%', '+6.6'],
      ['不加权（每份答卷同样计）', '无法校准', '—'],
    ]);
    expect(page.text()).toContain('可能性只有其他人的 0.95 倍，全体居民的真实比例就正好是目标 23%');
  });

  it('never speaks of 置信区间, and a probability sample has no such section', () => {
    expect(show(EstimateBody, results).text()).not.toContain('置信区间');
    expect(show(EstimateBody, demoResults()).text()).not.toContain('敏感性');
  });
});
