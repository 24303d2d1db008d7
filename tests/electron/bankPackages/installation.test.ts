/** Private banks in a folder: who may install what, versions, packs, banks made here, and the journal behind it all. */
import { readdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ItemBank } from '@shared/assessment/bank';
import { splitItem } from '@shared/assessment/secrecy/splitItem';
import type { Result } from '@shared/domain/result';
import { createPrivateBank, installKeys, installQuestions } from '@electron/backend/bankPackages/installBank';
import { closeBankKeys, openBankKeys } from '@electron/backend/bankPackages/openKeys';
import {
  findPrivateBank,
  listPrivateBanks,
  readPrivateBank,
} from '@electron/backend/bankPackages/privateBank';
import { openSecret, openedVersion, sealSecret, sealedVersion } from '@electron/backend/bankPackages/secrets';
import { sealInstalledBank } from '@electron/backend/bankPackages/sealInstalled';
import type { SealedBank } from '@electron/backend/bankPackages/sealPackage';
import { saveItemVersion } from '@electron/backend/database/repositories/items';
import { getItemSecret } from '@electron/backend/database/repositories/privateBanks';
import { findBank } from '@electron/backend/usecases/items/currentBank';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { newSigningKey, passphrases, privateBank, privateBankId, sealed } from './sealedBank';

const folderPassphrase = '数据目录口令 很长 不外传';
const key = newSigningKey();
const whole = privateBank();
const alone = whole.items
  .filter(({ type, stimulus }) => type === 'single' && stimulus === undefined)
  .slice(0, 4)
  .map((item) => ({ ...item, enemies: [] }));

const bankOf = (version: string, items: ItemBank['items'] = alone): ItemBank => ({
  ...whole,
  meta: { ...whole.meta, version },
  items,
});
const first = sealed({ bank: bankOf('1.0.0'), signingKey: key });

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.failure.code);

let app: TestHost;
const context = () => app.host.context;
const questionsOf = ({ questions }: SealedBank) =>
  installQuestions(context(), { name: '题.zhbank', bytes: questions }, passphrases.questions);
const keysOf = ({ keys }: SealedBank) => installKeys(context(), { name: '答.zhkeys', bytes: keys });
const open = (passphrase: string = passphrases.keys) => openBankKeys(context(), privateBankId, passphrase);
const items = () => readPrivateBank(context(), privateBankId)?.bank.items;

beforeEach(async () => {
  app = await openTestHost();
  value(app.host.context.vault.setPassphrase('', folderPassphrase));
});
afterEach(() => {
  app.close();
  removeFolder(app.dataDir);
});

test('a folder that opens without a passphrase takes no private bank', async () => {
  const plain = await openTestHost();
  const { context: host } = plain.host;
  const file = { name: 'x', bytes: first.questions };
  expect(codeOf(installQuestions(host, file, passphrases.questions))).toBe('BANK_NEEDS_PASSPHRASE');
  expect(codeOf(installKeys(host, { name: 'x', bytes: first.keys }))).toBe('BANK_NEEDS_PASSPHRASE');
  expect(codeOf(createPrivateBank(host, { title: '新题库', keysPassphrase: passphrases.keys }))).toBe(
    'BANK_NEEDS_PASSPHRASE',
  );
  expect(listPrivateBanks(host)).toEqual([]);
  plain.close();
  removeFolder(plain.dataDir);
});

describe('versions of one bank', () => {
  test('a newer one is a further revision; an older one, another signer and the same file are refused', async () => {
    value(questionsOf(first));
    const [item, ...rest] = alone;
    if (item === undefined) throw new Error('the bank has items');
    const changed = { ...item, version: '1.1.0', stem: `${item.stem}（新）` };
    const newer = sealed({ bank: bankOf('1.1.0', [changed, ...rest]), signingKey: key });
    value(questionsOf(newer));
    expect(findPrivateBank(context(), privateBankId)).toMatchObject({
      version: '1.1.0',
      keys: 'absent',
      packageIds: [first.packageId, newer.packageId],
    });
    expect(items()?.[0]?.stem).toBe(changed.stem);
    expect(codeOf(questionsOf(sealed({ bank: bankOf('1.0.5'), signingKey: key })))).toBe('BANK_NOT_NEWER');
    expect(codeOf(questionsOf(sealed({ bank: bankOf('2.0.0') })))).toBe('BANK_SIGNER_CHANGED');
    expect(codeOf(questionsOf(newer))).toBe('BANK_ALREADY_INSTALLED');
    value(keysOf(first));
    expect(findPrivateBank(context(), privateBankId)?.keys).toBe('closed');
    value(keysOf(newer));
    value(await open());
    expect(findPrivateBank(context(), privateBankId)?.keys).toBe('open');
    expect(items()).toEqual([changed, ...rest]);
  });

  test('each passphrase opens its own keys; the bank is open once the newest are', async () => {
    value(questionsOf(first));
    value(keysOf(first));
    const other = { ...passphrases, keys: '另一答案口令 明月 松间 清泉' };
    const newer = sealed({ bank: bankOf('1.1.0'), signingKey: key, passphrases: other });
    value(questionsOf(newer));
    value(keysOf(newer));
    expect(value(await open()).openedCount).toBe(1);
    expect(findPrivateBank(context(), privateBankId)?.keys).toBe('closed');
    expect(value(await open(other.keys)).openedCount).toBe(1);
    expect(findPrivateBank(context(), privateBankId)?.keys).toBe('open');
  });
});

