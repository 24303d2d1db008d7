import { describe, expect, it } from 'vitest';
import { parseWorkbookBytes } from '@electron/backend/workbooks/parseWorkbookBytes';
import {
  answerTemplateWorkbook,
  errorListWorkbook,
  marginTemplateWorkbook,
} from '@electron/backend/workbooks/templates';
import { checkTable } from '@shared/importing/checkTable';
import { guessMapping, pickSheet } from '@shared/importing/guessMapping';
import { readMargins } from '@shared/importing/margins';
import { templateColumns } from '@shared/importing/templateColumns';
import type { Cell, Table, TableWorkbook } from '@shared/importing/table';
import { answerTable, casual, check, context } from '../../shared/importing/support';

async function open(bytes: Uint8Array): Promise<TableWorkbook> {
  const result = await parseWorkbookBytes({ bytes, fileName: '模板.xlsx' });
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const sheetNamed = (workbook: TableWorkbook, name: string): Table => {
  const found = workbook.sheets.find((sheet) => sheet.name === name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found;
};

describe('answer template', () => {
  it.each([
    ['a probability survey', context],
    ['a walk-in survey', casual],
  ])('of %s is recognised column by column without doubt', async (_, under) => {
    const workbook = await open(answerTemplateWorkbook(under));
    const answers = pickSheet(workbook, under);
    expect(answers?.name).toBe('答卷');
    const { columns, headerRow } = guessMapping(sheetNamed(workbook, '答卷'), under);
    expect(headerRow).toBe(1);
    expect(columns.map(({ role, target }) => [role, target])).toEqual(
      templateColumns(under).map(({ role, target }) => [role, target]),
    );
    expect(Math.min(...columns.map(({ confidence }) => confidence))).toBeGreaterThanOrEqual(0.8);
  });

  it('has example rows that import without error', async () => {
    const examples = sheetNamed(await open(answerTemplateWorkbook(context)), '填写示例');
    const checked = checkTable(examples, guessMapping(examples, context), context);
    expect(checked.errors).toEqual([]);
    expect(checked.records).toHaveLength(2);
  });

  it('explains every column with the values it may hold', async () => {
    const guide = sheetNamed(await open(answerTemplateWorkbook(context)), '填写说明');
    const rows = new Map(guide.rows.map((row) => [row[0], row]));
    for (const { header } of templateColumns(context))
      expect(rows.get(header)?.[3]).toMatch(/\p{Script=Han}/u);
    expect(rows.get('第1题')?.[3]).toContain('B 氮气');
    expect(rows.get('区县')?.[3]).toContain('昆山市（320583）');
  });
});

describe('margin template', () => {
  it('reads back once the numbers are filled in', async () => {
    const sheet = sheetNamed(await open(marginTemplateWorkbook(context.regions)), '边际总体');
    const filled = {
      ...sheet,
      rows: sheet.rows.map((row, at) => (at === 0 ? row : [...row.slice(0, 2), 60 / share(row, sheet)])),
    };
    const { margins, errors, warnings } = readMargins(filled, context.regions);
    expect([errors, warnings]).toEqual([[], []]);
    expect(margins.map(({ variables, cells }) => [variables[0], cells.length])).toEqual([
      ['sex', 2],
      ['ageBand', 5],
      ['education', 5],
      ['residence', 2],
      ['region', 3],
    ]);
  });

  it('is refused as long as a number is missing', async () => {
    const sheet = sheetNamed(await open(marginTemplateWorkbook(context.regions)), '边际总体');
    const { margins, errors } = readMargins(sheet, context.regions);
    expect(margins).toEqual([]);
    expect(errors).toHaveLength(17);
  });
});

/** Number of categories of the row's variable: equal shares of one population. */
const share = (row: readonly Cell[], sheet: Table): number =>
  sheet.rows.filter(([name]) => name === row[0]).length;

describe('error list', () => {
  it('shows place, value, problem and remedy of each error in Chinese', async () => {
    const { errors, warnings } = check(answerTable([{ 权重: 0 }, { 初级单元: 'P1', 层: 'S2' }]));
    const list = await open(errorListWorkbook(errors, warnings));
    expect(sheetNamed(list, '错误').rows).toEqual([
      ['工作表', '行', '列', '列名', '单元格内容', '问题', '怎么改'],
      ['答卷', 2, 'E', '权重', '0', '权重必须大于 0。', '请填大于 0 的数字，不带单位和文字。'],
    ]);
    expect(sheetNamed(list, '提醒').rows[1]?.slice(0, 4)).toEqual(['答卷', 3, 'D', '初级单元']);
  });

  it('keeps what a hostile cell holds as plain text', async () => {
    const hostile = ['=HYPERLINK("http://x","y")', '+cmd|calc', '@SUM(1)', '-2+3', '<b>x</b>', '\t=1'];
    const { errors } = check(answerTable(hostile.map((value) => ({ 性别: value }))));
    const { rows } = sheetNamed(await open(errorListWorkbook(errors)), '错误');
    expect(rows.slice(1).map((row) => row[4])).toEqual(hostile.map((value) => value.trim()));
  });
});
