/** Words of the set-up: what each choice means and what follows from it. */
import type { Basis, SurveySettings, WeightingRecipe } from '@shared/domain/survey';
import { sourceConfidenceText } from '@shared/texts/labels';
import type { Option } from './fields/option';

export const basisOptions: readonly Option<Basis>[] = [
  {
    value: 'probability',
    label: '概率样本',
    hint: '按抽样框随机抽取，入样概率已知。结果给出 95% 置信区间，并对照规划目标作达标判定。',
  },
  {
    value: 'nonprobability',
    label: '非概率样本',
    hint: '拦截、配额、网络推送或自愿参加。结果只显示模型区间并全程标明，不作达标判定。',
  },
];

export const designOptions: readonly Option<SurveySettings['samplingDesign']>[] = [
  {
    value: 'stratifiedMultistage',
    label: '分层多阶段',
    hint: '先分层，再抽村居，再抽户和人；入户调查常用。',
  },
  { value: 'stratified', label: '分层一阶段', hint: '在每层里直接抽人。' },
  { value: 'simple', label: '简单随机', hint: '从一份完整名单里直接抽人。' },
];

export const samplingDesignLabels: Readonly<Record<SurveySettings['samplingDesign'], string>> = {
  stratifiedMultistage: '分层多阶段',
  stratified: '分层一阶段',
  simple: '简单随机',
  none: '无抽样设计',
};

export type WeightingKey = 'given' | 'postStratification' | 'raking' | 'equal';

export const weightingOptions: readonly Option<WeightingKey>[] = [
  { value: 'given', label: '使用数据中给定的权数', hint: '导入的表里已有最终权数，直接采用。' },
  { value: 'raking', label: '迭代校准', hint: '把基础权数逐项调到与各人口总数一致；只需各变量的单独合计。' },
  { value: 'postStratification', label: '事后分层', hint: '按交叉分组的人口数调整；需要每个交叉格的人数。' },
  { value: 'equal', label: '等权', hint: '每份答卷记 1，比例只代表受访者本身；仅限非概率样本。' },
];

export const weightingKey = (recipe: WeightingRecipe): WeightingKey =>
  recipe.kind === 'calibrated' ? recipe.method : recipe.kind;

export function weightingOf(key: WeightingKey): WeightingRecipe {
  if (key === 'raking' || key === 'postStratification') return { kind: 'calibrated', method: key };
  return { kind: key };
}

export const psuRuleOptions: readonly Option<SurveySettings['singlePsuRule']>[] = [
  {
    value: 'fail',
    label: '停止并提示',
    hint: '发现只有一个初级单元的层就停下来，请人合并层后再估计（默认，最稳妥）。',
  },
  { value: 'adjust', label: '以总均值为中心', hint: '用全部样本的均值代替该层均值来估计误差，结果偏保守。' },
  { value: 'average', label: '取其他层平均', hint: '用其他层的平均误差代替该层的误差。' },
  { value: 'certainty', label: '视为必选单元', hint: '当作必然入样，该层不贡献误差；只在确实必选时使用。' },
  { value: 'remove', label: '该层不计误差', hint: '该层误差记为零，区间会偏窄，慎用。' },
];

export const itemDimensionLabels: Readonly<Record<string, string>> = {
  K: '科学知识',
  M: '科学方法',
  S1: '科学精神',
  S2: '科学思想',
  A1: '应用·分析判断',
  A2: '应用·解决问题',
};

export const areaLabels: Readonly<Record<string, string>> = {
  ME: '物质与能量',
  LH: '生命与健康',
  EE: '地球与环境',
  MI: '数学与信息',
  ET: '工程与技术',
  SS: '科技与社会',
};

export const typeLabels: Readonly<Record<string, string>> = {
  tf: '判断题',
  single: '单选题',
  multi: '多选题',
  order: '排序题',
  match: '配对题',
  orderMatch: '排序与配对题',
  stimulus: '情境题组',
  chart: '图表题',
};

export const confidenceLabels: Readonly<Record<string, string>> = {
  A: sourceConfidenceText('A'),
  B: sourceConfidenceText('B'),
  C: sourceConfidenceText('C'),
  M: '常识，未核实',
  N: '未公布，由本产品自定',
};
