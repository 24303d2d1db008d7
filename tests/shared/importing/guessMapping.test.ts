import { describe, expect, it } from 'vitest';
import { guessMapping, pickSheet } from '@shared/importing/guessMapping';
import { checkMapping, readMapping } from '@shared/importing/mapping';
import type { Cell } from '@shared/importing/table';
import { answerTable, casual, context, items, table } from './support';

const meanings = (
  headers: readonly Cell[],
  rows: readonly (readonly Cell[])[] = [],
  under = context,
): string[] =>
  guessMapping(table([headers, ...rows]), under).columns.map(({ role, target }) =>
    target === null ? role : `${role}:${target}`,
  );

describe('guessMapping', () => {
  it('understands the design and background names of a Chinese sample file', () => {
    expect(
      meanings([
        '样本编号',
        '行政区划代码',
        '层',
        'PSU',
        '基础权数',
        '您的性别',
        '周岁',
        '文化程度',
        '城乡类型',
      ]),
    ).toEqual(['caseCode', 'region', 'stratum', 'psu', 'weight', 'sex', 'age', 'education', 'residence']);
  });

  it('understands full-width, bracketed and English spellings', () => {
    expect(
      meanings([
        'ＣａｓｅＩＤ',
        '*性别（必填）',
        '年 龄',
        'weight',
        'Region_Code',
        '产业工人',
        '出生年月',
        'Z1',
      ]),
    ).toEqual([
      'caseCode',
      'sex',
      'age',
      'weight',
      'region',
      'keyGroup:worker',
      'birthYearMonth',
      'disposition',
    ]);
  });

  it.each([
    ['第n题', (n: number) => `第${String(n)}题`],
    ['Qn', (n: number) => `Q${String(n)}`],
    ['T0n', (n: number) => `T0${String(n)}`],
    ['bare numbers', (n: number) => String(n)],
    ['item ids', (n: number) => items[n - 1]?.itemId ?? ''],
    ['number and wording', (n: number) => `${String(n)}、${items[n - 1]?.stem ?? ''}`],
    ['wording alone', (n: number) => items[n - 1]?.stem ?? ''],
  ])('finds the items of the form under %s', (_, header) => {
    const headers = ['编号', ...items.map(({ position }) => header(position))];
    expect(meanings(headers)).toEqual(['caseCode', ...items.map(({ itemId }) => `item:${itemId}`)]);
  });

  it('reads a 问卷星 sheet: title row, platform columns, background questions numbered before the items', () => {
    const headers = [
      '序号',
      '提交答卷时间',
      '所用时间',
      '来源',
      '来自IP',
      '1、您的性别',
      '2、您的年龄',
      ...items.map(({ position }) => `${String(position + 2)}、某道题的问法改过`),
      '总分',
    ];
    const sheet = table([['科学素质问卷（某市）'], ['表号：X001'], headers, ['1', '2026-03-01']]);
    const mapping = guessMapping(sheet, casual);
    expect(mapping.headerRow).toBe(3);
    expect(mapping.columns.map(({ role }) => role)).toEqual([
      'caseCode',
      'interviewDate',
      'ignore',
      'ignore',
      'ignore',
      'sex',
      'age',
      ...items.map(() => 'item'),
      'ignore',
    ]);
    expect(mapping.columns.filter(({ role }) => role === 'item').map(({ target }) => target)).toEqual(
      items.map(({ itemId }) => itemId),
    );
    expect(mapping.columns[7]).toMatchObject({ reason: 'ITEM_ORDER', confidence: 0.7 });
  });

  it('leaves shifted question numbers unassigned when their count is not the count of the items', () => {
    expect(meanings(['序号', '1、您的性别', '2、别的问法', '3、别的问法'])).toEqual([
      'caseCode',
      'sex',
      'ignore',
      'ignore',
    ]);
  });

  it('tells T1 of the information module from test item T1', () => {
    expect(meanings(['编号', 'T1', 'B7'])).toEqual(['caseCode', 'question:T1', 'question:B7']);
    const all = ['编号', ...items.map(({ position }) => `T${String(position)}`)];
    expect(meanings(all)[1]).toBe(`item:${items[0]?.itemId ?? ''}`);
  });

  it('prefers the specific case number over 序号 and proposes one column per meaning', () => {
    const { columns } = guessMapping(table([['序号', '样本编号', '性别', '性别']]), context);
    expect(columns.map(({ role, reason }) => [role, reason])).toEqual([
      ['ignore', 'SECOND_COLUMN'],
      ['caseCode', 'HEADER_NAME'],
      ['sex', 'HEADER_NAME'],
      ['ignore', 'SECOND_COLUMN'],
    ]);
  });

  it('proposes marks where item columns hold only 0 and 1', () => {
    const headers = ['编号', '第1题', '第2题', '第3题'];
    const marked = meanings(headers, [
      ['1', 1, 0, 0],
      ['2', 0, 1, 1],
    ]);
    expect(marked.slice(1).map((meaning) => meaning.split(':')[0])).toEqual([
      'itemMark',
      'itemMark',
      'itemMark',
    ]);
    const onlyTrueFalse = meanings(headers, [['1', 'B', 0, 'AC']]);
    expect(onlyTrueFalse.slice(1).map((meaning) => meaning.split(':')[0])).toEqual(['item', 'item', 'item']);
  });

  it('survives headers that are names of object internals', () => {
    expect(meanings(['__proto__', 'constructor', 'toString', '样本编号'])).toEqual([
      'ignore',
      'ignore',
      'ignore',
      'caseCode',
    ]);
  });

  it('picks the sheet that looks like an answer table', () => {
    const answers = answerTable([{}]);
    const workbook = { sheets: [table([['说明'], ['请填写']], '封面'), answers] };
    expect(pickSheet(workbook, context)).toBe(answers);
    expect(pickSheet({ sheets: [] }, context)).toBeNull();
  });
});

