import { afterEach, describe, expect, it, vi } from 'vitest';
import { instrumentSchema } from '@shared/assessment/instrument';
import { planSchema } from '@shared/domain/plan';
import ReportPage from '@renderer/features/report/ReportPage.vue';
import type { useSurveyStore } from '@renderer/stores/survey';
import castInstrument from '../../../seeds/instruments/cast-2024.json';
import suzhouPlan from '../../../seeds/plans/suzhou.json';
import { demoResults, unitNames } from '../../support/resultsFixture';
import { createFakeHost } from './fakeHost';
import { button, mountPage, press, settle } from './mountPage';

const record = {
  fileName: '苏州-评估报告-2025-06-30.xlsx',
  contentHash: 'c'.repeat(64),
  audience: 'evaluator',
  createdAt: '2025-06-30T06:05:00.000Z',
};
const made = { token: 'file-2', fileName: record.fileName, contentHash: record.contentHash };

function withResults(store: ReturnType<typeof useSurveyStore>): void {
  store.plan = planSchema.parse(suzhouPlan);
  store.instrument = instrumentSchema.parse(castInstrument);
  store.regionNames = unitNames;
  store.results = demoResults();
}

afterEach(() => vi.restoreAllMocks());

describe('the report page', () => {
  it('previews the cover with the headline sentence and lists the sheets of the reader chosen', async () => {
    createFakeHost({ 'report/list': () => [] });
    const page = await mountPage(ReportPage, withResults);
    expect(page.find('.paper').text()).toContain('苏州市 2025 年公民具备科学素质比例估计为 22.1%');
    expect(page.text()).toContain('包含 18 张表');
    await page.find('input[value="evaluator"]').setValue();
    expect(page.text()).toContain('包含 13 张表');
    expect(page.text()).not.toContain('误差与设计效应');
  });

  it('warns of an empty form header and says what is withheld', async () => {
    createFakeHost({ 'report/list': () => [] });
    const page = await mountPage(ReportPage, withResults);
    expect(page.text()).toContain('还没有填写表号');
    expect(page.text()).toContain('答卷少于 30 份或初级单元少于 3 个的比例不公布，印作 ※');
  });

  it('makes no report while results are being computed', async () => {
    createFakeHost({ 'report/list': () => [] });
    await mountPage(ReportPage, (store) => {
      withResults(store);
      store.isComputing = true;
    });
    expect(button('生成 Excel 报告').disabled).toBe(true);
  });

  it('hands the file over and lists it with time and hash', async () => {
    const clicks = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    let reports: unknown[] = [];
    const fake = createFakeHost({
      'report/list': () => reports,
      'report/create': () => {
        reports = [record];
        return made;
      },
    });
    const page = await mountPage(ReportPage, withResults);
    await press('生成 Excel 报告');
    await settle();
    expect(fake.calls.find(({ name }) => name === 'report/create')?.input).toMatchObject({
      surveyId: 'survey-1',
      audience: 'statistician',
    });
    expect(clicks).toHaveBeenCalledOnce();
    expect(page.find('.data-table').text()).toContain('2025-06-30 14:05');
    expect(page.find('.data-table').text()).toContain('cccccccccccc');
  });

  it('can be cancelled while it is being made', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const waiting = new Promise((resolve) => (finish = resolve));
    const fake = createFakeHost({ 'report/list': () => [], 'job/runCancel': () => ({ cancelled: true }) });
    const answer = globalThis.fetch;
    globalThis.fetch = (async (url: string, init: RequestInit) => {
      if (url.includes('report%2Fcreate')) {
        await waiting;
        return new Response(JSON.stringify({ ok: false, failure: { code: 'CANCELLED', params: {} } }));
      }
      return answer(url, init);
    }) as typeof fetch;
    const page = await mountPage(ReportPage, withResults);
    await press('生成 Excel 报告');
    expect(button('生成 Excel 报告').disabled).toBe(true);
    await press('取消');
    expect(fake.calls.some(({ name }) => name === 'job/runCancel')).toBe(true);
    finish(null);
    await settle();
    expect(page.text()).toContain('已取消，没有留下任何改动');
  });
});
