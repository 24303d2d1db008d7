/** 组卷 and the form library on a real host and database: assemble, file, retire, exposure, survey on a filed form. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Assembly, AssemblyRequest, FormRecord } from '@shared/contract/areas/forms';
import { jobId } from '@shared/domain/ids';
import type { SurveyId } from '@shared/domain/ids';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { analysisInput } from '@electron/backend/usecases/estimateSurvey';
import { openTestHost, removeFolder } from '../../support/host';
import { installBank, protectFolder } from '../../support/privateBank';
import { privateBankId, sealed } from '../bankPackages/sealedBank';
import type { TestHost } from '../../support/host';

/** The worker is a built file; here its task runs in this thread. */
vi.mock('@electron/backend/workers/runWorkerTask', async () => {
  const { tasks } = await import('@electron/backend/workers/tasks');
  return {
    runWorkerTask: (name: 'assembleForms', payload: never) => tasks[name](payload, () => undefined),
  };
});

const request: AssemblyRequest = {
  blueprintId: 'short-2024-20',
  count: 2,
  seed: 7,
  anchors: 'bank',
  excluded: [],
  forced: [],
  waiver: null,
};
const job = jobId.parse('assembly-1');

let app: TestHost;
let assembly: Assembly;
let filed: readonly FormRecord[];
const assemble = (changes: Partial<AssemblyRequest> = {}) =>
  app.call('form/runAssembly', { jobId: job, request: { ...request, ...changes } });
const itemsOf = (set: Assembly): string[][] =>
  set.forms.map(({ items }) => items.map(({ itemId }) => itemId));

beforeAll(async () => {
  app = await openTestHost();
  await app.value('app/updateRole', { role: 'itemEditor' });
  assembly = await app.value('form/runAssembly', { jobId: job, request });
  const titles = ['甲卷', '乙卷'];
  filed = await app.value('form/createRecords', {
    setId: assembly.set.setId,
    forms: assembly.forms.map(({ formId }, index) => ({ formId, title: titles[index] ?? '' })),
    by: '李编辑',
  });
}, 120_000);
afterAll(() => {
  app.close();
  removeFolder(app.dataDir);
});

describe('the result of an assembly', () => {
  test('two lawful forms of twenty items that share nothing', () => {
    const [first = [], second = []] = itemsOf(assembly);
    expect([first.length, second.length]).toEqual([20, 20]);
    expect(first.filter((itemId) => second.includes(itemId))).toEqual([]);
    expect(assembly.overlap).toEqual([
      [
        { shared: 20, anchors: 0 },
        { shared: 0, anchors: 0 },
      ],
      [
        { shared: 0, anchors: 0 },
        { shared: 20, anchors: 0 },
      ],
    ]);
    expect(assembly.forms.map(({ report }) => report.violations)).toEqual([[], []]);
    expect(assembly.set.violations).toEqual([]);
  });

  test('a short form is barred from a 达标率', () => {
    expect(assembly.forms.map(({ report }) => report.producesRate)).toEqual([false, false]);
  });

  test('counts keys as they are on the form', () => {
    const [form] = assembly.forms;
    const statements = form?.items.filter(({ type }) => type === 'tf') ?? [];
    const right = statements.filter(({ key }) => key?.[0] === '对').length;
    const row = form?.report.keyBalance.find(({ subject }) => subject === '对');
    expect(row).toMatchObject({ section: 'statements', count: right, met: true });
    // 40–60 % of the statements are keyed 对.
    expect(right / statements.length).toBeGreaterThanOrEqual(0.4);
    expect(right / statements.length).toBeLessThanOrEqual(0.6);
  });

  test('gives the information of every form over the whole range, by the formula of the 3PL', () => {
    const [form] = assembly.forms;
    const bank = app.host.context.registry.bank.items;
    const at = form?.report.informationCurve.find(({ theta }) => theta === 0.5);
    const byHand = (form?.items ?? []).reduce((sum, { itemId }) => {
      const irt = bank.find(({ id }) => id === itemId)?.irt ?? { a: NaN, b: NaN, c: NaN };
      const star = 1 / (1 + Math.exp(-irt.a * (0.5 - irt.b)));
      const p = irt.c + (1 - irt.c) * star;
      const slope = (1 - irt.c) * irt.a * star * (1 - star);
      return sum + slope ** 2 / (p * (1 - p));
    }, 0);
    expect(at?.value).toBeCloseTo(byHand, 9);
  });

  test('is still there for the page after it went elsewhere', async () => {
    const again = await app.value('form/getAssembly', {});
    expect(again?.set.setId).toBe(assembly.set.setId);
    expect(again?.filed).toEqual(assembly.forms.map(({ formId }) => formId));
  });

  test('a statistician reads it without keys and may not assemble', async () => {
    await app.value('app/updateRole', { role: 'statistician' });
    const seen = await app.value('form/getAssembly', {});
    expect(seen?.forms.flatMap(({ items }) => items.filter(({ key }) => key !== null))).toEqual([]);
    expect(await assemble()).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
    await app.value('app/updateRole', { role: 'itemEditor' });
  });
});

