import { describe, expect, it } from 'vitest';
import { emptyKnownBank, knownBank } from '@shared/assessment/exchange/importedItems';
import { readItemTable } from '@shared/assessment/exchange/readItemTable';
import { itemSheets, itemTemplateSheets } from '@shared/assessment/exchange/writeItemTable';
import { describeProblem } from '@shared/importing/importTexts';
import { omit } from '@shared/domain/omit';
import type { Cell } from '@shared/importing/table';
import { cellText, columnLetter } from '@shared/importing/table';
import { loadTrialBank } from '../../../question-banks/trialBank';
import type { CellSheet } from './support';
import { codesOf, foreignFile, itemsOf, ownFile, toWorkbook } from './support';

const bank = loadTrialBank();

describe('the item workbook', () => {
  it('brings back all 300 shipped items and the references they cite, field by field', () => {
    const read = readItemTable(toWorkbook(itemSheets(bank)), ownFile);
    expect(read.errors).toEqual([]);
    expect(read.warnings).toEqual([]);
    expect(read.itemCount).toBe(300);
    expect(read.items).toStrictEqual(bank.items);
    const cited = new Set(bank.items.flatMap((item) => item.references.map(({ ref }) => ref)));
    expect(Object.keys(read.references).sort()).toEqual([...cited].sort());
    for (const id of cited) expect(read.references[id]).toEqual(bank.references[id]);
  });

  it('keeps marks that the layout itself uses', () => {
    const chart = bank.items.find(({ type }) => type === 'chart');
    if (chart?.stimulus === undefined) throw new Error('the bank has a chart item');
    const table = [
      ['a|b', '', 'c\\n', 'x\\'],
      ['二\n行', '1', '', ''],
    ];
    const item = {
      ...chart,
      enemies: [],
      stimulus: { ...chart.stimulus, table },
      stem: '“引号”, = 和 | 都在吗？',
    };
    const set = { items: [item], references: bank.references };
    expect(itemsOf(readItemTable(toWorkbook(itemSheets(set)), ownFile))).toStrictEqual([item]);
  });

  it('has the columns of the specification in the template, which holds no item', () => {
    const [first] = itemTemplateSheets();
    const headers = (first?.rows[0] ?? []).map((header) => String(header).replace('*', ''));
    const specified =
      '题号 版本 状态 维度 基准号 基准点号 内容领域 主题标签 认知层次 知识类型 题型 材料编号 题干 选项A 选项B 选项C 选项D ' +
      '选项E 答案 A错因 B错因 C错因 D错因 解析 依据1名称 依据1发布单位 依据1文号日期条款 依据1事实 依据2名称 复核到期日 ' +
      '预估正确率 预估误差 预估方法 难度b 区分度a 预计秒数 敏感性说明 互斥题号 锚题 选项可乱序 命题人 内容审 语言审 敏感审 备注';
    for (const header of specified.split(' ')) expect(headers, header).toContain(header);
    expect(codesOf(readItemTable(toWorkbook(itemTemplateSheets()), ownFile))).toEqual(['TABLE_EMPTY']);
  });
});

/** A sheet of one shipped single-choice item, as writable cells. */
function oneItemSheets(): {
  rows: Cell[][];
  workbook: () => ReturnType<typeof toWorkbook>;
  at: (h: string) => number;
} {
  const item = bank.items.find(({ type, enemies }) => type === 'single' && enemies?.length === 0);
  if (item === undefined) throw new Error('the bank has a single-choice item');
  const plain = omit(item, 'stimulus');
  const [items, ...rest] = itemSheets({ items: [plain], references: bank.references });
  const rows = (items?.rows ?? []).map((row): Cell[] => [...row]);
  const at = (header: string): number => {
    const index = (rows[0] ?? []).findIndex((cell) => cellText(cell).replace('*', '') === header);
    if (index < 0) throw new Error(header);
    return index;
  };
  return { rows, at, workbook: () => toWorkbook([{ name: '题目', rows }, ...rest]) };
}

