/** The 标定 page as a statistician reads and saves it; the card of model-based shares on 达标. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mount } from '@vue/test-utils';
import ElementPlus from 'element-plus';
import type { CalibrationSummary } from '@shared/contract/areas/calibrations';
import type { CalibrationRecord, LinkingRecord } from '@shared/psychometrics/calibrationRecord';
import { calibrationRecord } from '@shared/psychometrics/calibrationRecord';
import { cutSentence, linkSentence, modelSentence } from '@shared/texts/calibrationTexts';
import CalibrationPage from '@renderer/features/calibration/CalibrationPage.vue';
import { wrightRows } from '@renderer/features/calibration/curves';
import ModelBasedCard from '@renderer/features/results/parts/ModelBasedCard.vue';
import { usePerson } from '@renderer/features/items/usePerson';
import { createFakeHost } from '../data/fakeHost';
import { button, mountPage, press, settle } from '../data/mountPage';
import { demoResults, suppressedFigure } from '../../support/resultsFixture';

const record: CalibrationRecord = {
  calibrationId: 'calibration-2',
  bankId: 'trial-2026',
  surveyIds: ['survey-1'],
  surveyName: '苏州市2025年公民科学素质调查',
  year: 2025,
  isDemo: false,
  instrumentId: 'cast-2024',
  model: '2PL',
  scaleId: 'calibration-2',
  scale: { slope: 1, shift: 0 },
  items: [-1, 0, 1].map((b, place) => ({
    itemId: `K-0${place + 1}-ME-001`,
    version: '1.0.0',
    isInBlock: false,
    isAnchor: true,
    points: 100 / 3,
    a: 1.2,
    b,
    errorA: 0.08,
    errorB: 0.05,
    shareRight: 0.7 - 0.2 * place,
    fit: { statistic: 30, degreesOfFreedom: 28, pValue: 0.36, rmsea: 0.012 },
  })),
  fit: {
    minus2LogLikelihood: 5000,
    aic: 5012,
    bic: 5042,
    personCount: 812,
    parameterCount: 6,
    cycles: 9,
    hasConverged: true,
    reliability: 0.81,
  },
  choice: { bicRasch: 5060, bic2pl: 5042, asked: 'auto' },
  weighting: 'survey',
  abilities: { from: -3, step: 1, shares: [0.05, 0.15, 0.3, 0.3, 0.15, 0.05] },
  cut: { instrumentCut: 70, theta: 0.82, cut: 70 },
  link: null,
  dataFingerprint: 'abc',
  by: '',
  at: '2025-10-08T06:21:00.000Z',
};

const drift = { shift: 0.02, error: 0.06, robustZ: 0.4, hasDrifted: false };
const link: LinkingRecord = {
  baseId: 'calibration-1',
  status: 'sound',
  slope: 0.97,
  shift: 0.08,
  haebara: { slope: 0.968, shift: 0.081 },
  meanSigma: { slope: 0.98, shift: 0.07 },
  kept: Array.from({ length: 11 }, (_, place) => ({ itemId: `A${place}`, ...drift })),
  dropped: [{ itemId: 'A11', shift: 0.6, error: 0.06, robustZ: 5.1, hasDrifted: true }],
  mostDropped: 2,
  changedItems: ['K-09-ME-001'],
  linkingError: 0.021,
};

const earlier: CalibrationSummary = {
  calibrationId: 'calibration-1',
  surveyName: '苏州市2023年公民科学素质调查',
  year: 2023,
  model: '2PL',
  personCount: 1510,
  itemCount: 50,
  at: '2023-10-08T06:21:00.000Z',
  by: '李统计',
  scaleId: 'calibration-1',
  link: null,
  commonCount: 12,
  isUsed: false,
};

const open = async (answers: Record<string, () => unknown>) => {
  const host = createFakeHost({ 'calibration/list': () => [earlier], ...answers });
  const page = await mountPage(CalibrationPage);
  await settle();
  return { host, page };
};

// Nothing is laid out here: the grid shows only rows that have room.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
afterEach(() => vi.restoreAllMocks());

describe('the 标定 page', () => {
  it('says in three lines what it takes while nothing was calibrated', async () => {
    const { page } = await open({ 'calibration/list': () => [] });
    expect(page.text()).toContain('还没有标定');
    expect(page.text()).toContain('至少要 200 份');
    expect(page.text()).toContain('不足 500 份只用');
    expect(page.text()).toContain('建议 1,000 份以上');
  });

  it('calibrates on request and shows model, weights, cut and every parameter with its error', async () => {
    expect(calibrationRecord.safeParse(record).error).toBeUndefined();
    const { host, page } = await open({ 'calibration/run': () => record });
    await press('开始标定');
    expect(host.calls.find(({ name }) => name === 'calibration/run')?.input).toMatchObject({
      surveyId: 'survey-1',
      model: 'auto',
    });
    const summary = page.find('[aria-label="标定概况"]').text();
    expect(summary).toContain('尚未保存');
    expect(summary).toContain('812 份');
    expect(summary).toContain('比 Rasch 低 18.0，超过 10');
    expect(summary).toContain('按调查的最终权数标定');
    expect(summary).toContain('不含分层和初级单元的影响');
    const grid = page.find('[role="grid"]').text();
    expect(grid).toContain('K-03-ME-001');
    expect(grid).toContain('0.08');
    expect(page.find('[aria-label="人与题的分布"]').text()).toContain('合格线');
  });

  it('links, shows drift and verdict, and saves under a name only', async () => {
    const linked = { ...record, scaleId: 'calibration-1', scale: { slope: 0.97, shift: 0.08 }, link };
    const { host, page } = await open({
      'calibration/run': () => linked,
      'calibration/create': () => ({ calibrationId: 'calibration-2' }),
      'calibration/get': () => ({ ...linked, by: '王统计' }),
    });
    usePerson().name = '';
    await press('开始标定');
    const card = page.find('[aria-label="链接"]').text();
    expect(card).toContain('链接成立');
    expect(card).toContain('苏州市2023年公民科学素质调查（2023 年）');
    expect(card).toContain('剔除 1 道，保留 11 道，链接误差 0.021');
    expect(card).toContain('K-09-ME-001');
    expect(page.findAll('[aria-label="共同题的漂移"] tbody tr')[0]?.text()).toContain('A11');
    expect(button('保存标定').disabled).toBe(true);
    usePerson().name = '王统计';
    await settle();
    await press('保存标定');
    expect(host.calls.find(({ name }) => name === 'calibration/create')?.input).toEqual({
      calibrationId: 'calibration-2',
      by: '王统计',
    });
    expect(page.find('[aria-label="标定概况"]').text()).toContain('王统计 存档于');
    expect(page.find('[aria-label="保存标定"]').exists()).toBe(false);
  });

  it('refuses to save a fit that did not settle', async () => {
    await open({ 'calibration/run': () => ({ ...record, fit: { ...record.fit, hasConverged: false } }) });
    usePerson().name = '王统计';
    await press('开始标定');
    expect(button('保存标定').disabled).toBe(true);
  });
});

describe('what a calibration says', () => {
  it('keeps Rasch below the margin and names the equated cut of a linked form', () => {
    const close = { ...record, model: 'Rasch' as const, choice: { ...record.choice, bicRasch: 5045 } };
    expect(modelSentence(close)).toContain('优势不到 10，保留较简单的模型');
    expect(cutSentence({ cut: { instrumentCut: 70, theta: 0.82, cut: 68.41 }, link })).toContain(
      '本卷等值分数线 68.4 分：与基准卷 70 分要求的能力相同',
    );
    expect(cutSentence(record)).toContain('分数线不变');
  });

  it('supports no trend over a broken link', () => {
    const kept = link.kept.map((each, place) => ({ ...each, hasDrifted: place === 0 }));
    expect(linkSentence({ ...link, status: 'broken', kept })).toContain('不支持任何趋势');
  });

  it('maps persons and items into the same classes, on the common scale', () => {
    const rows = wrightRows({ ...record, scale: { slope: 2, shift: 1 } });
    // Own classes -3..-2 to 2..3 become 2 x + 1; the highest stands first.
    expect(rows.map(({ from, to }) => [from, to])).toEqual([
      [5, 7],
      [3, 5],
      [1, 3],
      [-1, 1],
      [-3, -1],
      [-5, -3],
    ]);
    expect(rows[0]?.share).toBe(0.05);
    // b = 0 and 1 on the own metric stand in 0..1 and 1..2.
    expect(rows[2]?.itemIds).toEqual(['K-02-ME-001']);
    expect(rows[1]?.itemIds).toEqual(['K-03-ME-001']);
    expect(rows.findIndex(({ hasCut }) => hasCut)).toBe(3);
  });
});

describe('the card of model-based shares', () => {
  const card = async (results = demoResults()) => {
    await mountPage({ render: () => null });
    return mount(ModelBasedCard, { props: { results }, global: { plugins: [ElementPlus] } });
  };

  it('stands beside the raw share, labelled, and says which of the two is judged', async () => {
    const text = (await card()).text();
    expect(text).toContain('模型估计（题目反应理论，似然值）');
    expect(text).toContain('原始比例 22.1%，模型估计 18.8%，相差 +3.3 个百分点');
    expect(text).toContain('达标判定只用原始比例');
    expect(text).toContain('抽取 20 个似然值');
    expect(text).toContain('相当于本卷 68.4 分');
  });

  it('shows nothing for a place whose raw share is hidden', async () => {
    const results = demoResults();
    const hidden = results.units.find(({ literate }) => literate === suppressedFigure);
    const row = (await card(results))
      .findAll('tbody tr')
      .find((each) => each.text().includes(hidden?.regionCode ?? ''));
    expect(row?.text()).not.toMatch(/\d%/);
  });

  it('says how to get an estimate while there is none', async () => {
    const modelBased = { state: 'unavailable', reason: 'notCalibrated' } as const;
    expect((await card(demoResults({ modelBased }))).text()).toContain('在“标定”页标定本卷并保存后');
  });
});
