/** Item analysis of a survey through the contract: figures, who may ask, too few cases; stored, compared, printed. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { read } from 'xlsx';
import { fail, type Result } from '@shared/domain/result';
import type { SurveyId } from '@shared/domain/ids';
import type { AnalysedItems, ItemAnalysisResults } from '@shared/results/itemAnalysisResults';
import type { Output } from '@shared/contract/contract';
import { need } from '../../support/analysisInput';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { analysis } from '../../support/itemAnalysisSample';
import { installBank, openBank, protectFolder, sealedFiles } from '../../support/privateBank';
import { dataFingerprint } from '@electron/backend/database/repositories/respondents';
import { getSurvey } from '@electron/backend/database/repositories/surveys';
import { storeItemAnalysis } from '@electron/backend/usecases/itemAnalysis/itemAnalysisStore';
import { loadForm, storeForm } from '@electron/backend/usecases/storedForm';

/** The worker is a built file; here its task runs in this thread. */
vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks } = await import('@electron/backend/workers/tasks');
  return {
    runWorkerTask: async (
      name: 'analyseSurveyItems',
      payload: never,
      { signal }: { readonly signal: AbortSignal },
    ): Promise<Result<unknown>> => {
      await Promise.resolve();
      return signal.aborted ? fail('CANCELLED') : tasks[name](payload, () => undefined);
    },
  };
});

function needed<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

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

const bytesOf = (token: Output<'itemAnalysis/createFile'>['token']): Buffer => {
  const file = test.host.context.files.get(token);
  if (file === null) throw new Error('no file on the shelf');
  return Buffer.from(file.bytes);
};
type Cell = string | number | undefined;
/** Rows of a sheet of a written workbook as they stand in its cells. */
function rowsOf(bytes: Buffer, sheet: string): Cell[][] {
  const data = read(bytes, { dense: true, cellFormula: true }).Sheets[sheet] as unknown as {
    '!data': ({ readonly v: Cell; readonly f?: string } | undefined)[][];
  };
  return data['!data'].map((row) =>
    Array.from(row, (cell) => {
      expect(cell?.f).toBeUndefined();
      return cell?.v;
    }),
  );
}

describe('the stored analysis', () => {
  it('is shown again as it was computed', async () => {
    expect(await test.value('itemAnalysis/get', { surveyId })).toEqual({ results: found, isStale: false });
  });

  it('is absent for a survey nobody analysed, and there is no file of it', async () => {
    const other = await test.value('survey/create', { settings: test.settings(), draftId: null });
    const id = { surveyId: other.surveyId };
    expect(await test.value('itemAnalysis/get', id)).toEqual({ results: null, isStale: false });
    expect(await test.call('itemAnalysis/createFile', id)).toMatchObject({ failure: { code: 'NOT_FOUND' } });
  });

  it('is left as it was by a cancelled run', async () => {
    const running = test.call('itemAnalysis/run', { surveyId, jobId: 'cancelled' });
    await test.value('job/runCancel', { jobId: 'cancelled' });
    expect(await running).toMatchObject({ ok: false, failure: { code: 'CANCELLED' } });
    expect(await test.value('itemAnalysis/get', { surveyId })).toEqual({ results: found, isStale: false });
  });

  it('is written as a workbook whose every item row holds the stored numbers', async () => {
    const { token, fileName } = await test.value('itemAnalysis/createFile', { surveyId });
    expect(fileName).toMatch(/试题分析-2025-10-15\.xlsx$/);
    const rows = rowsOf(bytesOf(token), '试题分析');
    for (const item of analysed(found).items) {
      const row = need(rows.find((cells) => cells[1] === item.itemId));
      expect(row.slice(2, 9)).toEqual([
        analysed(found).respondentCount,
        item.difficulty,
        item.difficultyLower,
        item.difficultyUpper,
        item.difficultyError,
        item.itemRestCorrelation,
        item.alphaIfDeleted,
      ]);
      const { a, aError, b, bError } = need(item.parameters);
      expect(row.slice(17, 21)).toEqual([a, aError, b, bError]);
    }
    const alpha = need(rows.find((cells) => cells[1] === '信度 KR-20（＝α）'));
    expect(alpha[2]).toBe(analysed(found).test.alpha);
    const options = rowsOf(bytesOf(token), '试题选项').filter(([, itemId]) => itemId === 'K-12-ME-101');
    const stored = need(analysed(found).items.find(({ itemId }) => itemId === 'K-12-ME-101')).options;
    expect(options.map((cells) => cells[5])).toEqual(stored.map(({ share }) => share));
  });

  it('goes into the report of a statistician, and of nobody else', async () => {
    const report = async (audience: 'statistician' | 'evaluator') =>
      bytesOf((await test.value('report/create', { surveyId, jobId: 'report', audience })).token);
    const sheetsOf = (bytes: Buffer): readonly string[] => read(bytes).SheetNames;
    const own = await report('statistician');
    const [first] = analysed(found).items;
    const row = rowsOf(own, '试题分析').find((cells) => cells[1] === first?.itemId);
    expect(row?.[3]).toBe(first?.difficulty);
    const evaluator = await report('evaluator');
    expect(sheetsOf(evaluator).filter((name) => name.startsWith('试题'))).toEqual([]);
    // An evaluator asking for the statistician's report gets it without the items.
    await test.value('app/updateRole', { role: 'evaluator' });
    const asked = await report('statistician');
    await test.value('app/updateRole', { role: 'statistician' });
    expect(JSON.stringify(rowsOf(asked, '试题分析'))).toContain('只供统计员和管理员');
    expect(JSON.stringify(rowsOf(asked, '试题分析'))).not.toContain(first?.itemId);
  });
});

