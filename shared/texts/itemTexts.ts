/** Chinese words of the item bank: codes, fields, problems of a form, reasons a status cannot change. */
import type { ContentArea, ItemDimension, ItemStatus, ItemType } from '../assessment/itemCodes';
import type { KeyChange, RescoredSurvey } from '../assessment/keyChange';
import type { HoldReason, ReviewRole, ReviewVerdict, TransitionProblem } from '../assessment/workflow';
import { formatCount } from './format';

export const itemDimensionLabels: Readonly<Record<ItemDimension, string>> = {
  K: '科技知识',
  M: '科学方法',
  S1: '科学精神',
  S2: '科学思想',
  A1: '应用·分析判断',
  A2: '应用·解决问题',
};
export const contentAreaLabels: Readonly<Record<ContentArea, string>> = {
  ME: '物质与能量',
  LH: '生命与健康',
  EE: '地球与环境',
  MI: '数学与信息',
  ET: '工程与技术',
  SS: '科技与社会',
};
export const itemTypeLabels: Readonly<Record<ItemType, string>> = {
  tf: '判断',
  single: '单选',
  multi: '多选',
  order: '排序',
  match: '匹配',
  chart: '图表',
};
export const itemStatusLabels: Readonly<Record<ItemStatus, string>> = {
  draft: '草稿',
  review: '待审',
  pilot: '试测',
  active: '启用',
  hold: '暂停',
  retired: '退役',
};
export const knowledgeLabels: Readonly<Record<string, string>> = {
  content: '内容性知识',
  procedural: '程序性知识',
  epistemic: '认识性知识',
};
export const reviewRoleLabels: Readonly<Record<ReviewRole, string>> = {
  content: '内容审',
  language: '语言审',
  sensitivity: '敏感审',
};
export const reviewVerdictLabels: Readonly<Record<ReviewVerdict, string>> = {
  accept: '通过',
  revise: '修改后再审',
  reject: '不通过',
};
export const holdReasonTexts: Readonly<Record<HoldReason, string>> = {
  sourceSuperseded: '依据已被替代或废止，自动暂停',
  reviewOverdue: '复核日期已到，自动暂停',
};

/** The 26 基准 of 2016, short names (question-bank-spec §1.2). */
export const benchmarkLabels: readonly string[] = [
  '世界可知、科学态度',
  '系统方法',
  '科学精神与研究过程',
  '创新意识、支持创新',
  '科技与社会、两面性',
  '生态文明',
  '可持续发展、资源利用',
  '崇尚科学、辨别真伪',
  '获取知识信息的方法',
  '数学运算与逻辑',
  '物理',
  '化学',
  '天文',
  '地球科学与地理',
  '生命、多样性与进化',
  '人体生理',
  '常见疾病与安全用药',
  '饮食营养与良好习惯',
  '安全出行与交通工具',
  '用电用气、家电与电子产品',
  '农业生产',
  '劳动技能与工具设备',
  '安全生产',
  '事故救援与急救',
  '自然灾害避险',
  '环境污染、土地与水资源',
];

/** @example benchmarkText(17) === '基准17 常见疾病与安全用药' */
export const benchmarkText = (number: number): string =>
  `基准${number} ${benchmarkLabels[number - 1] ?? ''}`.trim();

const fieldLabels: Readonly<Record<string, string>> = {
  id: '题号',
  version: '版本',
  status: '状态',
  dimension: '维度',
  benchmark: '基准',
  area: '内容领域',
  topics: '主题标签',
  cognitive: '认知层次',
  knowledge: '知识类型',
  type: '题型',
  stimulus: '材料',
  stem: '题干',
  options: '选项',
  targets: '配对项',
  misconceptions: '错因',
  key: '答案',
  dk: '提供“不知道”',
  shuffle: '选项可乱序',
  scoring: '计分',
  rationale: '解析',
  references: '依据',
  difficulty: '预估难度',
  irt: '题目参数',
  time_sec: '预计秒数',
  access: '无障碍说明',
  sensitivity: '敏感性说明',
  enemies: '互斥题',
  anchor: '锚题',
  exposure: '曝光',
  authors: '命题人',
  reviews: '审查记录',
  review_due: '复核到期日',
  history: '修订记录',
  pisa: 'PISA 标签',
  lang: '语言',
};

const stimulusLabels: Readonly<Record<string, string>> = {
  kind: '种类',
  title: '标题',
  text: '正文',
  table: '表格',
  unit: '单位',
  alt: '替代文字',
  picture: '图片',
  id: '编号',
};

/** @example itemFieldText('options.B') === '选项 B'; itemFieldText('stem') === '题干' */
export function itemFieldText(field: string): string {
  const [head = '', ...rest] = field.split('.');
  const label = fieldLabels[head] ?? head;
  if (rest.length === 0) return label;
  const tail = head === 'stimulus' ? rest.map((part) => stimulusLabels[part] ?? part) : rest;
  return `${label} ${tail.join(' ')}`;
}

