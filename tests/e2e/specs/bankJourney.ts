/** A private bank from nothing: folder passphrase, bank, source, item, lock, closed answers, opened again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { call, value, visit } from '../../support/e2e/hosts';
import type { SpecContext } from '../../support/e2e/spec';

const folderPassphrase = '夏天的池塘里有蜻蜓和荷叶';
const keysPassphrase = '冬天 山谷 雪松 木屋';
const itemId = 'K-11-ME-901';

export function bankJourney({ host, browser }: SpecContext): void {
  describe(`${host.name}: a private bank is made, locked and opened`, () => {
    let session: Session;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir() });
      await value(session, 'app/updateRole', { role: 'administrator' });
      await session.reload();
    });
    afterAll(() => session.close());

    const openKeys = async (): Promise<void> => {
      const { page } = session;
      await page.getByRole('button', { name: '打开答案' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('答案口令').fill(keysPassphrase);
      await dialog.getByRole('button', { name: '打开答案' }).click();
      await page.getByRole('button', { name: '关闭答案' }).waitFor();
    };

    it('a folder without a passphrase is led to set one', async () => {
      const { page } = session;
      await visit(session, '/banks');
      await page.getByRole('note').getByRole('link', { name: '存储与口令' }).click();
      await page.locator('#next-passphrase').fill(folderPassphrase);
      await page.locator('#repeated-passphrase').fill(folderPassphrase);
      await page.getByText('我已了解口令无法找回').click();
      await page.getByRole('button', { name: '设置口令' }).click();
      await page.getByRole('heading', { name: '更改口令' }).waitFor();
    });

    it('the bank is made and opened with its own passphrase, and takes a source and an item', async () => {
      const { page } = session;
      await visit(session, '/banks');
      await page.getByRole('button', { name: '新建保密题库' }).click();
      await page.getByLabel('题库名称').fill('某市保密题库');
      await page.getByLabel('答案口令', { exact: true }).fill(keysPassphrase);
      await page.getByLabel('答案口令，再输一次').fill(keysPassphrase);
      await page.getByRole('button', { name: '新建题库' }).click();
      await openKeys();
      const row = page.getByRole('row', { name: /某市保密题库/ });
      await row.getByRole('button', { name: '设为当前题库' }).click();
      await row.getByText('使用中').waitFor();
      const source = { title: '教科书', issuer: '出版社', type: 'textbook', date: '', clause: '' };
      const added = { referenceId: null, basedOn: null, fields: source, by: '李编辑', note: '新建' };
      const { referenceId } = await value(session, 'reference/update', added);
      await value(session, 'item/update', {
        item: {
          id: itemId,
          version: '1.0.0',
          status: 'draft',
          dimension: 'K',
          benchmark: { doc: '2016', no: 11 },
          area: 'ME',
          type: 'tf',
          stem: '水在标准大气压下一百度沸腾。',
          key: ['对'],
          scoring: { points: 2, rule: 'all_or_none' },
          rationale: '标准大气压下水的沸点约为一百摄氏度。',
          references: [{ ref: referenceId, fact: '水的沸点' }],
          difficulty: { p_prior: 0.8, se: 0.1, basis: '专家' },
          irt: { model: 'Rasch', a: 1, b: 0, c: 0, source: 'prior' },
          time_sec: 20,
          authors: ['李编辑'],
        },
        basedOn: null,
        by: '李编辑',
        note: '新题',
      });
    });

    it('after 锁定 the question is there and its answer is not', async () => {
      const { page } = session;
      await visit(session, '/security');
      await page.getByRole('button', { name: '立即锁定' }).click();
      await page.locator('#passphrase').fill(folderPassphrase);
      await page.getByRole('button', { name: '解锁' }).click();
      await page.getByRole('heading', { level: 1, name: '存储与口令' }).waitFor();
      await visit(session, `/items/${itemId}`);
      await page.getByText('答案封着，这里只有题面').waitFor();
      const view = await value(session, 'item/get', { itemId });
      expect([view.item.stem, view.item.key, view.hasKey]).toEqual([
        '水在标准大气压下一百度沸腾。',
        [],
        false,
      ]);
      const refused = await call(session, 'item/listFindings', {});
      expect(refused).toMatchObject({ ok: false, failure: { code: 'BANK_KEYS_CLOSED' } });
    });

    it('opened again, it is whole, and the log says who opened it and that nothing was changed', async () => {
      const { page } = session;
      await visit(session, '/banks');
      await openKeys();
      expect((await value(session, 'item/get', { itemId })).item.key).toEqual(['对']);
      await page.getByRole('button', { name: '校验日志' }).click();
      await page.getByText(/日志完整/).waitFor();
      const { events } = await value(session, 'bank/listKeyEvents', {
        search: '',
        day: null,
        offset: 0,
        limit: 50,
      });
      const actions = events.map(({ action }) => action);
      expect(actions.filter((action) => action === 'bank.keysOpened')).toHaveLength(2);
      expect(actions).toEqual(expect.arrayContaining(['item.keyViewed', 'bank.keysClosed', 'bank.created']));
    });
  });
}
