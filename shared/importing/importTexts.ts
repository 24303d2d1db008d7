/**
 * Chinese sentences of the import: what happened and what to do, with {param} places. Every code has one; the
 * tests prove it. Also names of column roles and reasons of a guess, for screens, templates and error lists.
 */
import type { GuessReason } from './headers';
import type { CellError, ImportProblemCode, ImportRemedyCode } from './problems';
import type { ColumnRole } from './roles';

export const roleLabels: Readonly<Record<ColumnRole, string>> = {
  caseCode: '样本编号',
  region: '区县',
  stratum: '层',
  psu: '初级单元',
  ssu: '次级单元',
  weight: '权重',
  populationPsuCount: '层内初级单元总数',
  populationSsuCount: '次级单元总数',
  sex: '性别',
  age: '年龄',
  ageBand: '年龄段',
  birthYearMonth: '出生年月',
  education: '受教育程度',
  residence: '城乡',
  disposition: '结果码',
  mode: '作答方式',
  interviewDate: '访问日期',
  keyGroup: '重点人群',
  question: '问卷题目',
  item: '测评题（作答）',
  itemMark: '测评题（0/1 对错）',
  ignore: '不导入',
};

export const guessReasonTexts: Readonly<Record<GuessReason, string>> = {
  HEADER_NAME: '表头名称一致',
  SIMILAR_NAME: '表头名称相近，请核对',
  NUMBERED_NAME: '去掉题号后名称一致',
  ITEM_ID: '表头就是题目编号',
  ITEM_TEXT: '表头与题目文字一致',
  ITEM_NUMBER: '按题号对应',
  ITEM_ORDER: '按测评题的先后次序对应，请核对',
  QUESTION_CODE: '表头就是问卷题码',
  PLATFORM_COLUMN: '平台自带的列，不导入',
  SECOND_COLUMN: '已有更吻合的列，这一列不导入',
  EMPTY_HEADER: '没有表头，不导入',
  NOT_RECOGNISED: '没有认出，请指定或不导入',
};

