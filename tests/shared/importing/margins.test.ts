import { describe, expect, it } from 'vitest';
import { describeProblem } from '@shared/importing/importTexts';
import { readMargins } from '@shared/importing/margins';
import type { Cell } from '@shared/importing/table';
import { context, table } from './support';

const read = (rows: readonly (readonly Cell[])[]): ReturnType<typeof readMargins> =>
  readMargins(table([['变量', '类别', '人数'], ...rows], '边际总体'), context.regions);

const sexRows: Cell[][] = [
  ['性别', '男', 510],
  ['性别', '女', '490'],
];

describe('readMargins', () => {
  it('reads several variables, repeated names left blank, into category ids and region codes', () => {
    const { margins, errors, warnings } = read([
      ...sexRows,
      ['城乡', '城镇', 700],
      [null, '乡村', 300],
      [],
      ['地区', '姑苏区', 400],
      ['', '320583', 500],
      ['', '园区', '100'],
    ]);
    expect([errors, warnings]).toEqual([[], []]);
    expect(margins).toEqual([
      {
        variables: ['sex'],
        cells: [
          { categories: ['male'], total: 510 },
          { categories: ['female'], total: 490 },
        ],
      },
      {
        variables: ['residence'],
        cells: [
          { categories: ['urban'], total: 700 },
          { categories: ['rural'], total: 300 },
        ],
      },
      {
        variables: ['region'],
        cells: [
          { categories: ['320508'], total: 400 },
          { categories: ['320583'], total: 500 },
          { categories: ['320571'], total: 100 },
        ],
      },
    ]);
  });

  it('reads a crossing and finds headers below a title', () => {
    const bands = ['18-29', '30-39', '40-49', '50-59', '60-69'];
    const rows = ['男', '女'].flatMap((sex) =>
      bands.map((band): Cell[] => ['性别×年龄段', `${sex}×${band}岁`, 100]),
    );
    const sheet = table([['边际总体表'], ['变量', '类别', '人数', '来源'], ...rows]);
    const { margins, errors } = readMargins(sheet, context.regions);
    expect(errors).toEqual([]);
    expect(margins[0]?.variables).toEqual(['sex', 'ageBand']);
    expect(margins[0]?.cells).toHaveLength(10);
    expect(margins[0]?.cells[6]).toEqual({ categories: ['female', '30-39'], total: 100 });
  });

  it.each<[string, readonly Cell[], string, string]>([
    ['an unknown variable', ['民族', '汉族', 5], 'A4', 'MARGIN_VARIABLE_UNKNOWN'],
    ['a variable crossed with itself', ['性别×性别', '男×男', 5], 'A4', 'MARGIN_VARIABLE_UNKNOWN'],
    ['an unknown category', ['性别', '其他', 5], 'B4', 'MARGIN_CATEGORY_UNKNOWN'],
    ['a category stated as unknown', ['性别', '不详', 5], 'B4', 'MARGIN_CATEGORY_UNKNOWN'],
    ['a crossing with one part missing', ['性别×城乡', '男', 5], 'B4', 'MARGIN_CATEGORY_UNKNOWN'],
    ['a repeated category', ['性别', '男性', 5], 'B4', 'MARGIN_CATEGORY_TWICE'],
    ['a total in words', ['城乡', '城镇', '约五百'], 'C4', 'MARGIN_TOTAL_NOT_NUMBER'],
    ['a blank total', ['城乡', '城镇', null], 'C4', 'MARGIN_TOTAL_NOT_NUMBER'],
    ['a total of zero', ['城乡', '城镇', 0], 'C4', 'MARGIN_TOTAL_NOT_POSITIVE'],
    ['a formula', ['城乡', '城镇', { formula: true }], 'C4', 'FORMULA_CELL'],
  ])('refuses %s and reads nothing', (_, row, place, code) => {
    const { margins, errors } = read([...sexRows, row]);
    expect(margins).toEqual([]);
    expect(errors.map((error) => [`${error.column}${String(error.row)}`, error.code])).toContainEqual([
      place,
      code,
    ]);
  });

  it('refuses a variable with a category missing and names it', () => {
    const { errors } = read([['地区', '姑苏区', 400]]);
    expect(errors).toMatchObject([
      {
        code: 'MARGIN_CATEGORY_MISSING',
        row: 2,
        params: { variable: '地区', missing: '昆山市、苏州工业园区' },
      },
    ]);
  });

  it('names the missing cells of a crossing', () => {
    const { errors } = read(['男', '女'].map((sex): Cell[] => ['性别×城乡', `${sex}×城镇`, 5]));
    expect(errors).toMatchObject([{ params: { variable: '性别×城乡', missing: '男×乡村、女×乡村' } }]);
  });

  it('refuses a sheet without the three headers or without rows', () => {
    expect(readMargins(table([['甲', '乙']]), context.regions).errors).toMatchObject([
      { code: 'MARGIN_HEADER_MISSING' },
    ]);
    expect(read([]).errors).toMatchObject([{ code: 'TABLE_EMPTY' }]);
  });

  it('refuses margins that speak of different populations', () => {
    const { margins, errors } = read([...sexRows, ['城乡', '城镇', 700], ['城乡', '乡村', 298]]);
    expect(margins).toEqual([]);
    expect(errors).toMatchObject([
      {
        code: 'MARGIN_TOTALS_DIFFER',
        row: 4,
        params: { variable: '城乡', total: 998, first: '性别', firstTotal: 1000 },
      },
    ]);
  });

  it('accepts totals that differ by rounding and says that they will be scaled to the first', () => {
    const { margins, errors, warnings } = read([...sexRows, ['城乡', '城镇', 700], ['城乡', '乡村', 299]]);
    expect(errors).toEqual([]);
    expect(margins).toHaveLength(2);
    expect(warnings.map(describeProblem)).toEqual([
      {
        problem: '“城乡”的人数合计 999 与“性别”的合计 1000 略有出入，校准时将按“性别”的合计等比例折算。',
        remedy: '如果只是四舍五入造成的差别，可以继续；否则请核对人数。',
      },
    ]);
  });

  it('takes sums that differ only in the last binary digits for equal', () => {
    const { warnings } = read([
      ['性别', '男', 0.1],
      ['性别', '女', 0.2],
      ['城乡', '城镇', 0.15],
      ['城乡', '乡村', 0.15],
    ]);
    expect(warnings).toEqual([]);
  });
});
