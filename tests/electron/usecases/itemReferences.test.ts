/** 依据 of the bank: who cites what, editing with history, and what a superseded source does to its items. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CallInput } from '@shared/contract/contract';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

describe('the sources of the bank', () => {
  let app: TestHost;
  beforeEach(async () => {
    app = await openTestHost();
    await app.value('app/updateRole', { role: 'itemEditor' });
  });
  afterEach(() => {
    app.close();
    removeFolder(app.dataDir);
  });

  const shipped = () => app.host.context.registry.bank;
  /** A source several items cite, by counting in the files themselves. */
  const busy = (): { id: string; itemIds: string[] } => {
    const citing = Object.keys(shipped().references).map((id) => ({
      id,
      itemIds: shipped()
        .items.filter(({ references }) => references.some(({ ref }) => ref === id))
        .map((item) => item.id),
    }));
    const found = citing.find(({ itemIds }) => itemIds.length >= 3);
    if (found === undefined) throw new Error('some source is cited by three items');
    return found;
  };
  const fields = {
    title: '食品安全国家标准 预包装食品标签通则',
    issuer: '国家卫生健康委、市场监管总局',
    type: '国家标准',
    date: '2025-03-16',
    clause: '4.1',
  };
  const add = (changes: Partial<CallInput<'reference/update'>> = {}) =>
    app.value('reference/update', {
      referenceId: null,
      basedOn: null,
      fields,
      by: '李编辑',
      note: '新增依据',
      ...changes,
    });
  const supersede = (referenceId: string, changes: Partial<CallInput<'reference/updateStatus'>> = {}) =>
    app.call('reference/updateStatus', {
      referenceId,
      basedOn: 1,
      status: 'superseded',
      supersededBy: '',
      by: '李编辑',
      note: '新版已发布',
      ...changes,
    });
  /** Puts an item where an official form could take it from, past reviews that are not the matter here. */
  const activate = (itemId: string): void => {
    const { db } = app.host.context.vault.storage();
    const { version } = shipped().items.find(({ id }) => id === itemId) ?? { version: '' };
    db.transact(() => {
      db.record({
        kind: 'itemStatusSet',
        statusId: itemId,
        itemId,
        version,
        status: 'active',
        setBy: 'x',
        reason: 'x',
        at: db.now(),
      });
      return { ok: true, value: null };
    });
  };

  it('are listed with how many items cite each, and open with those items', async () => {
    const rows = await app.value('reference/list', {});
    expect(rows).toHaveLength(Object.keys(shipped().references).length);
    const { id, itemIds } = busy();
    expect(rows.find(({ referenceId }) => referenceId === id)).toMatchObject({
      itemCount: itemIds.length,
      status: 'current',
      version: 1,
      title: shipped().references[id]?.title,
    });
    const view = await app.value('reference/get', { referenceId: id });
    expect(view.items.map(({ itemId }) => itemId)).toEqual(itemIds);
  });

  it('take a new one, which an item may cite at once and which survives the loss of the database', async () => {
    const added = await add();
    expect(added).toMatchObject({ referenceId: 'REF-U001', version: 1, ...fields, items: [] });
    const choices = await app.value('item/getChoices', {});
    expect(choices.references.map(({ id }) => id)).toContain('REF-U001');
    const [item] = shipped().items;
    if (item === undefined) throw new Error('the bank has items');
    const cited = [...item.references, { ref: 'REF-U001', fact: '标签应标示生产日期。' }];
    await app.value('item/update', {
      item: JSON.parse(JSON.stringify({ ...item, references: cited })) as CallInput<'item/update'>['item'],
      basedOn: item.version,
      by: '李编辑',
      note: '补依据',
    });
    app.close();
    for (const tail of ['', '-wal', '-shm'])
      rmSync(join(app.dataDir, 'database', `zhiheng.db${tail}`), { force: true });
    app = await openTestHost(app.dataDir);
    await app.value('app/updateRole', { role: 'itemEditor' });
    const again = await app.value('reference/get', { referenceId: 'REF-U001' });
    expect(again.items.map(({ itemId }) => itemId)).toEqual([item.id]);
    expect(again.versions).toMatchObject([{ version: 1, savedBy: '李编辑', note: '新增依据' }]);
  });

  it('keep every version of an edit, and an edit of an old version is refused', async () => {
    const { id } = busy();
    const before = await app.value('reference/get', { referenceId: id });
    const edited = { ...fields, title: `${before.title}（修订）` };
    const after = await add({ referenceId: id, basedOn: 1, fields: edited, note: '改名称' });
    expect(after.version).toBe(2);
    expect(after.versions.map(({ version, title }) => [version, title])).toEqual([
      [2, edited.title],
      [1, before.title],
    ]);
    const late = await app.call('reference/update', {
      referenceId: id,
      basedOn: 1,
      fields: edited,
      by: '王编辑',
      note: '同时改',
    });
    expect(late).toMatchObject({ ok: false, failure: { code: 'REFERENCE_CHANGED_MEANWHILE' } });
  });

  it('are not entered twice: the same name and issuer, whatever its blanks and width, is refused', async () => {
    await add();
    const twin = await app.call('reference/update', {
      referenceId: null,
      basedOn: null,
      fields: { ...fields, title: '食品安全国家标准　预包装食品标签通则' },
      by: '李编辑',
      note: '又录了一次',
    });
    expect(twin).toMatchObject({ ok: false, failure: { code: 'REFERENCE_NOT_VALID' } });
  });

  it('say before which items would rest, and superseding moves exactly those to 暂停, and back', async () => {
    const { id, itemIds } = busy();
    const [first = '', second = ''] = itemIds;
    activate(first);
    activate(second);
    const view = await app.value('reference/get', { referenceId: id });
    const resting = view.items.filter(({ wouldRest }) => wouldRest).map(({ itemId }) => itemId);
    const overdue = (itemId: string): boolean =>
      (shipped().items.find((item) => item.id === itemId)?.review_due ?? '9') <= '2025-10-15';
    expect(resting).toEqual([first, second].filter((itemId) => !overdue(itemId)));
    expect(resting.length).toBeGreaterThan(0);

    const successor = await add();
    const done = await supersede(id, { supersededBy: successor.referenceId });
    expect(done).toMatchObject({
      ok: true,
      value: {
        status: 'superseded',
        successor: fields.title,
        successorId: successor.referenceId,
        version: 2,
      },
    });
    const statusOf = async (itemId: string) => (await app.value('item/get', { itemId })).item.status;
    for (const itemId of resting) expect(await statusOf(itemId)).toBe('hold');
    const shown = await app.value('item/get', { itemId: resting[0] ?? '' });
    expect(shown).toMatchObject({ setStatus: 'active', holdReason: 'sourceSuperseded' });

    expect(await supersede(id, { basedOn: 2, status: 'current' })).toMatchObject({
      ok: true,
      value: { status: 'current', successor: '' },
    });
    for (const itemId of resting) expect(await statusOf(itemId)).toBe('active');
  });

  it('cannot take their own place, and an unknown one is not found', async () => {
    const { id } = busy();
    expect(await supersede(id, { supersededBy: id })).toMatchObject({
      ok: false,
      failure: { code: 'REFERENCE_NOT_VALID' },
    });
    expect(await supersede('REF-NONE')).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
  });

  it('belong to the roles that keep the bank', async () => {
    await app.value('app/updateRole', { role: 'statistician' });
    for (const reply of [await app.call('reference/list', {}), await supersede(busy().id)])
      expect(reply).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
  });
});
