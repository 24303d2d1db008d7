/** Words of the custom analysis: columns, questions, comparisons, errors, and what must not be published. */
import type { ProportionIntervalMethod } from '../estimation/intervals';
import type { VarianceMethod } from '../estimation/estimateRecord';

/** Columns of a survey's own data table that no grouping names. */
export const analysisColumnLabels: Readonly<Record<string, string>> = {
  caseCode: '样本编号',
  stratum: '层',
  psu: '初级单元',
  ssu: '次级单元',
  populationPsuCount: '层内初级单元总数',
  populationSsuCount: '初级单元内次级单元总数',
  baseWeight: '基础权数',
  region: '地区',
  passed: '具备科学素质',
  total: '总分',
  tier: '等级',
};

export const yesNoLabels = { '1': '是', '0': '否' } as const;

/** @example keyGroupColumnLabel('农民') === '重点人群：农民' */
export const keyGroupColumnLabel = (group: string): string => `重点人群：${group}`;
export const dimensionColumnLabel = (dimension: string): string => `得分：${dimension}`;

export const questionLabels = {
  literate: '具备科学素质的比例',
  score: '平均分',
  tiers: '各等级的比例',
  column: '自选的列',
} as const;

export const statisticLabels = {
  proportion: '比例',
  mean: '均值',
  total: '总量',
  ratio: '比率',
  quantiles: '分位数',
} as const;

export const comparisonLabels = {
  none: '不比较',
  allPairs: '两两比较',
  overall: '各组与全体比较',
  tTest: '两组 t 检验',
  chiSquare: '卡方检验（是否有关）',
  regression: '回归与预测边际',
} as const;

export const comparisonHelp: Readonly<Record<keyof typeof comparisonLabels, string>> = {
  none: '只列估计值和误差。',
  allPairs: '每两组相减，p 值按 Holm 法校正多重比较。',
  overall: '每组减全体，考虑了组与全体的相关。',
  tTest: '选两组，后一组减前一组。',
  chiSquare: '检验结果与分组是否有关（Rao–Scott 校正）。',
  regression: '控制其他变量后，各组还差多少：系数、Wald 检验和预测边际。',
};

export const varianceLabels = {
  linearised: '泰勒线性化',
  subbootstrap: '自助法（Rao–Wu）',
  jackknife: '刀切法',
  modelBootstrap: '模型自助法',
} as const;

export const proportionIntervalLabels: Readonly<Record<ProportionIntervalMethod, string>> = {
  logit: 'logit 变换（默认）',
  'korn-graubard': 'Korn–Graubard',
  xlogit: 'logit（正态尺度）',
  wilson: 'Wilson',
  mean: '均值 ± t×标准误',
  asin: '反正弦变换',
  beta: 'Beta（Clopper–Pearson）',
  'agresti-coull': 'Agresti–Coull',
  jeffreys: 'Jeffreys',
  likelihood: '似然比',
};

export const varianceMethodLabels: Readonly<Record<VarianceMethod, string>> = {
  linearised: '泰勒线性化误差',
  replicates: '重复样本误差',
  'model-based-bootstrap': '模型自助法误差（非概率样本）',
};

/** What the interval of a survey may be called. */
export const intervalWord = (isModelBased: boolean): string => (isModelBased ? '模型区间' : '置信区间');

export const testLabels: Readonly<Record<string, string>> = {
  raoScottF: 'Rao–Scott F',
  raoScottChiSquare: 'Rao–Scott 卡方',
  wald: 'Wald F',
  adjustedWald: '校正 Wald F',
};

export const customMarkTexts = {
  mustNotPublish: '※',
  sizeUnknown: '结果没有附上这一行的人数，发布前请先核对',
} as const;

export const customNotes = {
  working: '这里的数字供统计员研究用，不进入报告。标 ※ 的行不得发布。',
  thresholds: (respondents: number, psus: number): string =>
    `低于公布下限（${respondents} 份答卷或 ${psus} 个初级单元）的行标 ※ 并写明原因，数字仍然列出；这里不做防反推的补充隐去，对外公布请以“估计”“报告”页为准。`,
  linearisedInstead: '误差用泰勒线性化，没有用所选的重复样本。',
  nonprobability: '非概率样本：只能用模型自助法，区间是模型区间，不是置信区间；不能做卡方检验和回归。',
} as const;

export const runStageTexts: Readonly<Record<string, string>> = {
  started: '准备数据',
  loading: '读取数据',
  weighting: '加权',
  replicates: '逐个重复样本加权',
  analysing: '估计与比较',
};

/** Name of a Wald test inside a specification, at most 80 characters. @example specWaldName('年龄段') === '年龄段：全部系数为 0' */
export const specWaldName = (label: string): string => `${label.slice(0, 60)}：全部系数为 0`;