/** Messages of the schema of items, in its own words, and what they mean to the person at the form. */
const schemaTexts: Readonly<Record<string, string>> = {
  'a table or image needs alternative text': '表格或图片必须有替代文字，供朗读使用',
  'a text stimulus needs text': '文字材料没有正文',
  'a table stimulus needs a table': '表格材料没有表格',
  'only an image stimulus has a picture': '只有图片材料才能有图片',
  'the picture is not what its fields say': '图片内容已损坏，或不是 PNG、JPEG；请重新上传',
  'a match item needs targets': '匹配题要有配对项',
  'the key must pair every option once': '答案要给每个选项各配一次',
  'the key names an unknown target': '答案用了没有的配对项',
  'a tf item has no options': '判断题没有选项',
  'a tf key is one of 对 and 错': '判断题的答案只能是“对”或“错”',
  'one key expected': '答案只能有一个',
  'four options expected': '选项要正好四个',
  'a multi item has at least two keys': '多选题至少有两个正确选项',
  'an order key lists every option once': '排序的答案要把每个选项各列一次',
  'only a match item has targets': '只有匹配题才有配对项',
  'options are missing': '没有选项',
  'duplicate option id': '选项编号重复',
  'the key names an unknown option': '答案用了没有的选项',
  'a key is listed twice': '答案里有重复',
  'an active item needs at least three recorded reviews': '启用的题目至少要有三条审查记录',
  'id and dimension differ': '题号与维度不一致',
  'id and 基准 differ': '题号与基准号不一致',
  'id and area differ': '题号与内容领域不一致',
  itemTwice: '同一题号出现不止一次',
  itemOfOtherBank: '这个题号已属于另一个题库，请换一个题号，或先切换到那个题库',
  materialDiffers: '同一编号的材料内容不同，或与题库里共用的材料不同',
  keyNeedsCorrection: '题型、答案或分值与题库里的不同；答案错了请用“更正答案”，意思变了请用新题号',
  retiredItem: '题库里这道题已退役，不再修改',
  unknownReference: '依据不在题库的依据表里',
  unknownEnemy: '互斥题不在题库里',
  partialScoring: '现有测评口径都不支持部分给分',
};

const codeTexts: Readonly<Record<string, string>> = {
  too_small: '太短、太少或没有填',
  too_big: '太长或太多',
  invalid_type: '没有填，或格式不对',
  invalid_format: '格式不对',
  invalid_value: '不在允许的范围内',
  unrecognized_keys: '有不认识的字段',
};

/** What is wrong with a field; `message` is the schema's own, `code` its kind. */
export const itemProblemText = (field: string, message: string, code: string): string =>
  `${itemFieldText(field)}：${schemaTexts[message] ?? codeTexts[code] ?? '不符合要求'}`;

/** Why an item of a private bank cannot enter a status that asks for the checklist. */
export const keysNeededText = '要先打开题库的答案，才能核对检查清单';

export function transitionProblemText(problem: TransitionProblem): string {
  switch (problem.reason) {
    case 'notAllowed':
      return `“${itemStatusLabels[problem.from]}”不能直接改为“${itemStatusLabels[problem.to]}”`;
    case 'blockingFindings':
      return `检查清单有必须改的问题（${problem.rules.join('、')}）`;
    case 'openObjection':
      return `${problem.by} 的审查意见还没有通过`;
    case 'roleMissing':
      return `还缺${reviewRoleLabels[problem.role]}（须由命题人以外的人通过）`;
    case 'tooFewReviewers':
      return `通过的审查人只有 ${problem.count} 位，至少要两位`;
  }
}

/** @example beijingDate('2025-06-29T23:00:00.000Z') === '2025-06-30' */
const beijingDate = (iso: string): string =>
  new Date(iso).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });

const keyText = (key: readonly string[]): string => key.join('、');

/**
 * One change of a key in words, as screens and the method page print it. A bank that is not public keeps its keys
 * out of print: `showsKeys` false leaves them away.
 */
export function keyChangeText(change: KeyChange, survey: RescoredSurvey | null, showsKeys: boolean): string {
  const date = beijingDate(change.at);
  const what =
    change.change.kind === 'withdrawn'
      ? '停用，不再计分，所在维度按其余各题折算到满分'
      : `更正答案${showsKeys ? `，由“${keyText(change.change.oldKey)}”改为“${keyText(change.change.newKey)}”` : '（题库不公开，答案略）'}`;
  const head = `${date} 题目 ${change.itemId} ${what}。原因：${change.reason}。`;
  if (survey === null) return head;
  const marked =
    survey.fixedMarkCount === 0
      ? ''
      : `其中 ${formatCount(survey.fixedMarkCount)} 份导入的只是对错（0/1），这道题维持导入时的对错。`;
  return (
    `${head}重新计分 ${formatCount(survey.scoreCount)} 份，总分有变的 ${formatCount(survey.totalChangedCount)} 份；` +
    `具备科学素质的由 ${formatCount(survey.passedBefore)} 人变为 ${formatCount(survey.passedAfter)} 人（未加权）。` +
    `${marked}原得分保留在库中。`
  );
}