describe('checkMapping', () => {
  const problemsOf = (headers: readonly Cell[], under = context): string[] =>
    checkMapping(guessMapping(table([headers]), under), under).map(
      ({ severity, problem }) =>
        `${severity} ${problem.code} ${String(problem.params['role'] ?? problem.params['positions'])}`,
    );

  it('names every missing column of a probability survey', () => {
    expect(problemsOf(['性别', ...items.slice(1).map(({ itemId }) => itemId)])).toEqual([
      'error COLUMN_MISSING caseCode',
      'error COLUMN_MISSING region',
      'error COLUMN_MISSING weight',
      'error ITEM_COLUMNS_MISSING 1',
      'warning DESIGN_COLUMN_MISSING stratum',
      'warning DESIGN_COLUMN_MISSING psu',
    ]);
  });

  it('asks a stratified multistage design for stratum and PSU, and a walk-in survey for no design column', () => {
    const headers = ['编号', '区县', ...items.map(({ itemId }) => itemId)];
    const multistage = { ...context, samplingDesign: 'stratifiedMultistage' as const };
    expect(problemsOf([...headers, '权重'], multistage)).toEqual([
      'error COLUMN_MISSING stratum',
      'error COLUMN_MISSING psu',
    ]);
    expect(problemsOf(headers, casual)).toEqual([]);
  });

  it('refuses two columns with one meaning when the user maps them so', () => {
    const mapping = guessMapping(answerTable([{}]), context);
    const columns = [...mapping.columns, { column: 40, role: 'sex' as const, target: null }];
    expect(checkMapping({ ...mapping, columns }, context)).toEqual([
      { severity: 'error', problem: { code: 'ROLE_TWICE', params: { role: 'sex', target: '' } } },
    ]);
  });

  it('accepts from outside only roles and targets the survey knows', () => {
    const column = (
      role: string,
      target: string | null,
    ): { column: number; role: string; target: string | null } => ({
      column: 2,
      role,
      target,
    });
    const read = (role: string, target: string | null): boolean =>
      readMapping({ sheet: 's', headerRow: 1, columns: [column(role, target)] }, context).ok;
    expect(read('item', items[0]?.itemId ?? '')).toBe(true);
    expect(read('question', 'B7')).toBe(true);
    expect(read('ignore', null)).toBe(true);
    expect(read('item', '__proto__')).toBe(false);
    expect(read('item', null)).toBe(false);
    expect(read('keyGroup', 'nobody')).toBe(false);
    expect(readMapping({ sheet: 's', headerRow: 1, columns: [column('boss', null)] }, context)).toEqual({
      ok: false,
      failure: { code: 'IMPORT_MAPPING_INCOMPLETE', params: { role: 'boss', target: '', column: 'C' } },
    });
  });
});
