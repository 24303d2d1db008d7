/** A wrong key found after 1,000 interviews, and an item taken out: every score, on a real database. */
import { readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyseSurvey } from '@shared/analysis/analyseSurvey';
import type { BankItem } from '@shared/assessment/bank';
import { jobId, surveyId as surveyIdSchema } from '@shared/domain/ids';
import type { SurveyId } from '@shared/domain/ids';
import { methodSheet } from '@shared/reports/sheets/method';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { dataFingerprint, loadRespondents } from '@electron/backend/database/repositories/respondents';
import { listScores } from '@electron/backend/database/repositories/scores';
import { reportInput } from '@electron/backend/usecases/createReport';
import { analysisInput } from '@electron/backend/usecases/estimateSurvey';
import { loadForm } from '@electron/backend/usecases/storedForm';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

const respondents = 1000;
const job = jobId.parse('job-1');

describe('after 1,000 interviews', () => {
  let app: TestHost;
  let surveyId: SurveyId;
  let items: readonly BankItem[];

  beforeAll(async () => {
    app = await openTestHost();
    const created = await app.value('demo/create', { planId: 'suzhou', jobId: job, respondents });
    surveyId = surveyIdSchema.parse(created.surveyId);
    await app.value('app/updateRole', { role: 'itemEditor' });
    const { db } = app.host.context.vault.storage();
    const survey = await app.value('survey/get', { surveyId });
    const form = loadForm(db, survey.survey.formId);
    if (!form.ok) throw new Error('the demo survey has a form');
    items = form.value.items;
  });
  afterAll(() => {
    app.close();
    removeFolder(app.dataDir);
  });

  const rows = () =>
    loadRespondents(app.host.context.vault.storage().db, surveyId).flatMap(({ score, ...row }) =>
      score === null ? [] : [{ ...row, score }],
    );
  const itemOf = (dimension: string): BankItem => {
    const found = items.find((item) => item.type === 'single' && item.dimension === dimension);
    if (found === undefined) throw new Error(`the form has a single-choice item of ${dimension}`);
    return found;
  };
  const code = (
    answers: ReturnType<typeof rows>[number]['respondent']['answers'],
    id: string,
  ): string | null => {
    const answer = answers[id];
    return answer?.kind === 'single' ? answer.code : null;
  };
  const methodText = (): string => {
    const analysis = analysisInput(app.host.context, surveyId);
    const results = analysis.ok ? analyseSurvey(analysis.value) : analysis;
    if (!results.ok) throw new Error('the survey can be analysed');
    const input = reportInput(app.host.context, results.value, { surveyId, audience: 'evaluator' });
    if (!input.ok) throw new Error('the survey can be reported');
    return JSON.stringify(methodSheet(input.value));
  };

  test('a corrected key changes every score by exactly what the answers say; old scores stay; the report says it', async () => {
    const item = itemOf('K');
    const [oldKey = ''] = item.key;
    const newKey = ['A', 'B', 'C', 'D'].find((letter) => letter !== oldKey) ?? '';
    const before = rows();
    expect(before.length).toBeGreaterThanOrEqual(respondents);
    const { db } = app.host.context.vault.storage();
    const fingerprint = dataFingerprint(db, surveyId);
    const impact = await app.value('item/getImpact', { itemId: item.id });
    expect(impact).toMatchObject({ scoreCount: before.length, surveys: [{ isDemo: true }] });

    const view = await app.value('item/runCorrection', {
      itemId: item.id,
      newKey: [newKey],
      by: '李编辑',
      reason: '依据改版后答案应为另一项',
      jobId: job,
    });

    expect(view.item.key).toEqual([newKey]);
    const after = new Map(rows().map((row) => [row.interviewId, row.score]));
    const points = 2;
    const expected = before.map(({ interviewId, respondent, score }) => {
      const given = code(respondent.answers, item.id);
      const gain = (given === newKey ? points : 0) - (given === oldKey ? points : 0);
      return [interviewId, score.total + gain] as const;
    });
    expect(expected.filter(([id, total]) => after.get(id)?.total !== total)).toEqual([]);
    const changed = expected.filter(([, total], index) => total !== before[index]?.score.total).length;
    expect(changed).toBeGreaterThan(100);

    for (const { interviewId, score } of before) {
      const stored = listScores(db, interviewId);
      expect(stored).toHaveLength(2);
      expect(stored[0]?.score).toEqual(score);
      expect(stored[0]?.supersededAt).not.toBeNull();
    }
    expect(dataFingerprint(db, surveyId)).not.toBe(fingerprint);
    const [survey] = view.keyChanges[0]?.surveys ?? [];
    expect(survey).toMatchObject({ scoreCount: before.length, totalChangedCount: changed });
    expect(listAudit(db, 5).map(({ action }) => action)).toContain('item.corrected');
    const method = methodText();
    expect(method).toContain(item.id);
    expect(method).toContain(`由“${oldKey}”改为“${newKey}”`);
    expect(method).toContain(`重新计分 ${before.length.toLocaleString('zh-CN')} 份`);
  });

  test('a withdrawn item leaves the score; the rest of its dimension is scaled to the full points', async () => {
    const item = itemOf('M');
    const before = rows();
    await app.value('item/runWithdrawal', {
      itemId: item.id,
      by: '李编辑',
      reason: '题目有歧义',
      jobId: job,
    });
    const after = new Map(rows().map((row) => [row.interviewId, row.score]));
    const wrong = before.filter(({ interviewId, respondent, score }) => {
      const own = code(respondent.answers, item.id) === item.key[0] ? 2 : 0;
      // 科学方法: ten items of two points; nine are left and stretch to the same twenty.
      const expected = (((score.dimensions['method'] ?? 0) - own) * 20) / 18;
      return Math.abs((after.get(interviewId)?.dimensions['method'] ?? -1) - expected) > 1e-8;
    });
    expect(wrong).toEqual([]);
    expect((await app.value('item/get', { itemId: item.id })).item.status).toBe('retired');
    expect(methodText()).toContain('停用，不再计分');
    const again = await app.call('item/runWithdrawal', {
      itemId: item.id,
      by: '李编辑',
      reason: '再停一次',
      jobId: job,
    });
    expect(again).toMatchObject({ ok: false, failure: { code: 'ITEM_STATUS_NOT_ALLOWED' } });
  });

  test.each(['key_change', 'key_change_survey'])('rows of %s can neither change nor go', (table) => {
    const { connection } = app.host.context.vault.storage().db;
    expect(() => connection.prepare(`UPDATE ${table} SET document_json = '{}'`).run()).toThrow(/append-only/);
    expect(() => connection.prepare(`DELETE FROM ${table}`).run()).toThrow(/append-only/);
  });

  test('cancelling leaves nothing behind', async () => {
    const item = itemOf('S1');
    const before = rows();
    const running = app.call('item/runWithdrawal', {
      itemId: item.id,
      by: '李编辑',
      reason: '试着停用',
      jobId: jobId.parse('job-2'),
    });
    await app.value('job/runCancel', { jobId: jobId.parse('job-2') });
    expect(await running).toMatchObject({ ok: false, failure: { code: 'CANCELLED' } });
    expect(rows()).toEqual(before);
    expect((await app.value('item/get', { itemId: item.id })).item.status).toBe('review');
  });

  test('the journal alone rebuilds scores, versions and changes', async () => {
    const before = rows().map(({ interviewId, score }) => [interviewId, score.total]);
    const { item } = await app.value('item/get', { itemId: itemOf('K').id });
    app.close();
    for (const name of readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' }))
      if (/\.db(-wal|-shm)?$|backup[\\/].+/.test(name))
        rmSync(`${app.dataDir}/${name}`, { recursive: true, force: true });
    app = await openTestHost(app.dataDir);
    await app.value('app/updateRole', { role: 'itemEditor' });
    expect(rows().map(({ interviewId, score }) => [interviewId, score.total])).toEqual(before);
    expect((await app.value('item/get', { itemId: item.id })).item).toEqual(item);
  });
});
