/** Sources recorded for a private bank: what an item rests on tells what is right, so they lie sealed. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';
import { installBank, openBank, protectFolder, sealedFiles } from '../../support/privateBank';

const title = '某某标准二〇二六年版';

let app: TestHost;
beforeEach(async () => {
  app = await openTestHost();
  await protectFolder(app);
});
afterEach(() => {
  app.close();
  removeFolder(app.dataDir);
});

const documents = (): string =>
  app.host.context.vault
    .storage()
    .db.connection.prepare<[], { text: string }>(
      "SELECT group_concat(document_json || coalesce(superseded_by, ''), char(10)) AS text FROM item_reference",
    )
    .get()?.text ?? '';

test('a source is sealed in the database, gone while answers are closed, and whole again after opening', async () => {
  const bankId = await installBank(app, sealedFiles(3));
  await openBank(app, bankId);
  const saved = await app.value('reference/update', {
    referenceId: null,
    basedOn: null,
    fields: { title, issuer: '某某局', type: '标准', date: '', clause: '' },
    by: '李编辑',
    note: '新增',
  });
  expect(saved.title).toBe(title);
  expect(documents()).toContain('"tag"');
  expect(documents()).not.toContain(title);

  await app.value('bank/runClosing', { bankId });
  expect(await app.call('reference/list', {})).toMatchObject({ failure: { code: 'BANK_KEYS_CLOSED' } });
  await openBank(app, bankId);
  const { referenceId } = saved;
  expect(await app.value('reference/get', { referenceId })).toMatchObject({ title, version: 1 });
});
