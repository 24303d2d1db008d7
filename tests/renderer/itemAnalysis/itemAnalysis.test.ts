/** The 试题分析 page as a statistician reads it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ItemAnalysisPage from '@renderer/features/itemAnalysis/ItemAnalysisPage.vue';
import { createFakeHost } from '../data/fakeHost';
import { button, mountPage, settle } from '../data/mountPage';
import { analysis } from '../../support/itemAnalysisSample';

/** The page of a survey whose stored analysis is this. */
const open = async (results: unknown, isStale = false) => {
  const host = createFakeHost({ 'itemAnalysis/get': () => ({ results, isStale }) });
  const page = await mountPage(ItemAnalysisPage);
  await settle();
  return { host, page };
};
/** The page after 开始分析. */
const runNew = async (reply: unknown) => {
  const opened = await open(null);
  opened.host.answers['itemAnalysis/run'] = () => reply;
  button('开始分析').click();
  await settle();
  return opened;
};

// Nothing is laid out here: the grid shows only rows that have room.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
afterEach(() => vi.restoreAllMocks());

describe('the 试题分析 page', () => {
  it('shows the stored analysis of the open survey without running it again', async () => {
    const { host, page } = await open(analysis);
    expect(host.calls.find(({ name }) => name === 'itemAnalysis/get')?.input['surveyId']).toBe('survey-1');
    expect(host.calls.some(({ name }) => name === 'itemAnalysis/run')).toBe(false);
    expect(page.text()).not.toContain('数据有更新');
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
    const { page } = await runNew({ state: 'tooFew', respondentCount: 40, needed: 100 });
    expect(page.text()).toContain('答卷太少，不做试题分析');
    expect(page.text()).toContain('现有完成并计分的答卷 40 份，至少要 100 份。');
    expect(page.find('[role="grid"]').exists()).toBe(false);
  });

  it('offers to run an analysis nobody ran, and shows what comes of it', async () => {
    const { host, page } = await open(null);
    expect(page.text()).toContain('还没有做试题分析');
    host.answers['itemAnalysis/run'] = () => analysis;
    button('开始分析').click();
    await settle();
    expect(page.text()).not.toContain('还没有做试题分析');
    expect(page.find('[role="grid"]').exists()).toBe(true);
  });

  it('says of old figures that the data have moved on', async () => {
    const { page } = await open(analysis, true);
    expect(page.text()).toContain('数据有更新，请重新分析');
    expect(page.find('[role="grid"]').exists()).toBe(true);
  });

  it('says what went wrong and tries again', async () => {
    const { host, page } = await open(null);
    button('开始分析').click();
    await settle();
    expect(page.find('[role="alert"]').exists()).toBe(true);
    host.answers['itemAnalysis/run'] = () => analysis;
    button('开始分析').click();
    await settle();
    expect(page.find('[role="alert"]').exists()).toBe(false);
    expect(page.find('[role="grid"]').exists()).toBe(true);
  });

  it('cancels a running analysis when it is left', async () => {
    const { host, page } = await open(null);
    const answering = globalThis.fetch;
    let job: unknown;
    globalThis.fetch = (url, init) => {
      if (url !== `/call/${encodeURIComponent('itemAnalysis/run')}`) return answering(url, init);
      job = (JSON.parse(init?.body as string) as { jobId: unknown }).jobId;
      return new Promise(() => undefined);
    };
    button('开始分析').click();
    await settle();
    page.unmount();
    await settle();
    expect(host.calls.find(({ name }) => name === 'job/runCancel')?.input['jobId']).toBe(job);
    expect(job).toEqual(expect.any(String));
  });

  it('shows common items of an earlier survey, the suspected leak first and by name', async () => {
    const { page } = await open(analysis);
    const waves = page.find('[aria-label="与以往比较"]');
    const [first, second] = waves.findAll('tbody tr').map((row) => row.text());
    expect(first).toContain('K-02-LH-001');
    expect(first).toContain('+18.1');
    expect(first).toContain('22.5 → 11.5');
    expect(first).toContain('疑似泄题：暂停使用');
    expect(second).toContain('K-01-ME-001');
    expect(second).not.toContain('疑似泄题');
  });

  it('says which dimension scores are for groups only', async () => {
    const { page } = await open(analysis);
    const [knowledge, spirit] = page
      .find('[aria-label="维度分数"]')
      .findAll('tbody tr')
      .map((row) => row.text());
    expect(knowledge).toContain('分维度分数优于总分');
    expect(spirit).toContain('只在群体层面报告');
    expect(page.text()).toContain('比值 6.0，大于 3：支持只报告一个总分');
  });

  it('hands over the analysis as an Excel file', async () => {
    const { host, page } = await open(analysis);
    host.answers['itemAnalysis/createFile'] = () => ({ token: 'file-9', fileName: '试题分析.xlsx' });
    button('导出 Excel 文件').click();
    await settle();
    expect(page.text()).toContain('已导出 试题分析.xlsx');
  });
});
