/** A small survey for import tests: eight items of every kind, three districts, four coded questions. */
import type { ImportContext, ImportItem } from '@shared/importing/context';
import { guessMapping } from '@shared/importing/guessMapping';
import { checkTable, type CheckedImport } from '@shared/importing/checkTable';
import type { Cell, Table } from '@shared/importing/table';

const options = (...texts: string[]): { id: string; text: string }[] =>
  texts.map((text, index) => ({ id: String.fromCharCode(65 + index), text }));

export const items: readonly ImportItem[] = [
  {
    itemId: 'K-01-ME-001',
    position: 1,
    type: 'single',
    stem: '空气中最多的气体是？',
    options: options('氧气', '氮气', '二氧化碳', '氢气'),
  },
  { itemId: 'K-02-LH-002', position: 2, type: 'trueFalse', stem: '激光是由汇聚声波产生的。', options: [] },
  {
    itemId: 'M-03-EE-003',
    position: 3,
    type: 'multi',
    stem: '下列哪些是可再生能源？',
    options: options('太阳能', '煤', '风能', '石油', '水能'),
  },
  {
    itemId: 'M-04-EE-004',
    position: 4,
    type: 'ordering',
    stem: '把下列长度从小到大排列',
    options: options('原子', '细胞', '蚂蚁', '大象'),
  },
  {
    itemId: 'S1-05-MI-005',
    position: 5,
    type: 'matching',
    stem: '把器官和功能连起来',
    options: options('心脏', '肺', '胃'),
    targets: [
      { id: '1', text: '泵血' },
      { id: '2', text: '呼吸' },
      { id: '3', text: '消化' },
    ],
  },
  {
    itemId: 'A1-06-SS-006',
    position: 6,
    type: 'single',
    stem: '一周有几天？',
    options: options('7', '5', '2', '1'),
  },
  { itemId: 'A1-07-SS-007', position: 7, type: 'trueFalse', stem: '吸烟有害健康。', options: [] },
  {
    itemId: 'A2-08-ET-008',
    position: 8,
    type: 'single',
    stem: '血型由什么决定？',
    options: options('基因', '饮食', '星座'),
  },
];

export const context: ImportContext = {
  form: { items },
  regions: [
    { code: '320508', name: '姑苏区', aliases: ['姑苏'] },
    { code: '320583', name: '昆山市', aliases: [] },
    { code: '320571', name: '苏州工业园区', aliases: ['园区'] },
  ],
  instrumentId: 'cast-2024',
  basis: 'probability',
  existingCaseCodes: new Set(),
  questions: [
    {
      code: 'B7',
      label: '上个星期您主要的情况是？',
      type: 'single',
      options: ['1', '2', '3', '4', '5', '6', '7', '97'].map((id) => ({ id, text: `情况${id}` })),
    },
    {
      code: 'T1',
      label: '从哪些地方看到过科技内容？',
      type: 'multi',
      options: ['1', '2', '3', '10'].map((id) => ({ id, text: `渠道${id}` })),
    },
    { code: 'B14', label: '家里几口人？', type: 'number', options: [] },
    { code: 'B8', label: '做什么工作？', type: 'text', options: [] },
  ],
};

export const casual: ImportContext = { ...context, basis: 'nonprobability' };

export const table = (rows: readonly (readonly Cell[])[], name = '答卷'): Table => ({
  name,
  rows,
  rowCount: rows.length,
  columnCount: Math.max(0, ...rows.map((row) => row.length)),
});

const answersOf = (changes: Readonly<Record<number, Cell>>): Cell[] =>
  (['B', '错', 'ACE', 'A>B>C>D', 'A1,B2,C3', 'A', '对', 'A'] as Cell[]).map(
    (answer, index) => changes[index + 1] ?? answer,
  );

/** Header and rows of a lawful table; each row may replace columns by header or items by position. */
export function answerTable(
  rows: readonly { readonly [header: string]: Cell | Readonly<Record<number, Cell>> }[],
): Table {
  const headers = [
    '样本编号',
    '区县',
    '层',
    '初级单元',
    '权重',
    '性别',
    '年龄',
    '受教育程度',
    '城乡',
    '结果码',
  ];
  const positions = items.map(({ position }) => `第${String(position)}题`);
  const base: Readonly<Record<string, Cell>> = {
    区县: '姑苏区',
    层: 'S1',
    初级单元: 'P1',
    权重: 120.5,
    性别: '女',
    年龄: 35,
    受教育程度: '大专',
    城乡: '城镇',
    结果码: null,
  };
  const body = rows.map((row, index) => [
    ...headers.map((header): Cell => {
      if (header in row) return row[header] as Cell;
      return header === '样本编号' ? `00${String(index + 1)}` : (base[header] ?? null);
    }),
    ...answersOf((row['题'] ?? {}) as Readonly<Record<number, Cell>>),
  ]);
  return table([[...headers, ...positions], ...body]);
}

/** Checks a table under its own proposed mapping. */
export const check = (source: Table, under: ImportContext = context): CheckedImport =>
  checkTable(source, guessMapping(source, under), under);

export const codes = ({ errors }: CheckedImport): string[] => errors.map(({ code }) => code);
