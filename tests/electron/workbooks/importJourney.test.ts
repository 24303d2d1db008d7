/** From the bytes of a file to records or a list of errors: the whole way a user's file goes. */
import { describe, expect, it } from 'vitest';
import { parseInWorker } from '@electron/backend/workbooks/parseInWorker';
import { parseWorkbookBytes } from '@electron/backend/workbooks/parseWorkbookBytes';
import { writeWorkbook } from '@electron/backend/workbooks/writeTable';
import { checkTable, type CheckedImport } from '@shared/importing/checkTable';
import { guessMapping, pickSheet } from '@shared/importing/guessMapping';
import { describeProblem } from '@shared/importing/importTexts';
import type { ImportContext } from '@shared/importing/context';
import { answerTable, casual, context, items } from '../../shared/importing/support';

type Rows = readonly (readonly (string | number | null)[])[];

async function importFile(bytes: Uint8Array, fileName: string, under: ImportContext): Promise<CheckedImport> {
  const parsed = await parseWorkbookBytes({ bytes, fileName });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  const table = pickSheet(parsed.value, under);
  if (!table) throw new Error('no table');
  return checkTable(table, guessMapping(table, under), under);
}

const importRows = (rows: Rows, under = context): Promise<CheckedImport> =>
  importFile(writeWorkbook([{ name: '答卷', rows }]), '答卷.xlsx', under);

const rowsOf = (...rows: Parameters<typeof answerTable>[0]): (string | number | null)[][] =>
  answerTable(rows).rows.map((row) => row.map((cell) => cell as string | number | null));

const places = (checked: CheckedImport): string[] =>
  checked.errors.map(
    ({ sheet, column, row, value, code }) => `${sheet}!${column}${String(row)} ${value} ${code}`,
  );

describe('a workbook brought in', () => {
  it('gives one record per respondent', async () => {
    const checked = await importRows(rowsOf({}, { 权重: 77.25 }));
    expect(checked.errors).toEqual([]);
    expect(checked.records.map(({ record }) => [record.caseCode, record.design.baseWeight])).toEqual([
      ['001', 120.5],
      ['002', 77.25],
    ]);
  });

  it('lists every bad cell with sheet, row, column and value, and imports nothing', async () => {
    const checked = await importRows(
      rowsOf({}, { 权重: 0 }, { 权重: '很大' }, { 题: { 1: 'E' } }, { 样本编号: '001' }, { 区县: '鼓楼区' }),
    );
    expect(checked.records).toEqual([]);
    expect(places(checked)).toEqual([
      '答卷!E3 0 WEIGHT_NOT_POSITIVE',
      '答卷!E4 很大 WEIGHT_NOT_NUMBER',
      '答卷!K5 E UNKNOWN_OPTION',
      '答卷!B7 鼓楼区 UNKNOWN_REGION',
      '答卷!A6 001 DUPLICATE_CASE',
    ]);
  });

  it('says in one sentence which column is missing', async () => {
    const rows = rowsOf({}, {}).map((row) => row.filter((_, column) => column !== 4 && column !== 12));
    const checked = await importRows(rows);
    expect(checked.errors.map((error) => describeProblem(error).problem)).toEqual([
      '缺少“权重”列。',
      '试卷中有 1 道题在表里没有对应的列（第 3 题）。',
    ]);
  });

  it('accepts headers named after object internals without confusion', async () => {
    const [headers = [], row = []] = rowsOf({});
    const checked = await importRows([
      [...headers, '__proto__', 'constructor'],
      [...row, 'x', 'y'],
    ]);
    expect(checked.errors).toEqual([]);
    expect(checked.records).toHaveLength(1);
  });
});

describe('a 问卷星 export', () => {
  const headers = [
    '序号',
    '提交答卷时间',
    '所用时间',
    '来源',
    '来源详情',
    '来自IP',
    '1、您的性别：',
    '2、您的出生年月',
    '3、您的文化程度',
    '4、您所在的区县',
    ...items.map(({ stem, position }) => `${String(position + 4)}、${stem ?? ''}`),
  ];
  const line = (number: number, sex: string, birth: string, ...answers: string[]): string =>
    [
      String(number),
      '2026/3/15 10:20:30',
      '612秒',
      '微信',
      'N/A',
      '1.2.3.4(江苏-苏州)',
      sex,
      birth,
      '大专',
      '昆山市',
      ...answers,
    ]
      .map((text) => `"${text.replaceAll('"', '""')}"`)
      .join(',');
  const csv = [
    headers.map((text) => `"${text}"`).join(','),
    line(
      1,
      '女',
      '1990-05',
      '氮气',
      '错误',
      '太阳能┋风能┋水能',
      '原子→细胞→蚂蚁→大象',
      'A-1,B-2,C-3',
      'A',
      '对',
      '基因',
    ),
    line(2, '男', '1961/12', 'B.氮气', '对', 'A┋C', 'BACD', 'A1B2C3', 'D', '不知道', '(跳过)'),
  ].join('\r\n');

  it('is understood without touching the mapping', async () => {
    const checked = await importFile(Buffer.from(`\ufeff${csv}`), '123456_按文本.csv', casual);
    expect(checked.errors).toEqual([]);
    expect(
      checked.records.map(({ record }) => [record.caseCode, record.regionCode, record.background.ageYears]),
    ).toEqual([
      ['1', '320583', 35],
      ['2', '320583', 64],
    ]);
    expect(checked.records[0]?.record.answers['M-03-EE-003']).toEqual({
      kind: 'multi',
      codes: ['A', 'C', 'E'],
    });
    expect(checked.records[1]?.record.answers).toMatchObject({
      'K-01-ME-001': { kind: 'single', code: 'B' },
      'M-04-EE-004': { kind: 'ordering', codes: ['B', 'A', 'C', 'D'] },
      'A1-07-SS-007': { kind: 'missing', reason: 'dontKnow' },
      'A2-08-ET-008': { kind: 'missing', reason: 'notApplicable' },
    });
  });
});

describe('parseInWorker', () => {
  it('refuses what needs no parser without starting a worker', async () => {
    expect(await parseInWorker(new Uint8Array(0), '空.xlsx')).toMatchObject({
      failure: { code: 'FILE_EMPTY' },
    });
    expect(await parseInWorker(Buffer.from('<html>'), '网页.xls')).toMatchObject({
      failure: { code: 'FILE_TYPE_NOT_SUPPORTED' },
    });
  });

  it('stops before it starts when the user has cancelled', async () => {
    const bytes = writeWorkbook([{ name: '答卷', rows: [['编号']] }]);
    expect(await parseInWorker(bytes, '答卷.xlsx', AbortSignal.abort())).toMatchObject({
      failure: { code: 'CANCELLED' },
    });
  });
});
