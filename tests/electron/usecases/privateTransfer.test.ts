/** Item files of a private bank: they carry keys, so they go in and out only while answers are open, and leave a trace. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { read, utils, write } from 'xlsx';
import { jobId } from '@shared/domain/ids';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { readItemFileHere } from '@electron/backend/usecases/itemExchange';
import { exportWorkbook } from '@electron/backend/usecases/items/exportItems';
import { importItemFile } from '@electron/backend/usecases/items/importItemFile';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { installBank, openBank, protectFolder, sealedFiles, secretWords } from '../../support/privateBank';

let app: TestHost;
let bankId: string;
beforeEach(async () => {
  app = await openTestHost();
  await protectFolder(app);
  bankId = await installBank(app, sealedFiles(4));
  await openBank(app, bankId);
});
afterEach(() => {
  app.close();
  removeFolder(app.dataDir);
});

const context = () => app.host.context;
const exported = () => exportWorkbook(context(), { itemIds: null, viewer: '李编辑' });
const bringIn = (bytes: Uint8Array) => {
  const { token } = context().files.put('题目.xlsx', Buffer.from(bytes));
  return context().jobs.run(jobId.parse('bring-in'), (job) =>
    importItemFile(context(), { token, defaults: null, by: '李编辑' }, job, readItemFileHere),
  );
};

/** The exported workbook with every stem reworded, as a person would in an office program. */
function reworded(bytes: Uint8Array): Uint8Array {
  const workbook = read(bytes);
  const sheet = workbook.Sheets['题目'];
  if (sheet === undefined) throw new Error('no sheet 题目');
  const rows = utils.sheet_to_json<(string | number | null)[]>(sheet, { header: 1, defval: null });
  const stem = (rows[0] ?? []).findIndex((cell) => String(cell).startsWith('题干'));
  for (const row of rows.slice(1)) if (row[stem] !== null) row[stem] = `请问，${String(row[stem])}`;
  workbook.Sheets['题目'] = utils.aoa_to_sheet(rows);
  return write(workbook, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array;
}

/** Everything any table holds, as text. */
function everythingStored(): string {
  const { connection } = context().vault.storage().db;
  const tables = connection
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all();
  return JSON.stringify(tables.map(({ name }) => connection.prepare(`SELECT * FROM "${name}"`).all()));
}

test('an exported, reworded and re-imported bank lies sealed, and every key that went out is on record', async () => {
  const file = exported();
  if (!file.ok) throw new Error(file.failure.code);
  const views = listAudit(context().vault.storage().db, 100).filter(
    ({ action }) => action === 'item.keyViewed',
  );
  expect(views).toHaveLength(4);
  expect(JSON.stringify(read(file.value.bytes).Sheets)).toContain(secretWords[0]);

  expect(await bringIn(reworded(file.value.bytes))).toMatchObject({ ok: true, value: { versionCount: 4 } });
  const { items } = await app.value('item/list', {});
  expect(items.every(({ stem }) => stem.startsWith('请问，'))).toBe(true);
  const stored = everythingStored();
  expect(stored).toContain('请问，');
  for (const word of secretWords) expect(stored).not.toContain(word);
  const { item } = await app.value('item/get', { itemId: items[0]?.itemId ?? '' });
  expect(item.key.length).toBeGreaterThan(0);
  expect(item.rationale).toContain(secretWords[0]);
});

test('while answers are closed nothing goes out and nothing comes in', async () => {
  const file = exported();
  if (!file.ok) throw new Error(file.failure.code);
  await app.value('bank/runClosing', { bankId });
  const before = everythingStored();
  expect(exported()).toMatchObject({ ok: false, failure: { code: 'BANK_KEYS_CLOSED' } });
  expect(await bringIn(reworded(file.value.bytes))).toMatchObject({
    ok: false,
    failure: { code: 'BANK_KEYS_CLOSED' },
  });
  expect(everythingStored()).toBe(before);
});