describe('a bank made here', () => {
  const title = '本市新题库';
  const [item] = alone;
  if (item === undefined) throw new Error('the bank has items');
  const draft = { ...item, id: item.id.replace('-P', '-Q'), version: '1.0.0', status: 'draft' as const };

  async function made(): Promise<string> {
    expect(codeOf(createPrivateBank(context(), { title, keysPassphrase: '短' }))).toBe(
      'BANK_PASSPHRASE_WEAK',
    );
    const bankId = value(createPrivateBank(context(), { title, keysPassphrase: passphrases.keys }));
    expect(findPrivateBank(context(), bankId)).toMatchObject({ title, keys: 'closed', origin: 'created' });
    return bankId;
  }

  const store = (bankId: string): Result<null> => {
    const { db } = context().vault.storage();
    return db.transact(() => {
      const document = sealedVersion(context(), bankId, draft);
      if (!document.ok) return document;
      return saveItemVersion(db, {
        itemId: draft.id,
        version: draft.version,
        bankId,
        previousVersion: null,
        origin: 'edit',
        document: document.value,
        author: '李编辑',
        note: '',
      });
    });
  };

  test('keeps an item only while its keys are open, its secret sealed, and gives it back whole', async () => {
    const bankId = await made();
    expect(codeOf(store(bankId))).toBe('BANK_KEYS_CLOSED');
    value(await openBankKeys(context(), bankId, passphrases.keys));
    value(store(bankId));
    const { question, secret } = splitItem(draft);
    expect(openedVersion(context(), bankId, question)).toEqual(draft);
    const { db } = context().vault.storage();
    const kept = getItemSecret(db, draft.id, draft.version);
    expect(openSecret(context(), { itemId: draft.id, version: '1.0.0' }, kept)).toEqual(secret);
    expect(openSecret(context(), { itemId: draft.id, version: '1.0.1' }, kept)).toBeNull();
    value(closeBankKeys(context(), bankId));
    expect(openedVersion(context(), bankId, question)).toEqual(question);
    expect(codeOf(sealSecret(context(), bankId, { itemId: draft.id, version: '1.0.0', secret }))).toBe(
      'BANK_KEYS_CLOSED',
    );
  });

  test('sealed whole it is the same bank in another folder', async () => {
    const bankId = await made();
    value(await openBankKeys(context(), bankId, passphrases.keys));
    value(store(bankId));
    const files = value(sealInstalledBank(context(), bankId, { what: 'whole', passphrases }));
    expect(files.itemCount).toBe(1);
    value(closeBankKeys(context(), bankId));
    expect(codeOf(sealInstalledBank(context(), bankId, { what: 'whole', passphrases }))).toBe(
      'BANK_KEYS_CLOSED',
    );
    const other = await openTestHost();
    const host = other.host.context;
    value(host.vault.setPassphrase('', folderPassphrase));
    value(installQuestions(host, { name: 'x', bytes: files.questions }, passphrases.questions));
    value(installKeys(host, { name: 'x', bytes: files.keys }));
    value(await openBankKeys(host, bankId, passphrases.keys));
    const installed = findBank(host, bankId);
    expect(installed?.bank.meta).toMatchObject({ title, version: '0.1.1' });
    expect(installed?.bank.items.map(({ id, key: answer }) => [id, answer])).toEqual([[draft.id, draft.key]]);
    other.close();
    removeFolder(other.dataDir);
  });
});

test('the journal alone rebuilds banks, forms and sealed secrets', async () => {
  value(questionsOf(first));
  value(keysOf(first));
  app.close();
  for (const name of readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' }))
    if (/\.db(-wal|-shm)?$|backup[\\/].+/.test(name))
      rmSync(`${app.dataDir}/${name}`, { recursive: true, force: true });
  app = await openTestHost(app.dataDir);
  value(app.host.context.vault.unlock(folderPassphrase));
  expect(findPrivateBank(context(), privateBankId)?.keys).toBe('closed');
  value(await open());
  expect(items()).toEqual(alone);
});

test.each(['private_bank', 'item_secret'])('rows of %s can neither change nor go', (table) => {
  value(questionsOf(first));
  const { connection } = context().vault.storage().db;
  connection
    .prepare(
      "INSERT INTO item_secret VALUES ('K-02-ME-Q001', '1.0.0', 'city-2026', '{}', '2026-11-22T08:00:00Z')",
    )
    .run();
  expect(() => connection.prepare(`UPDATE ${table} SET bank_id = ''`).run()).toThrow(/append-only/);
  expect(() => connection.prepare(`DELETE FROM ${table}`).run()).toThrow(/append-only/);
});
