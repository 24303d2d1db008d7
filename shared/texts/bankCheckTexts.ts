/** Chinese sentences of the automatic checklist and labels of a bank's composition. */
import type { SummaryRow, SummarySection } from '../assessment/bankSummary';
import type { Finding } from '../assessment/checks/finding';
import { bandText, areaLabel, dimensionLabel, itemFormatLabels } from './assemblyTexts';
import { benchmarkText, knowledgeLabels, reviewRoleLabels } from './itemTexts';

type Params = Finding['params'];
type Sentence = (params: Params) => string;

/** What each rule looks at; the order of the checklist (question-bank-spec §7.2). */
export const checkRuleLabels: Readonly<Record<string, string>> = {
  R01: '题干长度',
  R02: '句子长度',
  R03: '选项长度',
  R04: '答案长短提示',
  R05: '选项重复',
  R06: '“以上都”类选项',
  R07: '生僻字',
  R08: '否定题干',
  R09: '选项绝对化',
  R10: '题干提示答案',
  R11: '答案位置',
  R12: '判断题对错比例',
  R13: '题目近似',
  R14: '措辞与已公开题相同',
  R15: '数字',
  R16: '外文缩写',
  R17: '品牌、人物、地名',
  R18: '双重否定',
  R19: '图表替代文字',
  R20: '依据',
  R26: '作答时间',
  R28: '难度依据',
  R29: '审题流程',
  REASON: '理由清单',
};

const parts: Readonly<Record<string, string>> = {
  stem: '题干',
  stimulus: '材料',
  keyTooLong: '答案比最长的干扰项长得多',
  keyTooShort: '答案比最短的干扰项短得多',
  spread: '最长与最短选项相差太多',
  noPrimarySource: '没有一手依据',
  noReviewDate: '没有复核到期日',
  authorReviewed: '命题人审了自己的题',
  noAuthor: '没有写命题人',
  tooFewReviewers: '通过的审查人不足',
  openObjection: '还有未解决的审查意见',
};

const partOf = ({ part }: Params): string => parts[String(part)] ?? String(part);

const sentences: Readonly<Record<string, Sentence>> = {
  R01: (params) => `${partOf(params)}${params['length']}字，超过${params['limit']}字`,
  R02: ({ part, length, limit }) => `“${part}”一句${length}字，超过${limit}字`,
  R03: ({ part, length, limit }) => `选项“${part}”${length}字，超过${limit}字`,
  R04: (params) => `${partOf(params)}（${params['ratio']}倍）`,
  R05: ({ first, second }) => `选项“${first}”与“${second}”重复或几乎相同`,
  R06: ({ found }) => `选项写了“${found}”`,
  R07: ({ found }) => `有常用字以外的字：${found}`,
  R08: ({ found }) => `题干用了否定问法“${found}”`,
  R09: ({ found, text }) => `选项“${text}”用了“${found}”`,
  R10: ({ key, distractor }) => `答案与题干相同的词有${key}处，干扰项最多${distractor}处`,
  R11: ({ key, share }) => `答案${key}占${Math.round(Number(share) * 100)}%，应在20%–30%`,
  R12: ({ share }) => `判断题“对”占${Math.round(Number(share) * 100)}%，应在40%–60%`,
  R13: ({ other, reason }) =>
    `与${other}${reason === 'sameFact' ? '依据同一条事实' : '文字相近'}，须设为互斥或改写`,
  R14: ({ found, known }) => `“${found}”与已公开的题（${known}）连续8字相同`,
  R15: ({ part, found, length, limit }) =>
    part === 'units'
      ? `同一种量用了不同单位：${found}`
      : part === 'digits'
        ? `数字${found}超过${limit}位`
        : `题干有${length}个数，超过${limit}个`,
  R16: ({ found }) => `有不常见的外文：${found}`,
  R17: ({ found }) => `出现真实的品牌、人物、机构或地名：${found}`,
  R18: ({ found }) => `“${found}”像是双重否定`,
  R19: ({ part, found }) =>
    part === 'values'
      ? `替代文字没有读出这些数：${found}`
      : part === 'alt'
        ? '图表没有替代文字'
        : '图表题没有图表',
  R20: (params) => {
    if (params['part'] === 'superseded') return `依据${params['ref']}已废止或被替代`;
    return params['part'] === 'reviewDue' ? `复核日期${params['date']}已到` : partOf(params);
  },
  R26: ({ seconds, min, max }) => `预计${seconds}秒，这种题型应在${min}–${max}秒`,
  R28: () => '没有写难度的估计方法',
  R29: (params) =>
    params['part'] === 'roleMissing'
      ? `还缺${reviewRoleLabels[params['role'] as keyof typeof reviewRoleLabels] ?? params['role']}`
      : partOf(params),
  REASON: ({ about }) => `${about}的理由已经没有对应的警告，或题号、规则写错，请从理由清单删去`,
};

/** @example findingText({ rule: 'R28', … }) === '没有写难度的估计方法' */
export const findingText = ({ rule, params }: Finding): string =>
  sentences[rule]?.(params) ?? JSON.stringify(params);

export const summarySectionLabels: Readonly<Record<SummarySection, string>> = {
  items: '总题数',
  dimensionByBenchmark: '基准 × 维度',
  dimensionByArea: '维度 × 内容领域',
  topics: '主题下限',
  formats: '题型',
  difficultyBands: '难度段',
  cognitive: '认知层次',
  knowledge: '知识类型',
  pisa: 'PISA 能力',
  keyPosition: '单选答案位置',
  trueKeyShare: '判断题答案“对”',
  anchors: '锚题',
};

const pisaLabels: Readonly<Record<string, string>> = {
  explain: '解释现象',
  enquiry: '设计与评价探究',
  information: '研究和使用信息',
  none: '未标注',
};

const pair = (subject: string): readonly [string, string] => {
  const [first = '', second = ''] = subject.split('/');
  return [first, second];
};

const subjectNamers: Readonly<Partial<Record<SummarySection, (subject: string) => string>>> = {
  items: () => '题目',
  dimensionByBenchmark: (subject) => {
    const [benchmark, dimension] = pair(subject);
    return `${benchmarkText(Number(benchmark))} · ${dimensionLabel(dimension)}`;
  },
  dimensionByArea: (subject) => {
    const [dimension, area] = pair(subject);
    return `${dimensionLabel(dimension)} · ${areaLabel(area)}`;
  },
  formats: (subject) => itemFormatLabels[subject] ?? subject,
  knowledge: (subject) => knowledgeLabels[subject] ?? subject,
  pisa: (subject) => pisaLabels[subject] ?? subject,
  anchors: dimensionLabel,
};

/** What a row counts; `bands` names difficulty bands by their range. */
export function summarySubject(
  { section, subject }: Pick<SummaryRow, 'section' | 'subject'>,
  bands: readonly { readonly id: string; readonly from: number; readonly to: number }[],
): string {
  const band = section === 'difficultyBands' ? bands.find(({ id }) => id === subject) : undefined;
  return band === undefined ? (subjectNamers[section]?.(subject) ?? subject) : bandText(band);
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** What is asked for: a number, a range, or a target with its range. */
export function summaryTargetText({ unit, target, min, max }: SummaryRow): string {
  const value = (number: number): string => (unit === 'share' ? percent(number) : String(number));
  if (!Number.isFinite(max)) return `≥${value(min)}`;
  const range = min === max ? value(min) : `${value(min)}–${value(max)}`;
  return target === null || min === max ? range : `${value(target)}（${range}）`;
}

export const summaryActualText = ({ unit, actual }: SummaryRow): string =>
  unit === 'share' ? percent(actual) : String(actual);