describe('a malformed cell', () => {
  const long = '长'.repeat(121);
  it.each<[string, Cell, string]>([
    ['题号', 'K-99', 'ITEM_RULE_BROKEN'],
    ['题号', null, 'ITEM_CELL_EMPTY'],
    ['版本', '一', 'ITEM_RULE_BROKEN'],
    ['状态', '新的', 'UNKNOWN_CATEGORY'],
    ['维度', 'Z', 'UNKNOWN_CATEGORY'],
    ['基准号', 27, 'ITEM_NUMBER_NOT_VALID'],
    ['基准号', '一', 'ITEM_NUMBER_NOT_VALID'],
    ['内容领域', 'XX', 'UNKNOWN_CATEGORY'],
    ['认知层次', '背诵', 'UNKNOWN_CATEGORY'],
    ['题型', '论述', 'UNKNOWN_CATEGORY'],
    ['材料编号', 'ST-没有', 'ITEM_LINK_UNKNOWN'],
    ['题干', null, 'ITEM_CELL_EMPTY'],
    ['题干', '短', 'ITEM_RULE_BROKEN'],
    ['题干', long, 'ITEM_RULE_BROKEN'],
    ['题干', { formula: true }, 'FORMULA_CELL'],
    ['选项B', '2026-01-02', 'ITEM_CELL_NOT_TEXT'],
    ['选项B', 0.5, 'ITEM_CELL_NOT_TEXT'],
    ['答案', 'AB', 'ITEM_ANSWER_NOT_READ'],
    ['答案', 'F', 'ITEM_ANSWER_NOT_OPTION'],
    ['答案', '第一个', 'ITEM_ANSWER_NOT_READ'],
    ['解析', null, 'ITEM_CELL_EMPTY'],
    ['依据1编号', 'REF-没有', 'ITEM_LINK_UNKNOWN'],
    ['依据1名称', '另一部书', 'ITEM_LINK_DIFFERS'],
    ['依据1事实', null, 'ITEM_CELL_EMPTY'],
    ['复核到期日', '2026-02-30', 'DATE_NOT_VALID'],
    ['预估正确率', 1.2, 'ITEM_NUMBER_NOT_VALID'],
    ['预估正确率', 1, 'ITEM_RULE_BROKEN'],
    ['预估误差', 0.5, 'ITEM_NUMBER_NOT_VALID'],
    ['难度b', '难', 'ITEM_NUMBER_NOT_VALID'],
    ['预计秒数', 3, 'ITEM_NUMBER_NOT_VALID'],
    ['互斥题号', 'K-01-LH-999', 'ITEM_LINK_UNKNOWN'],
    ['锚题', '也许', 'UNKNOWN_CATEGORY'],
    ['锚题年份', '去年', 'ITEM_NUMBER_NOT_VALID'],
    ['历次统计', '{', 'ITEM_JSON_NOT_VALID'],
  ])('in %s (%j) gives one problem at its place, and no item', (header, value, code) => {
    const { rows, at, workbook } = oneItemSheets();
    expect(itemsOf(readItemTable(workbook(), ownFile))).toHaveLength(1);
    const [, , row] = rows;
    if (row === undefined) throw new Error('one row of data');
    row[at(header)] = value;
    const read = readItemTable(workbook(), ownFile);
    expect(read.items).toEqual([]);
    expect(read.errors.map((each) => [each.code, each.sheet, each.row, each.column])).toEqual([
      [code, '题目', 3, columnLetter(at(header))],
    ]);
    for (const error of read.errors) {
      const { problem, remedy } = describeProblem(error);
      expect(problem + remedy).not.toMatch(/[{}]|undefined|null|NaN/);
    }
  });

  it('is found in each of two rows, and a repeated number names the first row', () => {
    const { rows, at, workbook } = oneItemSheets();
    rows.push([...(rows[2] ?? [])]);
    const twice = readItemTable(workbook(), ownFile);
    expect(twice.errors.map((each) => [each.code, each.row, each.params['firstRow']])).toEqual([
      ['ITEM_TWICE', 4, 3],
    ]);
    for (const row of rows.slice(2)) row[at('维度')] = '?';
    expect(readItemTable(workbook(), ownFile).errors.map(({ row }) => row)).toEqual([3, 4]);
  });

  it('does not stand for a column that is missing altogether', () => {
    const { rows, at, workbook } = oneItemSheets();
    const column = at('解析');
    for (const row of rows) row.splice(column, 1);
    const read = readItemTable(workbook(), ownFile);
    expect(read.errors.map(({ code, params }) => [code, params['column']])).toEqual([
      ['ITEM_COLUMN_MISSING', '解析'],
    ]);
  });

  it('in the sheet of materials is found there', () => {
    const chart = bank.items.find(({ type }) => type === 'chart');
    const plain = chart === undefined ? [] : [{ ...chart, enemies: [] }];
    const sheets = itemSheets({ items: plain, references: bank.references });
    const broken = sheets.map((sheet) =>
      sheet.name === '材料'
        ? { ...sheet, rows: sheet.rows.map((row, index) => (index === 2 ? row.slice(0, 6) : row)) }
        : sheet,
    );
    const read = readItemTable(toWorkbook(broken), ownFile);
    expect(read.errors.map((each) => [each.code, each.sheet, each.row, each.header])).toEqual([
      ['ITEM_RULE_BROKEN', '材料', 3, '替代文字'],
    ]);
  });
});

