/** 标定 through the contract: run, link, save, what rests on it, and what it may never touch. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Result } from '@shared/domain/result';
import type { SurveyId } from '@shared/domain/ids';
import type { CalibrationRecord } from '@shared/psychometrics/calibrationRecord';
import type { ShownFigure, SurveyResults } from '@shared/results/surveyResults';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { getSurvey, saveSurveyRevision } from '@electron/backend/database/repositories/surveys';
import { loadForm, storeForm } from '@electron/backend/usecases/storedForm';
import type { tasks } from '@electron/backend/workers/tasks';
import { need } from '../../support/analysisInput';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

/** The worker is a built file; here its task runs in this thread. */
vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks: all } = await import('@electron/backend/workers/tasks');
  return {
    runWorkerTask: (name: keyof typeof tasks, payload: never): Promise<Result<unknown>> =>
      all[name](payload, () => undefined),
  };
});

let test: TestHost;
let earlier: SurveyId;
let later: SurveyId;
let first: CalibrationRecord;

/** So that some units are hidden. */
const disclosure = { minimumRespondents: 75, minimumPsus: 3 };

const db = () => test.host.context.vault.storage().db;

async function demo(respondents: number, year: number): Promise<SurveyId> {
  const { surveyId } = await test.value('demo/create', {
    planId: 'suzhou',
    jobId: `demo-${year}-${respondents}`,
    respondents,
  });
  const survey = getSurvey(db(), surveyId);
  if (survey === null) throw new Error('the demo survey exists');
  saveSurveyRevision(db(), surveyId, {
    settings: { ...survey.settings, year, name: `${year} 年调查`, disclosure },
  });
  return surveyId;
}

/** Gives the survey a form of its own: the same answers, twenty items in another version. */
async function replaceForm(surveyId: SurveyId): Promise<void> {
  const survey = getSurvey(db(), surveyId);
  const stored = loadForm(db(), survey?.formId ?? null);
  if (!stored.ok) throw new Error(stored.failure.code);
  const entries = stored.value.form.entries.map((entry, place) =>
    place < 20 ? { ...entry, itemVersion: '9.9.9' } : entry,
  );
  const form = { ...stored.value.form, id: 'form-of-another-year', entries };
  const saved = storeForm(test.host.context, { form, items: stored.value.items });
  if (!saved.ok) throw new Error(saved.failure.code);
  saveSurveyRevision(db(), surveyId, { formId: saved.value });
}

const results = (surveyId: SurveyId): Promise<SurveyResults> =>
  test.value('results/run', { surveyId, jobId: `results-${surveyId}` });
function modelHeadline({ modelBased }: SurveyResults): ShownFigure {
  const figure = modelBased.state === 'estimated' ? modelBased.headline.figure : null;
  if (figure?.state !== 'shown') throw new Error('the model-based share is shown');
  return figure;
}
const calibrate = (surveyId: SurveyId): Promise<CalibrationRecord> =>
  test.value('calibration/run', { surveyId, jobId: `calibrate-${surveyId}`, model: 'auto' });

beforeAll(async () => {
  test = await openTestHost();
  await test.value('app/updateRole', { role: 'statistician' });
  earlier = await demo(700, 2021);
  later = await demo(900, 2023);
}, 120_000);
afterAll(() => {
  test.close();
  removeFolder(test.dataDir);
});

describe('before anything is calibrated', () => {
  it('results say how to get a model-based share instead of having one', async () => {
    const { modelBased, headline } = await results(earlier);
    expect(modelBased).toEqual({ state: 'unavailable', reason: 'notCalibrated' });
    expect(headline.literate.state).toBe('shown');
  }, 60_000);

  it('a survey of fewer than 200 complete cases is refused, and slopes below 500', async () => {
    const none = await test.value('survey/create', { settings: test.settings(), draftId: null });
    const reply = await test.call('calibration/run', { ...none, jobId: 'none', model: 'Rasch' });
    expect(reply).toMatchObject({
      ok: false,
      failure: { code: 'IRT_TOO_FEW', params: { count: 0, needed: 200 } },
    });
    const surveyId = await demo(350, 2018);
    const slopes = await test.call('calibration/run', { surveyId, jobId: 'middle', model: '2PL' });
    expect(slopes).toMatchObject({ ok: false, failure: { code: 'IRT_TOO_FEW_FOR_SLOPES' } });
    expect(await test.value('calibration/run', { surveyId, jobId: 'auto', model: 'auto' })).toMatchObject({
      model: 'Rasch',
      choice: { bic2pl: null },
    });
  }, 60_000);
});

