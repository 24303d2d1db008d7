/** The editable bank on a real host and database: versions, workflow, reviews, and what a restart keeps. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ItemDraft, ItemView } from '@shared/contract/areas/items';
import { jobId } from '@shared/domain/ids';
import { verifyAuditChain } from '@electron/backend/database/repositories/audit';
import { loadForm, scoringBasisOf } from '@electron/backend/usecases/storedForm';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

const note = '改得更好读';

describe('the item bank', () => {
  let app: TestHost;
  beforeEach(async () => {
    app = await openTestHost();
    await app.value('app/updateRole', { role: 'itemEditor' });
  });
  afterEach(() => {
    app.close();
    removeFolder(app.dataDir);
  });

  const shipped = (index = 0) => {
    const item = app.host.context.registry.bank.items.filter(({ type }) => type === 'single')[index];
    if (item === undefined) throw new Error('the shipped bank has single-choice items');
    return item;
  };
  const draftOf = (item: object, changes: object): ItemDraft =>
    JSON.parse(JSON.stringify({ ...item, ...changes })) as ItemDraft;
  const view = (itemId: string): Promise<ItemView> => app.value('item/get', { itemId });
  const edit = (itemId: string, basedOn: string | null, changes: object, by = '李编辑') =>
    app.call('item/update', { item: draftOf(shipped(), { id: itemId, ...changes }), basedOn, by, note });
  const review = (
    itemId: string,
    version: string,
    reviewer: string,
    role: 'content' | 'language' | 'sensitivity',
  ) => app.call('item/createReview', { itemId, version, reviewer, role, verdict: 'accept', note: '' });
  const move = (itemId: string, status: 'review' | 'pilot' | 'active' | 'hold' | 'retired' | 'draft') =>
    app.call('item/updateStatus', { itemId, status, by: '王主管', reason: '按流程' });

  test('lists the shipped items as 待审 and says that the bank is public', async () => {
    const { bank, items } = await app.value('item/list', {});
    expect(items).toHaveLength(app.host.context.registry.bank.items.length);
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(['review']));
    expect(bank).toMatchObject({ isPublic: true, mayEdit: true });
    expect(bank.statusNote).toContain('待审');
  });

  test('a new wording becomes a minor version in 草稿; the shipped one stays readable', async () => {
    const { id, stem } = shipped();
    const saved = await edit(id, '1.0.0', { stem: `请问，${stem}` });
    expect(saved).toMatchObject({ ok: true, value: { version: '1.1.0' } });
    const after = await view(id);
    expect(after.item.stem).toBe(`请问，${stem}`);
    expect(after.item.status).toBe('draft');
    expect(after.versions.map(({ version, item }) => [version, item.stem])).toEqual([
      ['1.0.0', stem],
      ['1.1.0', `请问，${stem}`],
    ]);
  });

  test('saving without a change makes no version', async () => {
    const { id } = shipped();
    expect(await edit(id, '1.0.0', {})).toMatchObject({ ok: true, value: { version: '1.0.0' } });
    expect((await view(id)).versions).toHaveLength(1);
  });

  test('an edit that started from an older version is refused and loses nothing', async () => {
    const { id } = shipped();
    await edit(id, '1.0.0', { stem: '第一个人改过的题干，先保存。' });
    const late = await edit(id, '1.0.0', { stem: '第二个人后来才保存的题干。' });
    expect(late).toMatchObject({ ok: false, failure: { code: 'ITEM_CHANGED_MEANWHILE' } });
    expect((await view(id)).item.stem).toBe('第一个人改过的题干，先保存。');
  });

  test('a number of the practice pool, whose answers are told, is taken', async () => {
    const { practicePool } = app.host.context.registry;
    const practised = practicePool.items.find(({ stimulus }) => stimulus === undefined) ?? {};
    const item = draftOf(practised, { references: shipped().references, enemies: [] });
    expect(await app.call('item/update', { item, basedOn: null, by: '李编辑', note })).toMatchObject({
      failure: { code: 'BANK_ITEM_ID_TAKEN' },
    });
  });

  test('the key of an item cannot be edited away; it takes a correction or a new item', async () => {
    const { id, key } = shipped();
    const other = ['A', 'B', 'C', 'D'].find((letter) => letter !== key[0]) ?? 'A';
    expect(await edit(id, '1.0.0', { key: [other] })).toMatchObject({
      ok: false,
      failure: { code: 'ITEM_KEY_NEEDS_CORRECTION' },
    });
  });

  test('what the form shows while typing is Chinese and names the field', async () => {
    const { problems } = await app.value('item/getCheck', {
      item: draftOf(shipped(), { stem: '短', key: ['F'] }),
    });
    expect(problems.map(({ field }) => field).sort()).toEqual(['key', 'stem']);
    expect(problems.every(({ text }) => /^(题干|答案)：[一-鿿]/.test(text))).toBe(true);
    const clean = await app.value('item/getCheck', { item: draftOf(shipped(), {}) });
    expect(clean.problems).toEqual([]);
  });

  test('a blocking rule keeps an item in 草稿', async () => {
    const item = shipped();
    const options = (item.options ?? []).map((option) => ({ ...option }));
    const wrong = options.find(({ id }) => !item.key.includes(id));
    if (wrong !== undefined) wrong.text = '以上都对';
    await edit(item.id, '1.0.0', { options });
    const refused = await move(item.id, 'review');
    expect(refused).toMatchObject({ ok: false, failure: { code: 'ITEM_STATUS_NOT_ALLOWED' } });
    if (!refused.ok) expect(refused.failure.params['problems']).toContain('R06');
    expect((await view(item.id)).item.status).toBe('draft');
  });

  test('an item becomes 启用 only with three roles by people other than its author', async () => {
    const { id } = shipped();
    await edit(id, '1.0.0', { stem: '下面这道题请选一个最合适的答案。' }, '李编辑');
    await move(id, 'review');
    await move(id, 'pilot');
    expect(await review(id, '1.1.0', '李 编辑', 'content')).toMatchObject({
      ok: false,
      failure: { code: 'ITEM_REVIEWER_IS_AUTHOR' },
    });
    await review(id, '1.1.0', '赵专家', 'content');
    await review(id, '1.1.0', '钱老师', 'language');
    expect(await move(id, 'active')).toMatchObject({ ok: false });
    await review(id, '1.1.0', '赵专家', 'sensitivity');
    expect(await move(id, 'active')).toMatchObject({ ok: true, value: { item: { status: 'active' } } });
    expect((await view(id)).item.status).toBe('active');
  });

  test('a review belongs to the version that was read', async () => {
    const { id } = shipped();
    await edit(id, '1.0.0', { stem: '下面这道题请选一个最合适的答案。' });
    expect(await review(id, '1.0.0', '赵专家', 'content')).toMatchObject({
      ok: false,
      failure: { code: 'ITEM_CHANGED_MEANWHILE' },
    });
  });

  test('a form assembled later has the new wording, a survey made before keeps the old one', async () => {
    const before = await app.value('survey/create', { settings: app.settings(), draftId: null });
    const preview = await app.value('bank/get', {});
    const { id } = shipped();
    await edit(id, '1.0.0', { stem: '下面这道题请选一个最合适的答案。' });
    await move(id, 'review');
    const after = await app.value('bank/get', {});
    expect(after.version).not.toBe(preview.version);
    expect(after.countsByStatus['review']).toBe(preview.countsByStatus['review']);
    const survey = await app.value('survey/get', { surveyId: before.surveyId });
    expect(survey.survey.formId).not.toBeNull();
  });

  test('a statistician sees items without key, rationale and misconceptions', async () => {
    await app.value('app/updateRole', { role: 'statistician' });
    const { id, rationale } = shipped();
    const seen = await view(id);
    const text = JSON.stringify(seen);
    expect(seen.hasKey).toBe(false);
    expect(seen.item.key).toEqual([]);
    expect(text).not.toContain(rationale);
    expect(text).not.toContain('misconception');
    expect(await app.call('item/getChoices', {})).toMatchObject({
      ok: false,
      failure: { code: 'FORBIDDEN' },
    });
  });

  test('everything is there after a restart, and in the audit chain', async () => {
    const { id } = shipped();
    await edit(id, '1.0.0', { stem: '下面这道题请选一个最合适的答案。' });
    await move(id, 'review');
    await review(id, '1.1.0', '赵专家', 'content');
    const before = await view(id);
    app.close();
    app = await openTestHost(app.dataDir);
    await app.value('app/updateRole', { role: 'itemEditor' });
    expect(await view(id)).toEqual(before);
    expect(verifyAuditChain(app.host.context.vault.storage().db)).toMatchObject({ brokenAt: null });
  });

  test.each(['item_version', 'item_status', 'item_review'])(
    'rows of %s can neither change nor go',
    async (table) => {
      const { id } = shipped();
      await edit(id, '1.0.0', { stem: '下面这道题请选一个最合适的答案。' });
      await review(id, '1.1.0', '赵专家', 'content');
      const { connection } = app.host.context.vault.storage().db;
      expect(() => connection.prepare(`UPDATE ${table} SET recorded_at = ''`).run()).toThrow(/append-only/);
      expect(() => connection.prepare(`DELETE FROM ${table}`).run()).toThrow(/append-only/);
    },
  );

  test('an interview finished after a correction is scored by the new key, on the form it was begun with', async () => {
    const { surveyId } = await app.value('survey/create', { settings: app.settings(), draftId: null });
    const { db } = app.host.context.vault.storage();
    const { survey } = await app.value('survey/get', { surveyId });
    const form = loadForm(db, survey.formId);
    if (!form.ok) throw new Error('a survey has a form');
    const item = form.value.items.find(({ type }) => type === 'single');
    const [oldKey = ''] = item?.key ?? [];
    const newKey = ['A', 'B', 'C', 'D'].filter((letter) => letter !== oldKey).slice(0, 1);
    const itemId = item?.id ?? '';
    await app.value('item/runCorrection', {
      itemId,
      newKey,
      by: '李编辑',
      reason: '依据改版',
      jobId: jobId.parse('job'),
    });
    const basis = scoringBasisOf(app.host.context, form.value);
    if (!basis.ok) throw new Error('a public form has its keys');
    expect(basis.value.items.find(({ id }) => id === itemId)?.key).toEqual(newKey);
    expect(form.value.items.find(({ id }) => id === itemId)?.key).toEqual([oldKey]);
    expect((await view(itemId)).exposure).toMatchObject({ surveyCount: 1, responseCount: 0 });
  });

  test('an item on a superseded source rests by itself', async () => {
    const { id, references } = shipped();
    await edit(id, '1.0.0', { stem: '下面这道题请选一个最合适的答案。' });
    await move(id, 'review');
    await move(id, 'pilot');
    expect((await view(id)).item.status).toBe('pilot');
    const { bank } = app.host.context.registry;
    const [ref = ''] = references.map((each) => each.ref);
    const source = bank.references[ref];
    if (source === undefined) throw new Error('the item cites a known source');
    Object.assign(source, { status: '已废止' });
    await review(id, '1.1.0', '赵专家', 'content');
    expect(await view(id)).toMatchObject({
      holdReason: 'sourceSuperseded',
      item: { status: 'hold' },
      setStatus: 'pilot',
    });
  });
});
