/** Items by the screen: a bad cell keeps all of them out, the corrected file brings them in, the export has them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { value, visit } from '../../support/e2e/hosts';
import { goodItemFile, itemFileWithError, newItemIds } from '../../support/e2e/itemFiles';
import type { SpecContext } from '../../support/e2e/spec';
import { readBook, sheetRows } from '../../support/e2e/workbooks';

export function itemImport({ host, browser }: SpecContext): void {
  describe(`${host.name}: bringing items in`, () => {
    let session: Session;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir() });
      await value(session, 'app/updateRole', { role: 'itemEditor' });
      await session.reload();
    });
    afterAll(() => session.close());

    const itemCount = async (): Promise<number> => (await value(session, 'item/list', {})).items.length;

    it('a bad cell is shown with sheet, row, column and value, and nothing comes in', async () => {
      const before = await itemCount();
      const { page } = session;
      await visit(session, '/items');
      await page.getByRole('button', { name: '导入题目' }).click();
      await session.chooseFile(itemFileWithError(), () =>
        page.getByRole('button', { name: '选择文件' }).click(),
      );
      await page.getByText('还不能导入').waitFor();
      const errors = await page.getByRole('region', { name: '错误' }).innerText();
      for (const text of ['题目', '2', 'R', '预估正确率', '很容易', '0 到 1']) expect(errors).toContain(text);
      expect(await page.locator('[data-test="run-import"]').count()).toBe(0);
      expect(await itemCount()).toBe(before);
    });

    it('the corrected file is imported by name, with its new source, and leads to its items', async () => {
      const before = await itemCount();
      const { page } = session;
      await session.chooseFile(goodItemFile(), () =>
        page.getByRole('button', { name: '选择改好的文件' }).click(),
      );
      await page.getByText('可以导入。').waitFor();
      await page.getByText('依据（新增）：生活饮用水卫生标准').waitFor();
      await page.getByLabel('导入人姓名').fill('李编辑');
      await page.locator('[data-test="run-import"]').click();
      await page.getByText('2 道新题').waitFor();
      await page.getByRole('button', { name: '看这批题' }).click();
      await page.getByText(`2 / ${before + 2} 题`).waitFor();
      for (const id of newItemIds) await page.getByRole('link', { name: id }).waitFor();
    });

    it('the items listed go out into a workbook that opens, with their keys', async () => {
      const { page } = session;
      await page.getByRole('button', { name: '导出题目' }).click();
      await page.getByText('筛选出的 2 题').click();
      await page.getByLabel('您的姓名（记入日志）').fill('李编辑');
      const file = await session.saveFile(() =>
        page.getByRole('button', { name: '导出', exact: true }).click(),
      );
      const rows = sheetRows(readBook(file.bytes), '题目');
      const key = (rows[0] ?? []).findIndex((cell) => String(cell).startsWith('答案'));
      expect(rows.slice(2).map((row) => [row[0], row[key]])).toEqual([
        [newItemIds[0], 'A'],
        [newItemIds[1], '错'],
      ]);
    });
  });
}