describe('a calibration', () => {
  it('holds every item of the form with errors, weighted by the survey, on a scale of its own', async () => {
    first = await calibrate(earlier);
    expect(first.items).toHaveLength(50);
    expect(first.fit.hasConverged).toBe(true);
    expect(first.weighting).toBe('survey');
    expect(first).toMatchObject({ scaleId: first.calibrationId, scale: { slope: 1, shift: 0 }, link: null });
    expect(first.items.every(({ errorB }) => errorB !== null && errorB > 0)).toBe(true);
    // Points of a form are the instrument's maximum; its pass mark stays where it is on the founding form.
    expect(first.items.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(100, 9);
    expect(first.cut?.instrumentCut).toBe(70);
    expect(first.cut?.cut).toBeCloseTo(70, 6);
    const { bicRasch, bic2pl } = first.choice;
    expect(first.model).toBe(bic2pl !== null && bicRasch - bic2pl >= 10 ? '2PL' : 'Rasch');
    expect(first.abilities.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  }, 120_000);

  it('is nothing until it is saved, then appended, audited and never changed', async () => {
    expect(await test.value('calibration/list', { surveyId: earlier })).toEqual([]);
    await test.value('calibration/create', { calibrationId: first.calibrationId, by: '王统计' });
    const [stored] = await test.value('calibration/list', { surveyId: earlier });
    expect(stored).toMatchObject({ calibrationId: first.calibrationId, by: '王统计', isUsed: true });
    expect(listAudit(db(), 1)).toMatchObject([
      { action: 'calibration.stored', subject: first.calibrationId },
    ]);
    const again = await test.call('calibration/create', { calibrationId: first.calibrationId, by: '王统计' });
    expect(again).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
    for (const sql of ["UPDATE calibration SET bank_id = 'x'", 'DELETE FROM calibration'])
      expect(() => db().connection.exec(sql)).toThrow('append-only');
  });

  it('makes stored results outdated and gives model-based shares beside unchanged raw ones', async () => {
    const before = await test.value('results/get', { surveyId: earlier });
    expect(before.isStale).toBe(true);
    const after = await results(earlier);
    expect(after.headline).toEqual(before.results?.headline);
    expect(after.units).toEqual(before.results?.units);
    const model = after.modelBased;
    if (model.state !== 'estimated') throw new Error(model.state);
    expect(model).toMatchObject({ calibrationId: first.calibrationId, setCount: 20, isLinked: false });
    expect(model.headline.figure.state).toBe('shown');
    expect((await test.value('results/get', { surveyId: earlier })).isStale).toBe(false);
    // The same data give the same draws.
    expect((await results(earlier)).modelBased).toEqual(model);
  }, 120_000);

  it('hides exactly what the raw figures hide', async () => {
    const { results: stored } = await test.value('results/get', { surveyId: earlier });
    if (stored?.modelBased.state !== 'estimated') throw new Error('estimated');
    const { units, groups } = stored.modelBased;
    expect(units.map(({ figure }) => figure.state)).toEqual(
      stored.units.map(({ literate }) => literate.state),
    );
    expect(groups.map(({ figure }) => figure.state)).toEqual(
      stored.groups.map(({ literate }) => literate.state),
    );
    const hidden = stored.units.filter(({ literate }) => literate.state !== 'shown');
    expect(hidden.length).toBeGreaterThan(0);
    for (const { regionCode, literate } of hidden)
      expect(units.find((unit) => unit.regionCode === regionCode)?.figure).toEqual(literate);
  });

  it('of a demo survey never reaches the parameters of the bank', async () => {
    const itemId = first.items[0]?.itemId ?? '';
    expect(itemId).not.toBe('');
    expect(await test.value('calibration/getItem', { itemId })).toEqual([]);
  });
});

describe('a link', () => {
  it('joins a later calibration to the scale of an earlier one, and can be taken back', async () => {
    const own = await calibrate(later);
    const linked = await test.value('calibration/updateLink', {
      calibrationId: own.calibrationId,
      baseId: first.calibrationId,
    });
    expect(linked.link?.baseId).toBe(first.calibrationId);
    expect(linked.link?.status).toBe('sound');
    expect(linked.scaleId).toBe(first.calibrationId);
    expect(linked.cut?.theta).toBe(first.cut?.theta);
    const alone = await test.value('calibration/updateLink', {
      calibrationId: own.calibrationId,
      baseId: null,
    });
    expect(alone).toEqual(own);
  }, 120_000);

  it('between surveys on one form changes nothing about their raw comparison', async () => {
    const { change } = await results(later);
    expect(change).toMatchObject({ basis: 'raw', refusal: null, linkingError: null });
  }, 60_000);

  it('is what a comparison across forms needs: refused without, model-based with its error', async () => {
    await replaceForm(earlier);
    const unlinked = await results(earlier);
    expect(unlinked.modelBased).toMatchObject({ state: 'unavailable', reason: 'notCalibrated' });
    expect((await results(later)).change).toMatchObject({ refusal: 'formsNotLinked', rows: [] });

    const base = await calibrate(earlier);
    await test.value('calibration/create', { calibrationId: base.calibrationId, by: '王统计' });
    const before = await results(earlier);
    const own = await calibrate(later);
    const linked = await test.value('calibration/updateLink', {
      calibrationId: own.calibrationId,
      baseId: base.calibrationId,
    });
    expect(linked.link).toMatchObject({ status: 'sound' });
    expect(linked.link?.changedItems).toHaveLength(20);
    await test.value('calibration/create', { calibrationId: own.calibrationId, by: '王统计' });

    const after = await results(later);
    const change = need(after.change?.rows[0]);
    const [one, two] = [modelHeadline(before), modelHeadline(after)];
    const linkingError = need(after.change?.linkingError);
    expect(after.change).toMatchObject({ basis: 'modelBased', refusal: null });
    expect(linkingError).toBeGreaterThan(0);
    expect(change.difference).toBeCloseTo(two.estimate - one.estimate, 12);
    expect(change.standardError).toBeCloseTo(
      Math.hypot(one.standardError, two.standardError, linkingError),
      12,
    );
    // The raw verdict on the target stays on the raw share.
    expect(after.headline.verdict.target).toBe(before.headline.verdict.target);
  }, 240_000);
});

describe('a corrected key', () => {
  it('sets a calibration aside that was fitted to the wrong one', async () => {
    expect((await results(later)).modelBased.state).toBe('estimated');
    const item = test.host.context.registry.bank.items.find(
      ({ id, type }) => type === 'single' && first.items.some(({ itemId }) => itemId === id),
    );
    const other = ['A', 'B', 'C'].find((letter) => !(item?.key ?? []).includes(letter)) ?? '';
    await test.value('app/updateRole', { role: 'itemEditor' });
    await test.value('item/runCorrection', {
      itemId: item?.id ?? '',
      by: '王主管',
      reason: '原答案有误',
      jobId: 'rekey',
      newKey: [other],
    });
    await test.value('app/updateRole', { role: 'statistician' });
    expect((await results(later)).modelBased).toMatchObject({
      state: 'unavailable',
      reason: 'notCalibrated',
    });
  }, 240_000);
});

describe('roles', () => {
  it('keep running and saving from editors of items, who may read', async () => {
    await test.value('app/updateRole', { role: 'itemEditor' });
    const run = await test.call('calibration/run', { surveyId: earlier, jobId: 'no', model: 'auto' });
    expect(run).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
    expect(await test.value('calibration/getItem', { itemId: first.items[0]?.itemId ?? '' })).toEqual([]);
    await test.value('app/updateRole', { role: 'evaluator' });
    const read = await test.call('calibration/get', { calibrationId: first.calibrationId });
    expect(read).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
  });
});
