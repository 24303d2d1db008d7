/** Answers and margins brought in through the contract: once each, and never into generated data. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { utils, write } from 'xlsx';
import { parseWorkbookBytes } from '@electron/backend/workbooks/parseWorkbookBytes';
import type { ImportMapping } from '@shared/contract/areas/imports';
import type { SurveyId } from '@shared/domain/ids';
import { fillTemplate } from '../../support/e2e/workbooks';
import type { Rows } from '../../support/e2e/workbooks';
import { openTestHost, removeFolder } from '../../support/host';
import type { TestHost } from '../../support/host';

/** The worker is a built file; here the reader it runs is called directly. */
vi.mock('@electron/backend/workbooks/parseInWorker', () => ({
  parseInWorker: (bytes: Uint8Array, fileName: string) => parseWorkbookBytes({ bytes, fileName }),
}));

let app: TestHost;
let surveyId: SurveyId;
let answers: Rows;

const respondents = 4;

function shelve(sheets: Readonly<Record<string, Rows>>): string {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), name);
  const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
  return app.host.context.files.put('表.xlsx', bytes).token;
}

const recoded = (prefix: string): Rows =>
  answers.map((row, index) => (index === 0 ? row : [`${prefix}${String(index)}`, ...row.slice(1)]));

const inspect = (token: string) => app.value('import/getInspection', { surveyId, token });

async function mappingOf(token: string, name = '答卷'): Promise<ImportMapping> {
  const { sheets } = await inspect(token);
  const sheet = sheets.find((each) => each.name === name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  const columns = sheet.columns.map(({ column, role, target }) => ({ column, role, target }));
  return { sheet: name, headerRow: sheet.headerRow, columns };
}

async function run(token: string, name = '答卷') {
  return app.call('import/run', { surveyId, token, mapping: await mappingOf(token, name) });
}

async function check(token: string) {
  return app.value('import/getCheck', { surveyId, token, mapping: await mappingOf(token) });
}

beforeEach(async () => {
  app = await openTestHost();
  const settings = app.settings();
  ({ surveyId } = await app.value('survey/create', { settings, draftId: null }));
  const { token } = await app.value('import/createTemplate', { surveyId });
  const template = app.host.context.files.get(token);
  if (template === null) throw new Error('no template');
  const { headers, rows, column } = fillTemplate(template.bytes, respondents, settings.unitCodes);
  if (column(/样本编号/) !== 0) throw new Error('the case code stands first');
  answers = [[...headers], ...rows];
});
afterEach(() => {
  app.close();
  removeFolder(app.dataDir);
});

describe('an answer table', () => {
  it('is not taken twice when it was saved again under other bytes', async () => {
    expect(await run(shelve({ 答卷: answers }))).toMatchObject({
      ok: true,
      value: { rowCount: respondents },
    });
    const resaved = shelve({ 答卷: [...answers, ...recoded('N').slice(1)] });
    const found = await check(resaved);
    expect(found.errorCount).toBe(respondents);
    expect(found.errors[0]).toMatchObject({
      row: 2,
      column: 'A',
      value: 'T0001',
      code: 'CASE_ALREADY_IMPORTED',
      problem: '这个样本编号已在本调查中。',
    });
    expect(await run(resaved)).toMatchObject({ ok: false, failure: { code: 'IMPORT_HAS_ERRORS' } });
  });

  it('may come in again once the first import is voided', async () => {
    await run(shelve({ 答卷: answers }));
    const [batch] = await app.value('import/list', { surveyId });
    if (batch === undefined) throw new Error('no batch');
    await app.value('import/runVoid', { batchId: batch.batchId, reason: '选错文件' });
    expect(await run(shelve({ 答卷: answers }))).toMatchObject({ ok: true });
  });

  it('is recognised sheet by sheet, so that the second sheet of a workbook comes in too', async () => {
    const book = { 答卷: answers, 第二批: recoded('B') };
    expect(await run(shelve(book))).toMatchObject({ ok: true });
    const again = shelve(book);
    expect((await inspect(again)).sheets.map(({ alreadyImportedAt }) => alreadyImportedAt !== null)).toEqual([
      true,
      false,
    ]);
    expect(await run(again)).toMatchObject({ ok: false, failure: { code: 'IMPORT_ALREADY_DONE' } });
    expect(await run(again, '第二批')).toMatchObject({ ok: true });
    expect(await app.value('import/list', { surveyId })).toHaveLength(2);
  });

  it('is let go of after the import', async () => {
    const token = shelve({ 答卷: answers });
    await run(token);
    expect(app.host.context.files.get(token)).toBeNull();
  });
});

describe('population margins', () => {
  const importMargins = (rural: number) => {
    const rows: Rows = [
      ['变量', '类别', '人数'],
      ['性别', '男', 5100],
      ['性别', '女', 4900],
    ];
    const token = shelve({ 边际总体: [...rows, ['城乡', '城镇', 7000], ['城乡', '乡村', rural]] });
    return app.value('margin/import', { surveyId, token, source: '统计局 2024' });
  };

  it('that differ by rounding come in with a reminder', async () => {
    const { marginSet, errors, warnings } = await importMargins(3009);
    expect(errors).toEqual([]);
    expect(marginSet?.margins).toHaveLength(2);
    expect(warnings).toMatchObject([{ code: 'MARGIN_TOTALS_ROUNDED', row: 4 }]);
  });

  it('of two populations are refused at once', async () => {
    const { marginSet, errors } = await importMargins(3011);
    expect(marginSet).toBeNull();
    expect(errors).toMatchObject([{ code: 'MARGIN_TOTALS_DIFFER', row: 4 }]);
    expect(await app.value('margin/get', { surveyId })).toBeNull();
  });
});

describe('a survey of generated data', () => {
  it('takes neither answers nor margins', async () => {
    const demo = await app.value('demo/create', { planId: 'suzhou', jobId: 'job-demo', respondents: 200 });
    surveyId = demo.surveyId;
    const refused = { ok: false, failure: { code: 'DEMO_SURVEY_NOT_MIXED' } };
    expect(await run(shelve({ 答卷: recoded('X') }))).toMatchObject(refused);
    const token = shelve({ 边际总体: [['变量', '类别', '人数']] });
    expect(await app.call('margin/import', { surveyId, token, source: '统计局' })).toMatchObject(refused);
  });
});
