/** The workbooks the import hands out: answer template, margin template, error list, and the table of all answers. */
import { ageBands } from '@shared/domain/groups';
import { educationTexts, residenceTexts, sexTexts } from '@shared/importing/categoryTexts';
import type { ImportContext, ImportRegion } from '@shared/importing/context';
import { describeProblem, roleLabels } from '@shared/importing/importTexts';
import { marginVariableLabels } from '@shared/importing/margins';
import type { CellError } from '@shared/importing/problems';
import { recordsToRows, templateColumns, type TemplateRow } from '@shared/importing/templateColumns';
import type { SheetRows } from '@shared/importing/table';
import { writeWorkbook } from './writeTable';

type Row = readonly (string | number | null)[];

const answerNotes: readonly string[] = [
  '一、在“答卷”表中填写，每个样本一行，从第 2 行开始；表头不要改。',
  '二、拒访、无人等没有完成访问的样本也要填一行，写明结果码。',
  '三、不要使用公式、合并单元格、宏或外部链接；样本编号一列请设为文本格式。',
  '四、测评题也可以只填 1（答对）和 0（答错），导入时把这些列指定为“测评题（0/1 对错）”。',
  '五、只要有一处错误就不会导入任何一行，软件会给出错误清单。',
];

function answerGuide(context: ImportContext): SheetRows {
  const columns = templateColumns(context).map((column): Row => [
    column.header,
    roleLabels[column.role],
    column.isRequired ? '必填' : '可不填',
    column.allowed,
  ]);
  const notes = answerNotes.map((note): Row => [note]);
  return {
    name: '填写说明',
    rows: [...notes, [], ['列名', '含义', '是否必填', '可填内容'], ...columns],
    widths: [20, 20, 12, 90],
  };
}

/** Template for the answers of a survey: sheets 答卷 (headers only), 填写示例 and 填写说明. */
export function answerTemplateWorkbook(context: ImportContext): Uint8Array {
  const columns = templateColumns(context);
  const headers = columns.map(({ header }) => header);
  const examples = [0, 1].map((index) => columns.map((column) => column.examples[index] ?? null));
  return writeWorkbook([
    { name: '答卷', rows: [headers] },
    { name: '填写示例', rows: [headers, ...examples] },
    answerGuide(context),
  ]);
}

/** Answers of a survey in the layout of the template; importing the file gives the same records. */
export const answerWorkbook = (rows: readonly TemplateRow[], context: ImportContext): Uint8Array =>
  writeWorkbook([{ name: '答卷', rows: recordsToRows(rows, context) }, answerGuide(context)]);

function marginRows(regions: readonly ImportRegion[]): Row[] {
  const { sex, ageBand, education, residence, region } = marginVariableLabels;
  return [
    ...Object.values(sexTexts).map((category): Row => [sex, category, null]),
    ...ageBands.map((category): Row => [ageBand, category, null]),
    ...Object.values(educationTexts).map((category): Row => [education, category, null]),
    ...Object.values(residenceTexts).map((category): Row => [residence, category, null]),
    ...regions.map(({ name }): Row => [region, name, null]),
  ];
}

const marginNotes: readonly string[] = [
  '一、人数指本次调查总体（18–69 岁常住人口）中各类别的人数，不是样本数，也不是全年龄人口。',
  '二、没有数据的变量请整块删去；保留的变量必须填全每一个类别。',
  '三、交叉分组用“×”连接：变量写“性别×年龄段”，类别写“男×18-29”。',
  '四、各变量的人数合计应当相等。',
  '五、请在本表注明数据来源和年份，以便写入方法说明。',
];

/** Template for population totals: sheets 边际总体 and 说明. */
export const marginTemplateWorkbook = (regions: readonly ImportRegion[]): Uint8Array =>
  writeWorkbook([
    { name: '边际总体', rows: [['变量', '类别', '人数'], ...marginRows(regions)], widths: [18, 24, 16] },
    { name: '说明', rows: marginNotes.map((note): Row => [note]), widths: [100] },
  ]);

const errorHeaders = ['工作表', '行', '列', '列名', '单元格内容', '问题', '怎么改'];

const errorRow = (error: CellError): Row => {
  const { problem, remedy } = describeProblem(error);
  return [error.sheet, error.row, error.column, error.header, error.value, problem, remedy];
};

/** Every listed problem with its place and remedy: sheets 错误 and 提醒. */
export const errorListWorkbook = (
  errors: readonly CellError[],
  warnings: readonly CellError[] = [],
): Uint8Array => {
  const widths = [14, 8, 8, 20, 24, 44, 60];
  return writeWorkbook([
    { name: '错误', rows: [errorHeaders, ...errors.map(errorRow)], widths },
    { name: '提醒', rows: [errorHeaders, ...warnings.map(errorRow)], widths },
  ]);
};