export const problemTexts: Readonly<Record<ImportProblemCode, string>> = {
  TABLE_EMPTY: '表头下面没有数据。',
  COLUMN_MISSING: '缺少“{role}”列。',
  ITEM_COLUMNS_MISSING: '试卷中有 {count} 道题在表里没有对应的列（第 {positions} 题）。',
  ROLE_TWICE: '有两列都被指定为“{role}”{target}。',
  DESIGN_COLUMN_MISSING: '没有“{role}”列，抽样误差将按没有这一层设计来估计。',
  FORMULA_CELL: '这个单元格里是公式，不是数值或文字。',
  REQUIRED_EMPTY: '完成访问的样本缺少“{role}”。',
  TEXT_TOO_LONG: '文字超过 {limit} 个字符。',
  CASE_CODE_INVALID: '编号超过 15 位却存成了数字，末尾几位已经失真。',
  DUPLICATE_CASE: '样本编号与第 {firstRow} 行重复。',
  CASE_ALREADY_IMPORTED: '这个样本编号已在本调查中。',
  UNKNOWN_REGION: '本调查没有这个区县。',
  STRATUM_MISSING: '完成访问的样本没有填所属的层。',
  PSU_IN_TWO_STRATA: '同一个初级单元出现在两个层里（{first}、{second}）。',
  WEIGHT_NOT_NUMBER: '权重不是数字。',
  WEIGHT_NOT_POSITIVE: '权重必须大于 0。',
  COUNT_NOT_POSITIVE: '单元总数必须是大于 0 的数字。',
  UNKNOWN_CATEGORY: '不认识这个取值。',
  AGE_NOT_VALID: '年龄不是 0–120 之间的整数。',
  AGE_OUT_OF_RANGE: '年龄 {age} 岁，不在 18–69 岁的调查范围内。',
  AGE_BAND_CONFLICT: '年龄段与年龄 {age} 岁不一致。',
  AGE_NOT_DERIVED: '只有出生年月、没有访问日期，算不出周岁年龄。',
  BIRTH_NOT_VALID: '出生年月认不出来。',
  DATE_NOT_VALID: '日期认不出来。',
  UNKNOWN_OPTION: '这道题没有这个选项。',
  AMBIGUOUS_OPTION: '这个答案既可能是选项 {first}，也可能是选项 {second}。',
  TOO_MANY_OPTIONS: '单选题填了 {count} 个选项。',
  REPEATED_OPTION: '选项 {option} 写了两次。',
  NUMBER_EXPECTED: '这一列应填数字。',
  MIXED_MARKS: '这一列按 0/1 对错导入，却出现了别的内容。',
  ROW_WITHOUT_ANSWERS: '这一行没有任何作答，也没有结果码，按“资格不明”的未答样本处理。',
  MANY_BLANKS: '{expected} 道题只答了 {answered} 道，不到一半；没答的题按 0 分计。',
  MARGIN_HEADER_MISSING: '没有找到“变量、类别、人数”三列表头。',
  MARGIN_VARIABLE_UNKNOWN: '不认识这个变量。',
  MARGIN_CATEGORY_UNKNOWN: '这个变量没有这个类别。',
  MARGIN_CATEGORY_TWICE: '这个类别与第 {firstRow} 行重复。',
  MARGIN_CATEGORY_MISSING: '“{variable}”缺少类别：{missing}。',
  MARGIN_TOTAL_NOT_NUMBER: '人数不是数字。',
  MARGIN_TOTAL_NOT_POSITIVE: '人数必须大于 0。',
  MARGIN_TOTALS_DIFFER: '“{variable}”的人数合计 {total} 与“{first}”的合计 {firstTotal} 不相等。',
  MARGIN_TOTALS_ROUNDED:
    '“{variable}”的人数合计 {total} 与“{first}”的合计 {firstTotal} 略有出入，校准时将按“{first}”的合计等比例折算。',
  ITEM_SHEET_MISSING: '没有找到题目表：没有一张表的表头里有“题干”。',
  ITEM_COLUMN_MISSING: '缺少“{column}”列。',
  ITEM_COLUMN_TWICE: '有两列都是“{column}”。',
  ITEM_COLUMN_IGNORED: '不认识这一列，里面的内容没有导入。',
  ITEM_TABLE_TOO_LONG: '共有 {count} 道题，一次最多导入 {limit} 道。',
  ITEM_CELL_EMPTY: '没有填“{column}”。',
  ITEM_CELL_NOT_TEXT: '这里应是文字，却存成了数字或日期，可能已被 Excel 改过（例如 1/2 变成日期）。',
  ITEM_NUMBER_NOT_VALID: '这里应是 {minimum} 到 {maximum} 之间的{kind}。',
  ITEM_JSON_NOT_VALID: '这一格的内容被改动过，读不出来。',
  ITEM_TWICE: '题号与第 {firstRow} 行重复。',
  ITEM_ANSWER_NOT_READ: '答案认不出来。',
  ITEM_ANSWER_NOT_OPTION: '答案里的“{letter}”不是这道题的选项。',
  ITEM_RULE_BROKEN: '题目不合规则：{problem}。',
  ITEM_LINK_UNKNOWN: '“{id}”不在{where}里。',
  ITEM_LINK_DIFFERS: '与{where}中“{id}”的内容不一致（那里是“{known}”）。',
  ITEM_FILE_SYNTAX: '文件读不下去：{problem}。',
  ITEM_XML_REFUSED: '没有读取这个文件：{problem}。',
  ITEM_TYPE_NOT_SUPPORTED: '“{type}”题型不能导入。',
  ITEM_PART_DROPPED: '{what}没有导入。',
};

