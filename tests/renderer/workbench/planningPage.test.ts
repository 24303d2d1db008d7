import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { samplePlanQuestion } from '@shared/contract/areas/planning';
import PlanningPage from '@renderer/features/planning/PlanningPage.vue';
import { pastedNumbers, questionOf, usualInputs } from '@renderer/features/planning/planningState';
import { createFakeHost } from './fakeHost';
import type { FakeHost } from './fakeHost';
import { mountPage } from './mountPage';

type Answer = FakeHost['answer'];
const host = vi.hoisted((): { answer: Answer; saved: string[] } => ({ answer: async () => null, saved: [] }));
vi.mock('../../../renderer/api/client', () => ({
  call: (...call: Parameters<Answer>) => host.answer(...call),
  saveFile: async (_token: string, fileName: string) => {
    host.saved.push(fileName);
    return { ok: true, value: { saved: true } };
  },
}));

let asked: Record<string, unknown>[] = [];
beforeEach(() => {
  const seeds = createFakeHost();
  asked = [];
  host.saved.length = 0;
  host.answer = async (name, input) => {
    if (name !== 'samplePlan/createWorkbook') return seeds.answer(name, input);
    asked.push(input);
    return { ok: true, value: { token: 't', fileName: '苏州市-样本规划.xlsx' } };
  };
});
afterEach(() => {
  document.body.innerHTML = '';
});

const open = async (): Promise<VueWrapper> =>
  (await mountPage(PlanningPage, '/planning', '/planning?plan=suzhou')).wrapper;

async function pasteInto(page: VueWrapper, text: string): Promise<void> {
  const paste = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(paste, { clipboardData: { getData: () => text } });
  page.find('[aria-label="地区与人口"] tbody td').element.dispatchEvent(paste);
  await flushPromises();
}

const results = (page: VueWrapper): readonly (readonly string[])[] =>
  page
    .findAll('[aria-label="样本规划结果"] tbody tr')
    .map((row) => row.findAll('th, td').map((cell) => cell.text()));

describe('the 样本规划 page', () => {
  it('works without a survey: districts and target come from the plan', async () => {
    const page = await open();
    expect(page.findAll('[aria-label="地区与人口"] tbody tr').length).toBeGreaterThan(8);
    expect((page.find('#planning-targetPercent').element as HTMLInputElement).value).toBe('23.00');
    expect(page.text()).toContain('先在下面填至少一个地区的人口');
  });

  it('fills a pasted column downwards and gives each district with inhabitants its sample', async () => {
    const page = await open();
    await pasteInto(page, '900,000\n400000\n100000\n');
    const rows = results(page);
    expect(rows).toHaveLength(3);
    // 4000 split by the square roots 30 : 20 : 10, in the interviews of each row.
    expect(rows.map((row) => row[1])).toEqual(['2,000', '1,333', '667']);
    // 2000 / 10 villages, 2000 / .7 addresses, villages x 1000 + interviews x 100.
    expect(rows[0]?.slice(2, 4)).toEqual(['200', '2,858']);
    expect(rows[0]?.at(-1)).toBe('400,000');
    expect(page.find('tfoot').text()).toContain('4,000');
    expect(page.text()).toContain('没有所要求的把握证实达标');
  });

  it('says what does not fit when the floors exceed the total', async () => {
    const page = await open();
    await pasteInto(page, '900000\n400000');
    await page.find('#planning-minimumPerDistrict').setValue('3000');
    await page.find('#planning-minimumPerDistrict').trigger('change');
    await flushPromises();
    expect(page.text()).toContain('每个地区的最少份数合计 6000 份，超过了完成份数合计');
  });

  it('exports the very question it shows', async () => {
    const page = await open();
    await pasteInto(page, '900000\n400000');
    await page.find('header button').trigger('click');
    await flushPromises();
    const [input] = asked;
    expect(samplePlanQuestion.safeParse(input?.['question']).error).toBeUndefined();
    expect(input?.['title']).toBe('苏州市');
    expect(host.saved).toEqual(['苏州市-样本规划.xlsx']);
  });
});

describe('the inputs of a plan', () => {
  it('are read from a pasted column, whatever the separators', () => {
    expect(pastedNumbers('1,234\n 56 \nabc\n78\t9\n')).toEqual([1234, 56, undefined, 78]);
  });

  it('turn percent into shares and leave out districts without inhabitants', () => {
    const districts = [
      { id: 'A', name: '甲', population: 100, sharePercent: 20 },
      { id: 'B', name: '乙', population: undefined, sharePercent: undefined },
    ];
    expect(questionOf(usualInputs(), districts)).toMatchObject({
      districts: [{ id: 'A', populationCount: 100, share: 0.2 }],
      share: 0.18,
      target: 0.15,
      margin: 0.03,
      responseRate: 0.7,
    });
    expect(questionOf(usualInputs(), districts.slice(1))).toBeNull();
  });
});
