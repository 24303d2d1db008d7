/** The 试题分析 page as a statistician reads it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ItemAnalysisPage from '@renderer/features/itemAnalysis/ItemAnalysisPage.vue';
import { createFakeHost } from '../data/fakeHost';
import { button, mountPage, settle } from '../data/mountPage';
import { analysis } from '../../support/itemAnalysisSample';

const open = async (reply: unknown) => {
  const host = createFakeHost({ 'itemAnalysis/run': () => reply });
  const page = await mountPage(ItemAnalysisPage);
  await settle();
  return { host, page };
};

// Nothing is laid out here: the grid shows only rows that have room.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
afterEach(() => vi.restoreAllMocks());

describe('the 试题分析 page', () => {
  it('computes for the open survey and opens with reliability, error and counts', async () => {
    const { host, page } = await open(analysis);
    expect(host.calls.find(({ name }) => name === 'itemAnalysis/run')?.input['surveyId']).toBe('survey-1');
    const summary = page.find('[aria-label="试卷概况"]').text();
    expect(summary).toContain('答卷 600 份');
    expect(summary).toContain('信度（KR-20 / α）0.84');
    expect(summary).toContain('测量标准误 0.32 题');
    expect(summary).toContain('有标记 1 道');
    expect(summary).toContain('K-01-ME-001 与 K-02-LH-001（Q3* 0.33）');
    expect(summary).toContain('某组不足 200 人、未作差异分析：城乡: 农村 / 城镇');
  });

  it('lists difficulty, discrimination and 不知道 of every item with its flags', async () => {
    const { page } = await open(analysis);
    const grid = page.find('[role="grid"]').text();
    expect(grid).toContain('地球绕着太阳转一圈需要一年。');
    expect(grid).toContain('62.5%');
    expect(grid).toContain('0.41');
    expect(grid).toContain('12.0%');
    expect(grid).toContain('F4 复核');
    expect(grid).toContain('F7 复核');
  });

  it('shows the first item with its key marked, and reads the curve aloud', async () => {
    const { page } = await open(analysis);
    const detail = page.find('[aria-label="第 1 题"]');
    expect(detail.text()).toContain('A ✓ 选项A的文字');
    expect(detail.text()).toContain('没有标记。');
    expect(detail.text()).toContain('没有可比的组');
    expect(detail.find('[role="img"]').attributes('aria-label')).toContain(
      'A ✓：由低分到高分 20%、40%、60%、90%、100%',
    );
  });

  it('opens another item: flags with what to do, DIF rows, and why there are no options', async () => {
    const { page } = await open(analysis);
    document.querySelector<HTMLButtonElement>('[aria-label="第 2 题的详情"]')?.click();
    await settle();
    const detail = page.find('[aria-label="第 2 题"]').text();
    expect(detail).toContain('选项“C”很少有人选：2.0%，低于 5.0%。改写干扰项。');
    expect(detail).toContain('专家会审：偏差还是真实差异。');
    expect(detail).toContain('导入的是 0/1 得分，没有所选的选项');
    expect(detail).toContain('性别: 女 / 男');
    expect(detail).toContain('-1.72');
  });

  it('does not analyse too few answers and says how many are needed', async () => {
    const { page } = await open({ state: 'tooFew', respondentCount: 40, needed: 100 });
    expect(page.text()).toContain('答卷太少，不做试题分析');
    expect(page.text()).toContain('现有完成并计分的答卷 40 份，至少要 100 份。');
    expect(page.find('[role="grid"]').exists()).toBe(false);
  });

  it('says what went wrong and tries again', async () => {
    const host = createFakeHost({});
    const page = await mountPage(ItemAnalysisPage);
    await settle();
    expect(page.find('[role="alert"]').exists()).toBe(true);
    host.answers['itemAnalysis/run'] = () => analysis;
    button('重新计算').click();
    await settle();
    expect(page.find('[role="grid"]').exists()).toBe(true);
  });
});
