/** 数据字典: the columns of the survey's data with their codes. Test items appear by code, never by wording. */
import type { MissingMeaning } from '../../questions/missing';
import type { VariableDescription } from '../../questions/questionKind';
import { labelColumn, remarkColumn } from '../figureColumns';
import type { ReportInput } from '../reportInput';
import type { SheetColumn, SheetModel } from '../sheetModel';
import { missing, plainHeader, row, text } from '../sheetModel';
import { framed } from '../wording';

const meaningLabels: Readonly<Record<MissingMeaning, string>> = {
  notApplicable: '不适用',
  dontKnow: '不知道',
  refused: '拒答',
  system: '未记录',
};

const typeLabels = { numeric: '数值', text: '文本' } as const;

const listed = (entries: readonly string[]): ReturnType<typeof text> =>
  entries.length === 0 ? missing : text(entries.join('；'));

const codesOf = (variable: VariableDescription): readonly string[] =>
  variable.values.map(({ code, label }) => `${code}＝${label}`);
const missingOf = (variable: VariableDescription): readonly string[] =>
  variable.missing.map(({ code, meaning }) => `${code === '' ? '空' : code}＝${meaningLabels[meaning]}`);

export function dictionarySheet(input: ReportInput): SheetModel {
  const columns: readonly SheetColumn[] = [
    labelColumn('变量', 14),
    labelColumn('名称', 44),
    labelColumn('类型', 7),
    remarkColumn(60, '取值'),
    remarkColumn(26, '缺失代码'),
  ];
  return framed(input, {
    id: 'dictionary',
    name: '数据字典',
    title: '数据字典',
    columns,
    headerRows: [plainHeader(columns)],
    rows: input.codebook.map((variable) =>
      row([
        text(variable.variable),
        text(variable.label),
        text(typeLabels[variable.type]),
        listed(codesOf(variable)),
        listed(missingOf(variable)),
      ]),
    ),
    notes: ['测试题只列题号，不列题文和答案：题目须保密。'],
    print: { orientation: 'landscape', repeatHeader: true },
    frozenColumns: 1,
    hasFilter: input.codebook.length > 0,
  });
}
