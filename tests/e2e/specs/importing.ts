/** Bringing data in by the screen: a good table, the same again, a bad one, and files that are no tables at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SurveyId } from '../../../shared/domain/ids';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { value, visit } from '../../support/e2e/hosts';
import { createSurvey, suzhouUnits } from '../../support/e2e/settings';
import type { SpecContext } from '../../support/e2e/spec';
import type { FilledTemplate, Rows } from '../../support/e2e/workbooks';
import { fillTemplate, writeBook, writeFile } from '../../support/e2e/workbooks';

const respondents = 60;
const megabyte = 2 ** 20;
/** First bytes of an OLE file: the old .xls, and also what Excel writes for a workbook with a password. */
const oleHead = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const encryptedHead = Buffer.concat([
  oleHead,
  Buffer.alloc(504),
  Buffer.from('EncryptedPackage', 'utf16le'),
  Buffer.alloc(2000),
]);
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

export function importing({ host, browser }: SpecContext): void {
  describe(`${host.name}: bringing answers in`, () => {
    let session: Session;
    let surveyId: SurveyId;
    let table: FilledTemplate;
    let goodFile: string;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir() });
      surveyId = await createSurvey(session);
    });
    afterAll(() => session.close());

    const openPage = async (): Promise<void> => {
      await visit(session, '/');
      await session.page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
      await visit(session, `/surveys/${surveyId}/import`);
      await session.page.getByRole('button', { name: '选择文件' }).waitFor();
    };
    const choose = async (path: string): Promise<void> => {
      await openPage();
      const { page } = session;
      await session.chooseFile(path, () => page.getByRole('button', { name: '选择文件' }).click());
    };
    const check = async (path: string): Promise<void> => {
      await choose(path);
      await session.page.getByRole('button', { name: '检查全部数据' }).click();
    };
    const importedCases = async (): Promise<number> => {
      const filter = { origin: 'import' as const, search: '', offset: 0, limit: 1 };
      return (await value(session, 'interview/list', { surveyId, ...filter })).total;
    };
    const book = (rows: Rows): string => writeBook('答卷.xlsx', '答卷', [[...table.headers], ...rows]);

    it('the template downloads and a person can fill in 60 respondents', async () => {
      await openPage();
      const { page } = session;
      const template = await session.saveFile(() =>
        page.getByRole('button', { name: '下载答卷模板' }).click(),
      );
      const { regionNames } = await value(session, 'plan/get', { planId: 'suzhou' });
      table = fillTemplate(
        template.bytes,
        respondents,
        suzhouUnits.map((code) => regionNames[code] ?? code),
      );
      goodFile = book(table.rows);
      expect(table.headers.length).toBeGreaterThan(50);
    });

    it('a bad table gives the list of cells – sheet, row, column, value, remedy – and imports nothing', async () => {
      const rows = table.rows.map((row) => [...row]);
      const spoil = (row: number, pattern: RegExp, cell: string | number): void => {
        const target = rows[row];
        if (target !== undefined) target[table.column(pattern)] = cell;
      };
      spoil(0, /权/, 0);
      spoil(1, /权/, '很大');
      spoil(2, /样本编号/, 'T0001');
      spoil(3, /区县|镇街|地区/, '鼓楼区');
      await check(book(rows));
      const { page } = session;
      await page.getByText('还不能导入').waitFor();
      const listed = await page.getByRole('region', { name: '错误' }).innerText();
      for (const value of ['很大', 'T0001', '鼓楼区', '答卷']) expect(listed).toContain(value);
      for (const row of ['2', '3', '4', '5']) expect(listed).toMatch(new RegExp(`\\b${row}\\b`));
      expect(await page.locator('[data-test="run-import"]').isDisabled()).toBe(true);
      expect(await importedCases()).toBe(0);
    });

    it('a missing column is named in one sentence', async () => {
      const gone = table.column(/样本编号/);
      const without = (row: readonly (string | number | null)[]): Rows[number] =>
        row.filter((_cell, column) => column !== gone);
      await choose(writeBook('缺列.xlsx', '答卷', [without([...table.headers]), ...table.rows.map(without)]));
      const { page } = session;
      await page.getByRole('button', { name: '检查全部数据' }).click();
      await expect.poll(() => page.locator('main').innerText()).toMatch(/缺少|没有.*样本编号|样本编号.*没有/);
      expect(await importedCases()).toBe(0);
    });

    it('formulas in cells are refused, never computed', async () => {
      const path = writeBook('公式.xlsx', '答卷', [[...table.headers], ...table.rows], (workbook) => {
        const sheet = workbook.Sheets['答卷'];
        if (sheet !== undefined) sheet['A2'] = { t: 's', v: 'T0001', f: 'CONCATENATE("T","0001")' };
      });
      await choose(path);
      const { page } = session;
      await page.getByRole('button', { name: '检查全部数据' }).or(page.getByText(/公式/)).first().waitFor();
      const button = page.getByRole('button', { name: '检查全部数据' });
      if (await button.isVisible()) await button.click();
      await page.getByText(/公式/).first().waitFor();
      expect(await importedCases()).toBe(0);
    });

    it.each([
      ['an empty file', '空.xlsx', Buffer.alloc(0), /文件是空的/],
      ['a file of 50 MB', '大.xlsx', Buffer.alloc(50 * megabyte, 1), /文件超过 \d+ MB/],
      ['an old .xls', '旧.xls', Buffer.concat([oleHead, Buffer.alloc(3000)]), /不支持这种文件|损坏/],
      ['a picture', '图.png', png, /不支持这种文件/],
      ['a workbook with a password', '密.xlsx', encryptedHead, /设有密码/],
      ['bytes that are no workbook', '坏.xlsx', Buffer.from('PK\u0003\u0004 not a zip'), /损坏/],
    ])('%s gives one Chinese sentence', async (_what, name, bytes, sentence) => {
      await choose(writeFile(name, bytes));
      const notice = session.page.getByText(sentence);
      await notice.first().waitFor();
      expect(await notice.count()).toBe(1);
      expect(await session.page.locator('main').innerText()).not.toMatch(/Error|undefined|at \w+ \(/);
      expect(await importedCases()).toBe(0);
    });

    it('the good table is imported as a whole', async () => {
      await check(goodFile);
      const run = session.page.locator('[data-test="run-import"]');
      await run.waitFor();
      await session.page.getByText('可以导入').waitFor();
      await run.click();
      await session.page.getByText(/已导入 60 行/).waitFor();
      expect(await importedCases()).toBe(respondents);
    });

    it('the same table again is recognised and refused', async () => {
      await choose(goodFile);
      await session.page.getByText('内容完全相同的文件已在').waitFor();
      expect(await importedCases()).toBe(respondents);
    });
  });
}