describe('a later survey with the same form', () => {
  let later: AnalysedItems;
  let laterId: SurveyId;
  beforeAll(async () => {
    // The host's clock stands still: the first survey was made the day before.
    test.host.context.vault
      .storage()
      .db.connection.prepare('UPDATE survey SET created_at = ? WHERE survey_id = ?')
      .run('2025-10-14T01:00:00.000Z', surveyId);
    ({ surveyId: laterId } = await test.value('demo/create', {
      planId: 'suzhou',
      jobId: 'later',
      respondents: 500,
    }));
    const unanalysed = await test.value('report/create', {
      surveyId: laterId,
      jobId: 'early-report',
      audience: 'statistician',
    });
    expect(JSON.stringify(rowsOf(bytesOf(unanalysed.token), '试题分析'))).toContain('还没有做试题分析');
    later = analysed(await test.value('itemAnalysis/run', { surveyId: laterId, jobId: 'later-items' }));
  }, 120_000);

  it('is compared with the earlier one, item by item, the errors of both in the change', () => {
    const wave = need(later.waves[0]);
    expect(wave).toMatchObject({ surveyId, isSameRegion: true, commonCount: 50 });
    expect(need(wave.link).anchorCount).toBeGreaterThan(30);
    for (const row of wave.rows) {
      const then = need(analysed(found).items.find(({ itemId }) => itemId === row.itemId));
      const now = need(later.items.find(({ itemId }) => itemId === row.itemId));
      expect(row.change).toBeCloseTo(now.difficulty - then.difficulty, 12);
      expect(row.changeError).toBeCloseTo(
        Math.hypot(need(now.difficultyError), need(then.difficultyError)),
        12,
      );
      expect(now.flags.some(({ rule }) => rule === 'drift')).toBe(row.isDrifted);
    }
    expect(analysed(found).waves).toEqual([]);
  });

  it('is stale once the earlier one stands on other data', async () => {
    expect((await test.value('itemAnalysis/get', { surveyId: laterId })).isStale).toBe(false);
    const { db } = test.host.context.vault.storage();
    db.connection.prepare('UPDATE survey SET revision = revision + 1 WHERE survey_id = ?').run(surveyId);
    expect((await test.value('itemAnalysis/get', { surveyId })).isStale).toBe(true);
    expect((await test.value('itemAnalysis/get', { surveyId: laterId })).isStale).toBe(true);
    expect((await test.value('itemAnalysis/get', { surveyId: laterId })).results).toEqual(later);
  });
});

describe('the analysis of a survey from a private bank', () => {
  it('lies sealed in the database, opens with the keys only, and every view leaves a trace', async () => {
    const secret = await openTestHost();
    await protectFolder(secret);
    const bankId = await installBank(secret, sealedFiles(2));
    await openBank(secret, bankId);
    await secret.value('app/updateRole', { role: 'statistician' });
    const { context } = secret.host;
    const { db } = context.vault.storage();
    const made = await secret.value('survey/create', { settings: secret.settings(), draftId: null });
    const survey = need(getSurvey(db, made.surveyId));
    const { form } = needed(loadForm(db, survey.formId));
    // A form of the private bank under the survey: what it asks does not matter here.
    const ownForm = needed(
      storeForm(context, { form: { ...form, id: `${form.id.slice(0, -2)}aa`, bankId }, items: [] }),
    );
    db.connection.prepare('UPDATE survey SET form_id = ? WHERE survey_id = ?').run(ownForm, survey.id);
    const results = { ...analysis, dataFingerprint: dataFingerprint(db, survey.id) };
    needed(storeItemAnalysis(context, need(getSurvey(db, survey.id)), results));

    const stored = db.connection.prepare('SELECT document_json FROM result_snapshot').pluck().all().join();
    expect(stored).toContain('sealed');
    expect(stored).not.toContain(analysis.items[0]?.itemId);
    const id = { surveyId: survey.id };
    expect((await secret.value('itemAnalysis/get', id)).results).toEqual(results);
    const views = db.connection
      .prepare("SELECT count(*) FROM audit_event WHERE action = 'item.keyViewed'")
      .pluck();
    expect(views.get()).toBe(analysis.items.length);
    context.bankKeys.closeAll();
    for (const channel of ['itemAnalysis/get', 'itemAnalysis/createFile'] as const)
      expect(await secret.call(channel, id)).toMatchObject({ failure: { code: 'BANK_KEYS_CLOSED' } });
    secret.close();
    removeFolder(secret.dataDir);
  });
});
