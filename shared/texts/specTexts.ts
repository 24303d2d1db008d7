/** What is wrong with a place of an analysis specification, in words; the place itself is said by the caller. */
import type { z } from 'zod';
import type { SinglePsuRule } from '../estimation/design/surveyDesign';

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'true 或 false',
  array: '数组 […]',
  object: '对象 {…}',
  record: '对象 {…}',
  null: 'null',
};

const typeName = (type: string): string => typeNames[type] ?? type;

const listed = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join('、');

type Issue = z.core.$ZodIssue;

const units: Readonly<Record<string, string>> = { string: ' 个字', array: ' 项', set: ' 项' };

function sizeProblem(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const unit = units[issue.origin] ?? '';
  if (issue.code === 'too_small') {
    return `应${issue.inclusive === false ? '大于' : '不小于'} ${String(issue.minimum)}${unit}`;
  }
  return `应${issue.inclusive === false ? '小于' : '不大于'} ${String(issue.maximum)}${unit}`;
}

/** Discriminators of the allowed forms, as far as the format tells them. */
function unionProblem(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const { discriminator, options } = issue as { discriminator?: string; options?: readonly unknown[] };
  if (discriminator !== undefined && options !== undefined) {
    return `“${discriminator}”只能是 ${listed(options)}`;
  }
  const forms = issue.errors.flatMap((errors) => errors.slice(0, 1).map(issueProblem));
  return forms.length === 0 ? '不是允许的形式' : [...new Set(forms)].join('，或');
}

function issueProblem(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `缺少这一项（应为${typeName(issue.expected)}）`
        : `应为${typeName(issue.expected)}`;
    case 'invalid_value':
      return issue.values.length === 1 ? `应为 ${listed(issue.values)}` : `只能是 ${listed(issue.values)}`;
    case 'unrecognized_keys':
      return `不认识 ${listed(issue.keys)}`;
    case 'too_small':
    case 'too_big':
      return sizeProblem(issue);
    case 'invalid_union':
      return unionProblem(issue);
    case 'custom':
      return issue.message;
    default:
      return '格式不对';
  }
}

/** One short Chinese phrase with the allowed values. */
export const specProblem = (issue: Issue): string => issueProblem(issue);

/** Problems only this format knows. */
export const specProblems = {
  boundsMissing: '“linear-bounded”和“logit”必须写明 bounds（lower、upper）',
  nothingToCalibrate: '“margins”和“totals”不能都为空',
  twoNames: '编号重复，每项分析的 id 必须不同',
  pathMissing: '根',
} as const;

/** Words of the readable results of a specification. */
export const specWords = {
  everyone: '全体',
  emptyReasons: { noRespondents: '无答卷', allMissing: '结果变量全部缺失', zeroDenominator: '分母为 0' },
  headers: {
    outcome: '变量',
    domain: '分组',
    estimate: '估计',
    standardError: '标准误',
    interval: '区间',
    designEffect: '设计效应',
    df: '自由度',
    p: 'p 值',
    adjustedP: '校正 p 值',
    probability: '分位',
    comparison: '比较',
    test: '检验',
    statistic: '统计量',
    coefficient: '系数',
    margin: '预测边际',
    step: '权数步骤',
    rows: '行数',
    total: '合计',
    minimum: '最小',
    maximum: '最大',
    kish: 'Kish 设计效应',
    adjustment: '调整范围',
  },
  kinds: {
    estimates: '估计',
    quantiles: '分位数',
    contrasts: '比较',
    tTest: 't 检验',
    chiSquare: '卡方检验',
    regression: '回归',
  },
  steps: {
    base: '基础权数',
    nonresponseClasses: '无应答：加权组',
    responsePropensity: '无应答：应答倾向',
    postStratification: '事后分层',
    raking: '迭代比例',
    calibration: '校准',
    trimming: '截尾',
  },
  variance: {
    linearised: '误差：泰勒线性化',
    replicates: '误差：重复样本',
    'model-based-bootstrap': '误差：模型自助法（样本不是概率样本，区间依赖模型）',
  },
  replacesReplicates: '本项的误差是泰勒线性化误差，没有使用重复样本。',
  singlePsuRules: {
    fail: '拒绝',
    certainty: '按必选单元，不计误差',
    remove: '不计误差',
    adjust: '以总均值为中心',
    average: '取其他层的平均',
  },
  design: (strata: number, psus: number, df: number): string =>
    `层 ${strata} 个，初级单元 ${psus} 个，自由度 ${df}。`,
  rows: (rows: number, respondents: number): string => `数据 ${rows} 行，其中有权数 ${respondents} 行。`,
  singlePsu: (rule: SinglePsuRule, strata: readonly string[]): string =>
    `只有一个初级单元的层 ${strata.length} 个（${strata.slice(0, 20).join('、')}），处理：${specWords.singlePsuRules[rule]}。`,
  replicates: (count: number): string => `（${count} 个）`,
  level: (level: number): string => `；置信水平 ${Number((level * 100).toFixed(6))}%。`,
  written: (path: string): string => `已写出：${path}`,
} as const;

/** Words inside a survey's own specification. */
export const surveySpecTexts = {
  note: (marginSource: string | null): string =>
    `由知衡按调查的标准分析写出：得分与背景为派生列，不含作答原文。${marginSource === null ? '' : `边际总体来源：${marginSource}。`}`,
} as const;
