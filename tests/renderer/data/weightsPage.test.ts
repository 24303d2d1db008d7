import { afterEach, describe, expect, it, vi } from 'vitest';
import { disagreement } from '@renderer/features/weights/marginTables';
import WeightsPage from '@renderer/features/weights/WeightsPage.vue';
import { badCheck, createFakeHost, summary } from './fakeHost';
import { answerFileDialog, button, mountPage, press } from './mountPage';

const marginSet = {
  source: '统计局，2024 年',
  importedAt: '2025-06-30T06:05:00.000Z',
  margins: [
    {
      variables: ['sex'],
      cells: [
        { categories: ['male'], total: 600 },
        { categories: ['female'], total: 400 },
      ],
    },
    {
      variables: ['residence'],
      cells: [
        { categories: ['urban'], total: 700 },
        { categories: ['rural'], total: 300 },
      ],
    },
  ],
};

afterEach(() => vi.restoreAllMocks());

describe('the weights page', () => {
  it('says the recipe in words and shows the totals with their source', async () => {
    createFakeHost({ 'margin/get': () => marginSet });
    const page = await mountPage(WeightsPage);
    expect(page.text()).toContain('使用数据中给定的权数');
    expect(page.text()).toContain('统计局，2024 年');
    expect(page.text()).toContain('2 个变量的合计都是 1,000 人');
  });

  it('changes the recipe with the whole settings and offers no equal weights to a probability sample', async () => {
    const fake = createFakeHost({ 'margin/get': () => null, 'survey/update': () => summary });
    const page = await mountPage(WeightsPage);
    await press('更换方案');
    expect(page.find<HTMLInputElement>('input[value="equal"]').element.disabled).toBe(true);
    await page.find('input[value="raking"]').setValue();
    await press('采用所选方案');
    expect(fake.calls.find(({ name }) => name === 'survey/update')?.input).toEqual({
      surveyId: 'survey-1',
      settings: { ...summary.survey.settings, weighting: { kind: 'calibrated', method: 'raking' } },
    });
  });

  it('takes no totals without their source and year', async () => {
    createFakeHost({ 'margin/get': () => null });
    const page = await mountPage(WeightsPage);
    expect(button('导入总体人数').disabled).toBe(true);
    await page.find('#margin-source').setValue('统计局，2024 年');
    expect(button('导入总体人数').disabled).toBe(false);
  });

  it('lists the wrong cells of a margin sheet', async () => {
    createFakeHost({
      'margin/get': () => null,
      'margin/import': () => ({ marginSet: null, errors: badCheck.errors, warnings: [] }),
    });
    const page = await mountPage(WeightsPage);
    await page.find('#margin-source').setValue('统计局，2024 年');
    answerFileDialog('边际.xlsx');
    await press('导入总体人数');
    expect(page.text()).toContain('没有导入；原来的总体人数保持不变');
    expect(page.text()).toContain('请填大于 0 的数字');
  });
});

describe('margins that differ by rounding', () => {
  it('are taken in with the reminder on screen', async () => {
    const [problem] = badCheck.errors;
    const reminder = { ...problem, problem: '略有出入，校准时等比例折算。' };
    createFakeHost({
      'margin/get': () => null,
      'margin/import': () => ({ marginSet, errors: [], warnings: [reminder] }),
    });
    const page = await mountPage(WeightsPage);
    await page.find('#margin-source').setValue('统计局，2024 年');
    answerFileDialog('边际.xlsx');
    await press('导入总体人数');
    expect(page.text()).toContain('略有出入，校准时等比例折算');
  });
});

describe('the check of margin totals', () => {
  it('names the variable whose sum speaks of another population', () => {
    const [sex, residence] = marginSet.margins;
    if (sex === undefined || residence === undefined) throw new Error('fixture');
    const other = { ...residence, cells: [{ categories: ['urban'], total: 990 }] };
    expect(disagreement([sex, residence])).toBeNull();
    expect(disagreement([sex, other])).toContain('“城乡”的合计 990 与“性别”的合计 1,000 不相等');
  });
});
