/** Words of item analysis: flags, actions, severities. */
import type { FlagSeverity, ItemAction, ItemFlagRule } from '../psychometrics/flagRules';
import type { OptionRole } from '../psychometrics/options';
import type { OptionBasis, RaisedFlag } from '../results/itemAnalysisResults';
import { formatNumber, formatShare } from './format';

/** `{value}`, `{threshold}` and `{subject}` are filled in where the sentence has them. */
export const itemFlagTexts: Readonly<Record<ItemFlagRule, string>> = {
  tooHard: '难度过高：答对率 {value}，低于 {threshold}',
  tooEasy: '难度过低：答对率 {value}，高于 {threshold}（开场题可保留）',
  nearChance: '答对率 {value} 接近猜测水平（界限 {threshold}）',
  negativeDiscrimination: '区分度为负：校正点二列相关 {value}',
  lowDiscrimination: '区分度低：校正点二列相关 {value}，低于 {threshold}',
  modestDiscrimination: '区分度偏低：校正点二列相关 {value}，低于 {threshold}',
  distractorAboveKey: '高分组选“{subject}”的比例 {value}，高于选正确答案的 {threshold}',
  deadDistractor: '选项“{subject}”很少有人选：{value}，低于 {threshold}',
  distractorAttractsAble: '选项“{subject}”吸引能力较高的人：点二列相关 {value}',
  manyDontKnow: '“不知道”占 {value}，高于 {threshold}',
  manyBlank: '未答占 {value}，高于 {threshold}',
  differentialFunctioning: '按“{subject}”分组有项目功能差异：差异量 {value}（界限 ±{threshold}）',
  infit: '加权拟合指数 {value}，越过 {threshold}',
  summedScoreMisfit: 'S-X² 不拟合：近似误差均方根 {value}，高于 {threshold}',
  localDependence: '与 {subject} 局部相依：Q3* {value}，高于 {threshold}',
  tooFast: '作答时间中位数 {value} 秒，短于 {threshold} 秒',
  tooSlow: '作答时间中位数 {value} 秒，长于 {threshold} 秒',
  drift: '与{subject}相比难度漂移：稳健 z 为 {value}（界限 ±{threshold}）',
  leakByShare: '疑似泄题：答对率比{subject}高 {value}（界限 {threshold}），用时又变短',
  leakByDifficulty: '疑似泄题：连接后的难度比{subject}变化 {value}（界限 {threshold}），用时又变短',
};

export const itemActionTexts: Readonly<Record<ItemAction, string>> = {
  reviewDifficulty: '复核难度',
  repairOrRetire: '修改或退出',
  stopUse: '立即停用',
  checkKey: '先核对答案',
  rewriteDistractor: '改写干扰项',
  checkAmbiguity: '检查是否有歧义',
  reviseWording: '修改措辞或选题',
  convenePanel: '专家会审：偏差还是真实差异',
  reviewFit: '复核拟合',
  makeTestletOrEnemy: '合为题组或互斥',
  checkLeakOrConfusion: '查泄题或误解',
  reviewAnchor: '复核锚题',
  holdItem: '暂停使用，查明是否泄题',
};

export const flagSeverityTexts: Readonly<Record<FlagSeverity, string>> = {
  watch: '关注',
  review: '复核',
  stop: '停用',
};

/** Rules whose value and threshold are shares. */
const shareRules: readonly ItemFlagRule[] = [
  'tooHard',
  'tooEasy',
  'nearChance',
  'distractorAboveKey',
  'deadDistractor',
  'manyDontKnow',
  'manyBlank',
  'leakByShare',
];
const secondRules: readonly ItemFlagRule[] = ['tooFast', 'tooSlow'];

/** @example '难度过高：答对率 6.0%，低于 10.0%' */
export function itemFlagSentence({ rule, value, threshold, subject }: RaisedFlag): string {
  const print = (each: number): string => {
    if (shareRules.includes(rule)) return formatShare(each);
    return secondRules.includes(rule) ? String(Number(each.toFixed(1))) : formatNumber(each);
  };
  return itemFlagTexts[rule]
    .replace('{value}', print(value))
    .replace('{threshold}', print(threshold))
    .replace('{subject}', subject ?? '');
}

/** Variables of DIF and rates of 不知道. */
export const itemGroupLabels = {
  sex: '性别',
  age: '年龄',
  education: '受教育程度',
  residence: '城乡',
  mode: '访问方式',
} as const;

export const itemAgeLabels = { under60: '18–59岁', from60: '60岁及以上' } as const;
export const itemModeLabels = {
  interviewer: '访问员询问',
  selfAdministered: '自填',
  paper: '纸质问卷',
} as const;

export const optionRoleTexts: Readonly<Record<OptionRole, string>> = {
  key: '答对',
  distractor: '答错',
  dontKnow: '不知道',
  refused: '拒答',
  blank: '未答',
};

/** Why there is no distractor table; null when there is one. */
export const optionBasisNotes: Readonly<Record<OptionBasis, string | null>> = {
  choices: null,
  composite: '本题型没有单一的所选项，只分对错。',
  scoredBefore: '导入的是 0/1 得分，没有所选的选项，只分对错。',
  restricted: '本卷题目不公开，不显示题干、选项和答案，只分对错。',
};

export const itemAnalysisStageTexts: Readonly<Record<string, string>> = {
  started: '读取答卷',
  loading: '读取答卷',
  calibrating: '标定题目参数',
  itemFit: '检查题目拟合',
};