describe('the form library', () => {
  test('keeps title, set, judgement and who filed it', () => {
    expect(
      filed.map(({ title, status, filedBy, set }) => [title, status, filedBy, set.setId]).sort(),
    ).toEqual(
      [
        ['甲卷', 'available', '李编辑', assembly.set.setId],
        ['乙卷', 'available', '李编辑', assembly.set.setId],
      ].sort(),
    );
  });

  test('files a form once and writes it into the audit chain', async () => {
    const [form] = assembly.forms;
    if (form === undefined) throw new Error('two forms were assembled');
    const again = await app.call('form/createRecords', {
      setId: assembly.set.setId,
      forms: [{ formId: form.formId, title: '又一份' }],
      by: '李编辑',
    });
    expect(again).toMatchObject({
      ok: false,
      failure: { code: 'FORM_ALREADY_FILED', params: { title: '甲卷' } },
    });
    const events = listAudit(app.host.context.vault.storage().db, 100);
    expect(
      events
        .filter(({ action }) => action === 'form.filed')
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(assembly.forms.map(({ formId }) => String(formId)).sort());
  });

  test('shows the items in the order of the form, with the fingerprint matching', async () => {
    const [form] = assembly.forms;
    if (form === undefined) throw new Error('two forms were assembled');
    const detail = await app.value('form/get', { formId: form.formId });
    expect(detail.fingerprint).toBe('matches');
    expect(detail.items.map(({ itemId }) => itemId)).toEqual(itemsOf(assembly)[0]);
    expect(detail.items.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
  });

  test('refuses to change or delete a record', () => {
    const { connection } = app.host.context.vault.storage().db;
    expect(() => connection.exec("UPDATE form_record SET title = 'x'")).toThrow(/append-only/);
    expect(() => connection.exec('DELETE FROM form_record')).toThrow(/append-only/);
  });
});

describe('exposure', () => {
  test('items of the filed forms are used up for this year and stay off the next forms', async () => {
    const used = new Set(itemsOf(assembly).flat());
    const setup = await app.value('form/getSetup', {});
    expect(setup.exposure.formCount).toBe(2);
    expect(new Set(setup.exposure.resting.map(({ itemId }) => itemId))).toEqual(used);
    const next = await app.value('form/runAssembly', {
      jobId: job,
      request: { ...request, count: 1, seed: 8 },
    });
    expect(
      itemsOf(next)
        .flat()
        .filter((itemId) => used.has(itemId)),
    ).toEqual([]);
    expect(next.set.restingItems).toHaveLength(used.size);
  }, 60_000);

  test('a forced item that is used up needs a reason, which is kept with the form', async () => {
    const [forced = ''] = itemsOf(assembly).flat();
    const refused = await assemble({ count: 1, seed: 9, forced: [forced] });
    expect(refused).toMatchObject({ ok: false, failure: { code: 'FORM_REQUEST_INVALID' } });
    const waiver = '补充调查，题目尚未公开';
    const allowed = await app.value('form/runAssembly', {
      jobId: job,
      request: { ...request, count: 1, seed: 9, forced: [forced], waiver },
    });
    expect(itemsOf(allowed)[0]).toContain(forced);
    expect(allowed.set.request.waiver).toBe(waiver);
  }, 60_000);

  test('the page of an item says why it may not be used', async () => {
    const [itemId = ''] = itemsOf(assembly).flat();
    const { exposure } = await app.value('item/get', { itemId });
    expect(exposure.rules).toMatchObject({ year: 2025, formCount: 2, allowedForms: 1 });
    expect(exposure.rules.limitTexts).toEqual(['今年已在 1 份试卷上，每题最多 1 份']);
  });

  test('excluded items stay off, and both at once is refused in Chinese', async () => {
    const open = app.host.context.registry.bank.items
      .map(({ id }) => id)
      .filter((id) => !itemsOf(assembly).flat().includes(id));
    const excluded = open.slice(0, 5);
    const without = await app.value('form/runAssembly', {
      jobId: job,
      request: { ...request, count: 1, seed: 10, excluded },
    });
    expect(
      itemsOf(without)
        .flat()
        .filter((itemId) => excluded.includes(itemId)),
    ).toEqual([]);
    const both = await assemble({ excluded, forced: excluded.slice(0, 1) });
    expect(both).toMatchObject({
      ok: false,
      failure: { params: { problem: `“${excluded[0] ?? ''}”既要入卷又要排除` } },
    });
  }, 60_000);
});

describe('a survey on a filed form', () => {
  const isShort = (surveyId: SurveyId): boolean => {
    const input = analysisInput(app.host.context, surveyId);
    if (!input.ok) throw new Error(input.failure.code);
    return input.value.isShortForm;
  };
  const settingsFor = (record: FormRecord) =>
    app.settings({
      formId: record.formId,
      formBlueprintId: record.set.blueprintId,
      instrumentId: record.set.instrumentId,
      trialBankConfirmed: true,
    });
  const record = (title: string): FormRecord => {
    const found = filed.find((each) => each.title === title);
    if (found === undefined) throw new Error(`${title} was filed`);
    return found;
  };

  test('asks exactly the items of that form', async () => {
    await app.value('app/updateRole', { role: 'administrator' });
    const { surveyId } = await app.value('survey/create', {
      settings: settingsFor(record('甲卷')),
      draftId: null,
    });
    const { survey } = await app.value('survey/get', { surveyId });
    expect(survey.formId).toBe(record('甲卷').formId);
    // Twenty items give no 达标率, whatever is answered.
    expect(isShort(surveyId)).toBe(true);
    const view = await app.value('interview/create', {
      surveyId,
      mode: 'interviewer',
      caseCode: '',
      regionCode: null,
      residence: 'urban',
      stratum: '320508',
      psu: '320508-01',
      baseWeight: 120,
    });
    const own = new Set(itemsOf(assembly)[0]);
    const asked = JSON.stringify(view);
    expect([...own].filter((itemId) => !asked.includes(itemId))).toEqual([]);
    const others = app.host.context.registry.bank.items.map(({ id }) => id).filter((id) => !own.has(id));
    expect(others.filter((itemId) => asked.includes(`"${itemId}"`))).toEqual([]);
    const listed = (await app.value('form/list', {})).find(({ title }) => title === '甲卷');
    expect(listed?.surveys.map(({ name, isDemo }) => [name, isDemo])).toEqual([['测试调查', false]]);
  });

  test('refuses a form of another instrument and a retired one, in Chinese, and keeps the survey that has it', async () => {
    const other = { ...settingsFor(record('乙卷')), instrumentId: 'benchmark-2016' };
    expect(await app.call('survey/create', { settings: other, draftId: null })).toMatchObject({
      failure: { code: 'FORM_NOT_FITTING', params: { title: '乙卷' } },
    });
    for (const title of ['甲卷', '乙卷'])
      await app.value('form/updateStatus', {
        formId: record(title).formId,
        status: 'retired',
        by: '王主管',
        reason: '疑似外泄',
      });
    expect(
      await app.call('survey/create', { settings: settingsFor(record('乙卷')), draftId: null }),
    ).toMatchObject({
      failure: { code: 'FORM_RETIRED', params: { title: '乙卷', reason: '疑似外泄' } },
    });
    const { surveys } = await app.value('survey/list', {});
    const [own] = surveys;
    if (own === undefined) throw new Error('the survey exists');
    const renamed = { ...own.survey.settings, name: '改名后的调查' };
    expect(await app.call('survey/update', { surveyId: own.survey.id, settings: renamed })).toMatchObject({
      ok: true,
    });
    const changed = { ...own.survey.settings, formId: null };
    expect(await app.call('survey/update', { surveyId: own.survey.id, settings: changed })).toMatchObject({
      failure: { code: 'FORBIDDEN', params: { field: 'formId' } },
    });
  });

  test('a form retired before any survey used it gives its items free', async () => {
    const setup = await app.value('form/getSetup', {});
    expect(setup.exposure.formCount).toBe(1);
    expect(new Set(setup.exposure.resting.map(({ itemId }) => itemId))).toEqual(
      new Set(itemsOf(assembly)[0]),
    );
  });

  test('everything is there again after the folder was closed and opened', async () => {
    const before = await app.value('form/list', {});
    app.close();
    app = await openTestHost(app.dataDir);
    await app.value('app/updateRole', { role: 'administrator' });
    expect(await app.value('form/list', {})).toEqual(before);
    expect(await app.value('form/getAssembly', {})).toBeNull();
  });

  test('the journal alone brings the library back when the database is gone', async () => {
    const before = await app.value('form/list', {});
    app.close();
    for (const suffix of ['', '-wal', '-shm'])
      removeFolder(join(app.dataDir, 'database', `zhiheng.db${suffix}`));
    app = await openTestHost(app.dataDir);
    await app.value('app/updateRole', { role: 'administrator' });
    expect(await app.value('form/list', {})).toEqual(before);
  });
});

describe('a private bank whose answers are closed', () => {
  test('says so and assembles nothing', async () => {
    const office = await openTestHost();
    const blueprints = office.host.context.registry.blueprints
      .filter(({ id }) => id === request.blueprintId)
      .map((blueprint) => ({ ...blueprint, bankId: privateBankId }));
    await protectFolder(office);
    await installBank(office, sealed({ blueprints }));
    const setup = await office.value('form/getSetup', {});
    expect(setup.bank).toMatchObject({ id: privateBankId, keysClosed: true });
    expect(setup.blueprints.map(({ id }) => id)).toEqual([request.blueprintId]);
    expect(await office.call('form/runAssembly', { jobId: job, request })).toMatchObject({
      failure: { code: 'BANK_KEYS_CLOSED' },
    });
    office.close();
    removeFolder(office.dataDir);
  }, 60_000);
});