export const remedyTexts: Readonly<Record<ImportRemedyCode, string>> = {
  FILL_TABLE: '请从表头的下一行开始填写，每个样本一行，再重新导入。',
  MAP_COLUMN: '请在对应关系中指定这一列；表里没有的话，请补上这一列。',
  ADD_COLUMN: '请补上这些题的列，或确认选对了问卷；整道题没有人答也要保留空列。',
  KEEP_ONE_COLUMN: '请只保留一列，另一列改为“不导入”。',
  CONFIRM_NO_DESIGN: '如果抽样时分了层或整群，请补上这一列；确实没有就可以继续。',
  PASTE_VALUES: '请在 Excel 中复制这一列，用“选择性粘贴—数值”粘贴回去。',
  FILL_CELL: '请补填这个单元格；如果这个样本没有完成访问，请在“结果码”列注明。',
  SHORTEN_TEXT: '请缩短文字。',
  FIX_CODE: '请把这一列设为“文本”格式，重新填写原来的编号。',
  KEEP_ONE_ROW: '请只保留一行，或改正编号。',
  REMOVE_KNOWN_CASE: '请删去该行，或先作废原来那一次导入或那份答卷。',
  USE_LISTED_REGION: '请填本调查的区县名称或代码：{allowed}。',
  CHECK_DESIGN: '如果各层分别编号，可以继续；否则请核对这个单元属于哪一层。',
  ENTER_POSITIVE_NUMBER: '请填大于 0 的数字，不带单位和文字。',
  USE_LISTED_VALUE: '请改成以下之一：{allowed}。',
  CHECK_AGE: '请核对年龄；确实不在 18–69 岁的，结果码填 31。',
  ENTER_DATE: '请按“1990-05”或“2026-03-15”的样式填写。',
  ADD_DATE_OR_AGE: '请补上“访问日期”（调查日期）列或“年龄”列。',
  USE_OPTION_LETTER: '请填选项字母（{allowed}）；不知道填“不知道”，拒答填“拒答”，没答留空。',
  KEEP_ONE_OPTION: '请只保留一个选项字母。',
  ENTER_NUMBER: '请填数字，不带单位和文字。',
  USE_MARKS_ONLY: '请只填 1（答对）或 0（答错），没答留空；如果填的是选项，请把这一列改为“测评题（作答）”。',
  CHECK_ROW: '请核对这一行；属实就可以继续。',
  USE_TEMPLATE: '请下载边际总体模板，按模板填写。',
  COMPLETE_MARGIN: '请补上缺少的类别，每个类别一行。',
  CHECK_TOTALS: '请核对人数；各变量应说的是同一个总体，合计应当相等。',
  ACCEPT_SCALING: '如果只是四舍五入造成的差别，可以继续；否则请核对人数。',
  USE_ITEM_TEMPLATE: '请下载题目模板，按模板填写。',
  ADD_ITEM_COLUMN: '请补上这一列；外来的题目表可以在导入时指定维度、基准等缺省值。',
  ACCEPT_DROPPED: '如果不需要，可以继续；需要的话请改写到认识的列或题目里。',
  SPLIT_FILE: '请分成几个文件导入。',
  FILL_ITEM_CELL: '请补填这个单元格。',
  SET_CELL_TEXT: '请把这个单元格设为“文本”格式，重新填写。',
  ENTER_NUMBER_BETWEEN: '请填数字，不带单位和文字。',
  LEAVE_CELL: '请从原文件恢复这一格，或清空它。',
  WRITE_ITEM_ANSWER: '单选填 B，多选填 A,C，判断填 对 或 错，排序填 B>D>A>C，匹配填 A2,B1,C3。',
  CORRECT_ITEM: '请改正这一格。',
  ADD_LINKED_ROW: '请改正编号，或在相应的表里补上这一行。',
  FIX_LINE: '请改正这一行，或从原系统重新导出。',
  EXPORT_AGAIN: '请从原系统重新导出；文件里不要有 DOCTYPE 和自定义实体。',
  USE_SUPPORTED_TYPE: '请改成判断、单选、多选、匹配或排序题，或从文件中删去。',
};

const allowedWhenUnstated: Readonly<Record<string, string>> = { USE_OPTION_LETTER: 'A、B、C…' };

function fill(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

/** Complete Chinese sentences for one problem. */
export function describeProblem(error: Pick<CellError, 'code' | 'params' | 'remedyCode'>): {
  readonly problem: string;
  readonly remedy: string;
} {
  const { role, target } = error.params;
  const params = {
    allowed: allowedWhenUnstated[error.remedyCode] ?? '见填写说明',
    ...error.params,
    ...(role === undefined ? {} : { role: roleLabels[role as ColumnRole] }),
    ...(target === undefined || target === '' ? {} : { target: `（${target}）` }),
  };
  return {
    problem: fill(problemTexts[error.code], params),
    remedy: fill(remedyTexts[error.remedyCode], params),
  };
}
