/** Item analysis of a survey through the contract: figures, who may ask, too few cases. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Result } from '@shared/domain/result';
import type { SurveyId } from '@shared/domain/ids';
import type { AnalysedItems, ItemAnalysisResults } from '@shared/results/itemAnalysisResults';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

/** The worker is a built file; here its task runs in this thread. */
vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks } = await import('@electron/backend/workers/tasks');
  return {
    runWorkerTask: (name: 'analyseSurveyItems', payload: never): Promise<Result<unknown>> =>
      tasks[name](payload, () => undefined),
  };
});

let test: TestHost;
let surveyId: SurveyId;
let found: ItemAnalysisResults;

const analysed = (results: ItemAnalysisResults): AnalysedItems => {
  if (results.state !== 'analysed') throw new Error(results.state);
  return results;
};

beforeAll(async () => {
  test = await openTestHost();
  await test.value('app/updateRole', { role: 'statistician' });
  ({ surveyId } = await test.value('demo/create', { planId: 'suzhou', jobId: 'demo', respondents: 600 }));
  found = await test.value('itemAnalysis/run', { surveyId, jobId: 'items' });
}, 120_000);
afterAll(() => {
  test.close();
  removeFolder(test.dataDir);
});

describe('item analysis of a survey', () => {
  it('judges every item of the form, in form order', () => {
    const { items, test: whole, respondentCount } = analysed(found);
    expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 50 }, (_, k) => k + 1));
    expect(whole.itemCount).toBe(50);
    expect(respondentCount).toBeGreaterThanOrEqual(500);
    // The expected number right is the sum of the shares right: both are weighted alike.
    expect(items.reduce((sum, { difficulty }) => sum + difficulty, 0)).toBeCloseTo(whole.mean, 8);
    const { alpha, standardDeviation, standardErrorOfMeasurement } = whole;
    expect(alpha).toBeGreaterThan(0.6);
    expect(standardErrorOfMeasurement).toBeCloseTo(standardDeviation * Math.sqrt(1 - (alpha ?? 0)), 10);
  });

  it('shows what was chosen: option shares add up to one and the key has the share right', () => {
    const withOptions = analysed(found).items.filter(({ optionBasis }) => optionBasis === 'choices');
    expect(withOptions.length).toBeGreaterThan(20);
    for (const { options, difficulty } of withOptions) {
      expect(options.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10);
      expect(options.find(({ role }) => role === 'key')?.share).toBeCloseTo(difficulty, 10);
    }
  });

  it('compares groups of 200 and more, and names those it leaves out', () => {
    const { items, smallDifGroups } = analysed(found);
    const labels = new Set(items.flatMap(({ dif }) => dif.map(({ label }) => label)));
    expect([...labels].some((label) => label.startsWith('性别: '))).toBe(true);
    for (const { dif } of items)
      for (const { referenceCount, focalCount } of dif)
        expect(Math.min(referenceCount, focalCount)).toBeGreaterThanOrEqual(200);
    expect(smallDifGroups.filter((label) => labels.has(label))).toEqual([]);
    expect(smallDifGroups.length).toBeGreaterThan(0);
  });

  it('says that there are too few cases instead of analysing them', async () => {
    const empty = await test.value('survey/create', { settings: test.settings(), draftId: null });
    const reply = await test.value('itemAnalysis/run', { surveyId: empty.surveyId, jobId: 'few' });
    expect(reply).toEqual({ state: 'tooFew', respondentCount: 0, needed: 100 });
  });

  it('is refused to a supervisor', async () => {
    await test.value('app/updateRole', { role: 'supervisor' });
    const reply = await test.call('itemAnalysis/run', { surveyId, jobId: 'no' });
    expect(reply).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
    await test.value('app/updateRole', { role: 'statistician' });
  });
});
