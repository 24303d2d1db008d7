/** The 自定义分析 page on a host that runs the engine on generated answers. */
import type { VueWrapper } from '@vue/test-utils';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataTable } from '@shared/analysisSpec/dataTable';
import { readAnalysisSpec } from '@shared/analysisSpec/readAnalysisSpec';
import type { AnalysisResult } from '@shared/analysisSpec/result';
import { runAnalysisSpec } from '@shared/analysisSpec/runAnalysisSpec';
import AnalysisPage from '@renderer/features/analysis/AnalysisPage.vue';
import { createFakeHost, summary } from '../data/fakeHost';
import type { FakeHost } from '../data/fakeHost';
import { mountPage, press, settle } from '../data/mountPage';
import { baseDocument, columnList } from './sampleSpec';

const rowCount = 120;
const rows = Array.from({ length: rowCount }, (_, row) => row);
const pick = (values: readonly string[], row: number): string => values[row % values.length] ?? '';

/** 110 persons in 虎丘区 and 10 in 吴中区, in 12 PSUs of two strata; a third of each has passed. */
const table: DataTable = {
  rowCount,
  columns: {
    stratum: rows.map((row) => (row < 60 ? 'a' : 'b')),
    psu: rows.map((row) => `p${Math.floor(row / 10)}`),
    baseWeight: new Float64Array(rowCount).fill(10),
    unit: rows.map((row) => (row < 110 ? '320505' : '320506')),
    sex: rows.map((row) => pick(['male', 'female'], row)),
    ageBand: rows.map((row) => pick(['18-29', '30-39', '40-49'], Math.floor(row / 4))),
    education: rows.map((row) => pick(['junior', 'senior', 'bachelor'], Math.floor(row / 3))),
    residence: rows.map((row) => pick(['urban', 'rural'], Math.floor(row / 5))),
    passed: Float64Array.from(rows, (row) => (row % 3 === 0 ? 1 : 0)),
    total: Float64Array.from(rows, (row) => 40 + (row % 30)),
    tier: rows.map((row) => (row % 3 === 0 ? 'high' : 'low')),
    dimension_k: Float64Array.from(rows, (row) => 10 + (row % 7)),
  },
};

function answer({ spec }: Record<string, unknown>): AnalysisResult {
  const read = readAnalysisSpec(spec);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  const run = runAnalysisSpec(read.value, { answers: table });
  if (!run.ok) throw new Error(JSON.stringify(run.failure));
  return run.value.result;
}

/** Without a layout the grid would have no height, and no row would be visible. */
beforeAll(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800);
});
afterAll(() => vi.restoreAllMocks());

let host: FakeHost;
beforeEach(() => {
  const read = readAnalysisSpec(baseDocument);
  if (!read.ok) throw new Error('the sample is a specification');
  host = createFakeHost({
    'analysis/getSpec': () => ({ spec: read.value, columns: columnList, respondentCount: rowCount }),
    'analysis/run': answer,
    'job/getProgress': () => null,
  });
});

const choose = async (page: VueWrapper, id: string, value: unknown): Promise<void> => {
  const select = page.findAllComponents({ name: 'ElSelect' }).find((each) => each.props('id') === id);
  if (select === undefined) throw new Error(`no choice ${id}`);
  (select as VueWrapper).vm.$emit('update:modelValue', value);
  await settle();
};

/** Rows of the grid with this name, cell texts joined. */
const gridRows = (page: VueWrapper, name: string): readonly string[] =>
  page.findAll(`[role="grid"][aria-label="${name}"] .body [role="row"]`).map((row) =>
    row
      .findAll('[role="gridcell"]')
      .map((cell) => cell.text())
      .join(' | '),
  );

async function compute(page: VueWrapper): Promise<void> {
  await page.find('[data-test="compute"]').trigger('click');
  await settle();
}

const lastSpec = (): Record<string, unknown> =>
  host.calls.filter(({ name }) => name === 'analysis/run').at(-1)?.input['spec'] as Record<string, unknown>;

