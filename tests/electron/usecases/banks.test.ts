/** 题库管理 on a real host: installing, opening and closing, several banks side by side, the record of views. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BankRow, KeyEvent } from '@shared/contract/areas/banks';
import type { ItemDraft } from '@shared/contract/areas/items';
import { jobId } from '@shared/domain/ids';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import {
  folderPassphrase,
  installBank,
  openBank,
  protectFolder,
  sealedFiles,
} from '../../support/privateBank';
import { passphrases, privateBank, sealed as sealBank } from '../bankPackages/sealedBank';

let app: TestHost;
beforeEach(async () => {
  app = await openTestHost();
  await app.value('app/updateRole', { role: 'itemEditor' });
});
afterEach(() => {
  app.close();
  removeFolder(app.dataDir);
});

const bankOf = async (id: string): Promise<BankRow> => {
  const { banks } = await app.value('bank/list', {});
  const found = banks.find((bank) => bank.id === id);
  if (found === undefined) throw new Error(`no bank ${id}`);
  return found;
};
const eightItems = sealedFiles(8);
const seeded = async (): Promise<string> => {
  await protectFolder(app);
  return installBank(app, eightItems);
};
const firstId = async (): Promise<string> => (await app.value('item/list', {})).items[0]?.itemId ?? '';
const viewsOf = (): readonly KeyEvent[] => {
  const rows = listAudit(app.host.context.vault.storage().db, 10_000);
  return rows
    .filter(({ action }) => action === 'item.keyViewed')
    .map(
      ({ subject, detailJson }) => ({ itemId: subject, ...(JSON.parse(detailJson) as object) }) as KeyEvent,
    );
};

describe('the banks of a folder', () => {
  test('a new folder works on the public trial bank, says so, and needs a passphrase for private ones', async () => {
    const { banks, hasPassphrase } = await app.value('bank/list', {});
    expect(banks.map(({ id, keys, isInUse }) => [id, keys, isInUse])).toEqual([
      ['trial-2026', 'public', true],
    ]);
    expect(hasPassphrase).toBe(false);
    expect(await app.call('bank/create', { title: '保密题库', passphrase: passphrases.keys })).toMatchObject({
      ok: false,
      failure: { code: 'BANK_NEEDS_PASSPHRASE' },
    });
  });

  test('the files say what they are before anything is installed, and are installed together', async () => {
    await protectFolder(app);
    const sealed = eightItems;
    const { files } = app.host.context;
    const tokens = {
      questions: files.put('题目.zhbank', sealed.questions).token,
      keys: files.put('答案.zhkeys', sealed.keys).token,
    };
    const summary = await app.value('bank/getPackage', tokens);
    expect(summary).toMatchObject({
      questions: { part: 'questions', itemCount: 8, signer: sealed.fingerprint },
      keys: { part: 'keys', signer: sealed.fingerprint },
      installed: null,
    });
    const request = { ...tokens, passphrase: passphrases.questions, confirmedSigner: sealed.fingerprint };
    expect(await app.call('bank/runInstallation', { ...request, confirmedSigner: 'else' })).toMatchObject({
      ok: false,
      failure: { code: 'INVALID_INPUT' },
    });
    expect(
      await app.call('bank/runInstallation', { ...request, passphrase: '不是这个口令啊' }),
    ).toMatchObject({
      ok: false,
      failure: { code: 'WRONG_PASSPHRASE' },
    });
    expect((await app.value('bank/list', {})).banks).toHaveLength(1);
    const { bankId } = await app.value('bank/runInstallation', request);
    expect(await bankOf(bankId)).toMatchObject({ itemCount: 8, keys: 'sealed', isInUse: false });
  });

  test('keys that are no pair with the questions are refused, and nothing of either is installed', async () => {
    await protectFolder(app);
    const [one, other] = [eightItems, sealedFiles(3)];
    const { files } = app.host.context;
    const tokens = {
      questions: files.put('题目.zhbank', one.questions).token,
      keys: files.put('答案.zhkeys', other.keys).token,
    };
    const reply = await app.call('bank/getPackage', tokens);
    expect(reply).toMatchObject({ ok: false, failure: { code: 'BANK_PARTS_DIFFER' } });
    expect((await app.value('bank/list', {})).banks).toHaveLength(1);
  });

  test('an item number belongs to one bank: a bank that uses a number of the trial bank stays out', async () => {
    await protectFolder(app);
    const [taken] = app.host.context.registry.bank.items;
    if (taken === undefined) throw new Error('the shipped bank has items');
    const bank = privateBank();
    const files = sealBank({ bank: { ...bank, items: [{ ...taken, enemies: [] }] } });
    const reply = await installBank(app, files).catch((error: Error) => error.message);
    expect(reply).toContain('BANK_ITEM_ID_TAKEN');
  });
});

describe('a private bank with closed keys', () => {
  test('shows, finds and counts its questions', async () => {
    await seeded();
    const { bank, items } = await app.value('item/list', {});
    expect(bank).toMatchObject({ isPublic: false, keys: 'closed', mayEdit: false });
    expect(items).toHaveLength(8);
    const view = await app.value('item/get', { itemId: items[0]?.itemId ?? '' });
    expect(view.hasKey).toBe(false);
    expect(view.item.stem.length).toBeGreaterThan(5);
    expect(view.item.key).toEqual([]);
    expect(viewsOf()).toEqual([]);
  });

  test('refuses whatever needs keys, and says what to do', async () => {
    await seeded();
    const itemId = await firstId();
    const view = await app.value('item/get', { itemId });
    const item = JSON.parse(JSON.stringify(view.item)) as ItemDraft;
    const refusals = [
      await app.call('item/update', { item, basedOn: '1.0.0', by: '李编辑', note: '改写' }),
      await app.call('item/getCheck', { item }),
      await app.call('item/getChoices', {}),
      await app.call('item/listFindings', {}),
      await app.call('item/updateStatus', { itemId, status: 'pilot', by: '李编辑', reason: '试测' }),
      await app.call('item/runWithdrawal', { itemId, by: '李编辑', reason: '停用', jobId: jobId.parse('a') }),
      await app.call('item/runCorrection', {
        itemId,
        by: '李编辑',
        reason: '更正',
        newKey: ['B'],
        jobId: jobId.parse('b'),
      }),
    ];
    expect(refusals.map((reply) => (reply.ok ? 'ok' : reply.failure.code))).toEqual(
      Array.from(refusals, () => 'BANK_KEYS_CLOSED'),
    );
    const moved = await app.call('item/updateStatus', {
      itemId,
      status: 'hold',
      by: '李编辑',
      reason: '先停一停',
    });
    expect(moved.ok).toBe(true);
  });

  test('opens with its own passphrase only, and closes when it is told to and with 锁定', async () => {
    const bankId = await seeded();
    for (const wrong of [folderPassphrase, passphrases.questions])
      expect(await openBank(app, bankId, wrong)).toMatchObject({
        ok: false,
        failure: { code: 'WRONG_PASSPHRASE' },
      });
    await openBank(app, bankId);
    expect((await bankOf(bankId)).keys).toBe('open');
    const itemId = await firstId();
    expect((await app.value('item/get', { itemId })).item.key).not.toEqual([]);
    await app.value('bank/runClosing', { bankId });
    expect((await app.value('item/get', { itemId })).item.key).toEqual([]);
    await openBank(app, bankId);
    await app.value('app/runLock', {});
    await app.value('app/runUnlock', { passphrase: folderPassphrase });
    expect((await app.value('item/get', { itemId })).item.key).toEqual([]);
  });
});

describe('a private bank with open keys', () => {
  test('is edited like any other, and the database holds the edit without its key', async () => {
    const bankId = await seeded();
    await openBank(app, bankId);
    const itemId = await firstId();
    const { item } = await app.value('item/get', { itemId });
    const draft = JSON.parse(JSON.stringify({ ...item, stem: '改写过的题干，读起来更顺。' })) as ItemDraft;
    const saved = await app.call('item/update', {
      item: draft,
      basedOn: '1.0.0',
      by: '李编辑',
      note: '改得好读',
    });
    expect(saved).toMatchObject({ ok: true, value: { version: '1.1.0' } });
    const row = app.host.context.vault
      .storage()
      .db.connection.prepare<[], { document: string; bank: string }>(
        'SELECT document_json AS document, bank_id AS bank FROM item_version',
      )
      .get();
    expect(row?.bank).toBe(bankId);
    expect(row?.document).toContain('改写过的题干');
    expect(item.rationale).toContain('保密解析');
    expect(row?.document).not.toContain('保密');
    await app.value('bank/runClosing', { bankId });
    const closed = await app.value('item/get', { itemId });
    expect([closed.item.stem, closed.item.version, closed.item.key]).toEqual([
      '改写过的题干，读起来更顺。',
      '1.1.0',
      [],
    ]);
    await openBank(app, bankId);
    const open = await app.value('item/get', { itemId });
    expect([open.item.key, open.item.rationale]).toEqual([item.key, item.rationale]);
  });

  test('an item is looked up in its own bank, whichever is in use; the counts of versions stay apart', async () => {
    const bankId = await seeded();
    await openBank(app, bankId);
    const itemId = await firstId();
    await app.value('item/updateStatus', { itemId, status: 'hold', by: '李编辑', reason: '先停一停' });
    await app.value('bank/updateInUse', { bankId: 'trial-2026' });
    expect((await app.value('item/get', { itemId })).bank).toMatchObject({ id: bankId, version: '1.0.0+1' });
    expect((await app.value('item/list', {})).bank).toMatchObject({ id: 'trial-2026', isPublic: true });
    const trial = app.host.context.registry.bank.meta.version;
    expect((await bankOf('trial-2026')).version).toBe(trial);
  });

  test('leaves one record for every view, with version, role, place and the name of the viewer', async () => {
    const bankId = await seeded();
    await openBank(app, bankId);
    const itemId = await firstId();
    await app.value('item/get', { itemId, viewer: '李编辑' });
    await app.value('item/updateStatus', { itemId, status: 'hold', by: '王主管', reason: '先停一停' });
    expect(viewsOf()).toMatchObject([
      { itemId, bankId, version: '1.0.0', role: 'itemEditor', via: 'itemPage', by: '王主管' },
      { itemId, bankId, version: '1.0.0', role: 'itemEditor', via: 'itemPage', by: '李编辑' },
    ]);
    await app.value('app/updateRole', { role: 'statistician' });
    expect((await app.value('item/get', { itemId })).hasKey).toBe(false);
    await app.value('app/updateRole', { role: 'administrator' });
    await app.value('bank/updateInUse', { bankId: 'trial-2026' });
    await app.value('item/get', { itemId: app.host.context.registry.bank.items[0]?.id ?? '' });
    expect(viewsOf()).toHaveLength(2);
  });

  test('查看记录 finds views by item and day, and the chain of the log is whole until somebody changes it', async () => {
    const bankId = await seeded();
    await openBank(app, bankId);
    const { items } = await app.value('item/list', {});
    for (const { itemId } of items.slice(0, 3)) await app.value('item/get', { itemId });
    const find = (search: string, day: string | null = null) =>
      app.value('bank/listKeyEvents', { search, day, offset: 0, limit: 100 });
    expect((await find(items[1]?.itemId ?? '')).events.map(({ action }) => action)).toEqual([
      'item.keyViewed',
    ]);
    const all = await find(bankId, '2025-10-15');
    expect(all.events.map(({ action }) => action)).toEqual([
      'item.keyViewed',
      'item.keyViewed',
      'item.keyViewed',
      'bank.keysOpened',
      'bank.installed',
      'bank.installed',
    ]);
    expect((await find('', '2025-10-14')).total).toBe(0);
    const whole = await app.value('bank/getLogCheck', {});
    expect(whole.brokenAt).toBeNull();
    expect(whole.eventCount).toBeGreaterThan(5);
    const { connection } = app.host.context.vault.storage().db;
    connection.exec('DROP TRIGGER IF EXISTS audit_event_no_update');
    connection.exec("UPDATE audit_event SET subject = 'K-01-ME-999' WHERE audit_number = 2");
    expect((await app.value('bank/getLogCheck', {})).brokenAt).toBe(2);
  });

  test('封存导出 gives two files that another folder installs and opens with the passphrases chosen here', async () => {
    const bankId = await seeded();
    await openBank(app, bankId);
    const made = await app.value('bank/createFiles', {
      bankId,
      formIds: null,
      passphrases: { questions: '早晨 集市 豆浆 油条', keys: '黄昏 码头 渔船 灯塔' },
    });
    expect([made.itemCount, made.questions.fileName.endsWith('题目.zhbank')]).toEqual([8, true]);
    const other = await openTestHost();
    await protectFolder(other);
    const from = app.host.context.files;
    const put = (token: string) =>
      other.host.context.files.put('f', from.get(token)?.bytes ?? Buffer.alloc(0)).token;
    await other.value('bank/runInstallation', {
      questions: put(made.questions.token),
      keys: put(made.keys.token),
      passphrase: '早晨 集市 豆浆 油条',
      confirmedSigner: made.signer,
    });
    expect(await openBank(other, bankId, '黄昏 码头 渔船 灯塔')).toMatchObject({ ok: true });
    other.close();
    removeFolder(other.dataDir);
  });
});