describe('a table of another system', () => {
  const options = ['选一个：甲', '选一个：乙', '选一个：丙', '选一个：丁'];
  const single = { name: '单选题', stem: '下面哪一个说法是对的？' };

  it.each<[string, CellSheet]>([
    [
      'annotation platform',
      {
        name: 'Sheet1',
        rows: [
          ['序号', '题目难度', '试题', '选项A', '选项B', '选项C', '选项D', '答案', '知识点名称'],
          [1, '易', single.stem, ...options, 'Ｂ', '用药'],
        ],
      },
    ],
    [
      'quiz program',
      {
        name: 'Sheet1',
        rows: [
          ['题目类型', '题目内容', '难度', '标签', '选项A', '选项B', '选项C', '选项D', '正确答案', '解析'],
          ['单选题', single.stem, '易', '用药', ...options, 'b', '因为乙'],
        ],
      },
    ],
    [
      'one sheet per kind',
      {
        name: '单选题',
        rows: [
          ['题目（必填）', '选项A（必填）', '选项B（必填）', '选项C', '选项D', '正确选项（必填）', '解析'],
          [single.stem, ...options, '选一个：乙', '因为乙'],
        ],
      },
    ],
    [
      'codes in the header',
      {
        name: 'Sheet1',
        rows: [
          ['题目导入'],
          ['题型（0单选，1判断，2多选）', '题干', '选项Ａ', '选项Ｂ', '选项Ｃ', '选项Ｄ', '答案'],
          ['0', single.stem, ...options, '答案：B'],
        ],
      },
    ],
  ])('(%s) is read with its own headers', (_name, sheet) => {
    const [item] = itemsOf(readItemTable(toWorkbook([sheet]), foreignFile));
    expect(item).toMatchObject({
      id: 'K-17-LH-X001',
      type: 'single',
      stem: single.stem,
      key: ['B'],
      status: 'draft',
      authors: ['张三'],
      options: options.map((text, index) => ({ id: 'ABCD'[index], text })),
    });
  });

  it('reads every sheet of kinds, gives numbers in order and says what it left out', () => {
    const statement = (verdict: Cell): readonly Cell[] => ['水在海平面上一百度沸腾。', verdict, '内部备查'];
    const read = readItemTable(
      toWorkbook([
        { name: '判断题', rows: [['题干', '答案', '流水号'], ...['√', '错误', true].map(statement)] },
        {
          name: '多选题',
          rows: [
            ['题干', '选项A', '选项B', '选项C', '答案'],
            [single.stem, 'a1', 'b1', 'c1', 'A、C'],
          ],
        },
      ]),
      foreignFile,
    );
    expect(itemsOf(read).map(({ id, type, key }) => [id, type, key])).toEqual([
      ['K-17-LH-X001', 'tf', ['对']],
      ['K-17-LH-X002', 'tf', ['错']],
      ['K-17-LH-X003', 'tf', ['对']],
      ['K-17-LH-X004', 'multi', ['A', 'C']],
    ]);
    expect(read.warnings.map(({ code, header }) => [code, header])).toEqual([
      ['ITEM_COLUMN_IGNORED', '流水号'],
    ]);
  });

  it('never takes a number the bank has', () => {
    const taken = { ...emptyKnownBank, itemIds: new Set(['K-17-LH-X001']) };
    const sheet = {
      name: '判断题',
      rows: [
        ['题干', '答案'],
        ['水在海平面上一百度沸腾。', '对'],
      ],
    };
    const [item] = itemsOf(readItemTable(toWorkbook([sheet]), { ...foreignFile, bank: taken }));
    expect(item?.id).toBe('K-17-LH-X002');
  });

  it('is refused whole without a column of questions', () => {
    const read = readItemTable(toWorkbook([{ name: 'Sheet1', rows: [['姓名', '电话']] }]), foreignFile);
    expect(codesOf(read)).toEqual(['ITEM_SHEET_MISSING']);
  });
});

describe('references in a row', () => {
  it('by name become those of the bank, or new ones the result hands over', () => {
    const { rows, at, workbook } = oneItemSheets();
    const [, , row] = rows;
    const [known] = Object.values(bank.references);
    if (row === undefined || known === undefined) throw new Error('a row and a reference');
    for (const field of ['编号', '名称', '发布单位', '文号日期条款', '事实'])
      row[at(`依据2${field}`)] = field === '事实' ? '一句话' : null;
    row[at('依据1编号')] = null;
    row[at('依据1名称')] = known.title;
    row[at('依据1发布单位')] = known.issuer;
    row[at('依据2名称')] = '一部新书';
    row[at('依据2发布单位')] = '某出版社';
    const read = readItemTable(workbook(), { ...ownFile, bank: { ...knownBank(bank), itemIds: new Set() } });
    const [first = '', second = ''] = itemsOf(read).flatMap(({ references }) =>
      references.map(({ ref }) => ref),
    );
    expect(bank.references[first]).toMatchObject({ title: known.title, issuer: known.issuer });
    expect(read.references[second]).toMatchObject({ title: '一部新书', issuer: '某出版社' });
  });
});