describe('the 自定义分析 page', () => {
  it('asks by unit and marks, but does not hide, what must not be published', async () => {
    const page = await mountPage(AnalysisPage);
    await choose(page, 'analysis-by', ['unit']);
    await compute(page);
    const [everyone, first, second] = gridRows(page, '具备科学素质：比例');
    expect(everyone).toMatch(/^全体 \| 120 \| 33\.33% \|/);
    // 37 of 110 and 3 of 10 have row numbers divisible by three.
    expect(first).toMatch(/^虎丘区 \| 110 \| 33\.64% \|/);
    expect(second).toMatch(/^※ 吴中区 \| 10 \| 30\.00% \|.*不发布：样本量低于公布下限/);
    expect(first).not.toContain('※');
    expect(page.text()).toContain('标 ※ 的行不得发布');
    expect(page.text()).toContain('95% 置信区间');
    expect(page.text()).toContain('层 2 个，初级单元 12 个，自由度 10');
  });

  it('gives regions adjusted for age, education and residence with one press', async () => {
    const page = await mountPage(AnalysisPage);
    await page.find('[data-test="adjusted-regions"]').trigger('click');
    await compute(page);
    expect(gridRows(page, '预测边际').map((row) => row.split(' | ')[0])).toEqual([
      '区县：虎丘区',
      '※ 区县：吴中区',
    ]);
    expect(gridRows(page, '预测边际')[1]).toContain('不发布：');
    expect(gridRows(page, 'Wald 检验').map((row) => row.split(' | ')[0])).toEqual(
      ['区县', '年龄段', '受教育程度', '城乡'].map((name) => `${name}：全部系数为 0`),
    );
    expect(gridRows(page, 'logistic 回归系数')[0]).toMatch(/^截距/);
  });

  it('says that a chi-square test stays linearised with replicates', async () => {
    const page = await mountPage(AnalysisPage);
    await choose(page, 'analysis-by', ['sex']);
    await choose(page, 'analysis-comparison', 'chiSquare');
    await choose(page, 'analysis-variance', 'jackknife');
    await compute(page);
    expect(lastSpec()['variance']).toMatchObject({ method: 'replicates', source: { kind: 'jackknife' } });
    expect(page.text()).toContain('误差用泰勒线性化，没有用所选的重复样本');
    expect(page.text()).toContain('重复样本误差');
  });

  it('of a non-probability survey knows the model bootstrap only and never a confidence interval', async () => {
    const page = await mountPage(AnalysisPage, (store) => {
      const { survey } = summary;
      const settings = { ...survey.settings, basis: 'nonprobability' as const };
      store.summary = { ...summary, survey: { ...survey, settings } };
    });
    await choose(page, 'analysis-by', ['sex']);
    await choose(page, 'analysis-comparison', 'allPairs');
    await compute(page);
    expect(lastSpec()['variance']).toMatchObject({ method: 'modelBootstrap', count: 500, seed: 1 });
    const text = page.text().replace('不是置信区间', '');
    expect(text).toContain('模型区间');
    expect(text).not.toContain('置信');
    expect(page.find('[data-test="adjusted-regions"]').exists()).toBe(false);
  });

  it('takes a pasted specification, and refuses a broken one with its place', async () => {
    const page = await mountPage(AnalysisPage);
    await press('导入规格');
    const field = document.querySelector<HTMLTextAreaElement>('#spec-text');
    if (field === null) throw new Error('no field');
    const paste = async (text: string): Promise<void> => {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      await settle();
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('.el-dialog button')];
      buttons.find((each) => each.textContent.trim() === '导入')?.click();
      await settle();
    };
    await paste('{');
    expect(document.body.textContent).toContain('这不是 JSON');
    await paste(JSON.stringify({ ...baseDocument, level: 2 }));
    expect(document.body.textContent).toContain('分析规格的位置：level');
    expect(document.body.textContent).toContain('应小于 1');
    const ratios = {
      kind: 'contrasts',
      id: 'ratio',
      statistic: 'mean',
      outcome: { kind: 'column', column: 'total' },
      by: [{ column: 'sex' }],
      contrast: { kind: 'ratios', pairs: [{ first: ['male'], second: ['female'] }] },
    };
    await paste(JSON.stringify({ ...baseDocument, analyses: [ratios] }));
    expect(page.text()).toContain('导入的规格超出左侧的选项，将按原样计算');
    await compute(page);
    expect(gridRows(page, '比较')[0]).toContain('结果没有附上这一行的人数');
  });

  it('says what went wrong and where in the specification', async () => {
    const page = await mountPage(AnalysisPage);
    const refused = { code: 'SPEC_TOO_MANY', params: { path: 'analyses[0].by', count: 9, limit: 3 } };
    globalThis.fetch = async () => new Response(JSON.stringify({ ok: false, failure: refused }));
    await compute(page);
    expect(page.find('[role="alert"]').text()).toContain('分析规格的位置：analyses[0].by');
  });
});
