/** Words of the plan screens: what verbs, kinds, flags and frequencies of a plan mean in plain Chinese. */
import type { InjectionKey } from 'vue';
import type {
  HeadlineGoal,
  OtherTarget,
  Plan,
  PlanBaseline,
  PlanDuty,
  PlanEvidence,
} from '@shared/domain/plan';
import { formatPercentValue, missingMark } from '@shared/texts/format';

export const openClauseKey: InjectionKey<(evidence: PlanEvidence) => void> = Symbol('openClause');

export const levelLabels: Readonly<Record<Plan['level'], string>> = {
  national: '国家',
  province: '省',
  prefecture: '地级市',
  countyCity: '县级市',
  district: '市辖区',
};

export const statusLabels: Readonly<Record<Plan['status'], string>> = {
  inForce: '正式文件',
  draftForComment: '征求意见稿',
};

export const baselineFlagLabels: Readonly<Record<PlanBaseline['flags'][number], string>> = {
  suspectedParentFigure: '疑似沿用上级数据',
  yearImplied: '年份为推断',
};

export const baselineFlagNotes: Readonly<Record<PlanBaseline['flags'][number], string>> = {
  suspectedParentFigure: '与上级地区公布的数字完全相同，可能不是本地调查结果。',
  yearImplied: '原文没有写明年份，按规划时期末年登记。',
};

export const frequencyLabels: Readonly<Record<PlanDuty['frequency'], string>> = {
  yearly: '每年',
  regular: '定期',
  twiceInFiveYears: '五年两次',
  whenAppropriate: '适时',
  unstated: '未写明频次',
};

/** What the frequency says about the years, for the calendar. */
export const frequencyNotes: Readonly<Record<PlanDuty['frequency'], string>> = {
  yearly: '每年至少一次',
  regular: '定期开展，原文没有写明年份',
  twiceInFiveYears: '五年内两次，原文没有写明年份',
  whenAppropriate: '适时开展，原文没有写明年份',
  unstated: '原文没有写明频次',
};

export const targetKindLabels: Readonly<Record<OtherTarget['kind'], string>> = {
  flow: '流量',
  stock: '存量',
  periodTotal: '累计',
};

export const targetKindNotes: Readonly<Record<OtherTarget['kind'], string>> = {
  flow: '流量：每年都要完成的数量。',
  stock: '存量：到期时达到的总数。',
  periodTotal: '累计：整个规划期加起来的数量。',
};

/** `三(三)2` as people write it: 三（三）2. */
export const formatClause = (clause: string): string => clause.replace('(', '（').replace(')', '）');

/** @example goalSentence({ verb: '超过', value: 19, … }) === '“超过 19%”要求估计值大于 19%，正好等于 19% 不算达到。' */
export function goalSentence(goal: HeadlineGoal): string {
  const value = formatPercentValue(goal.value);
  if (goal.operator === 'gt')
    return `“${goal.verb} ${value}”要求估计值大于 ${value}，正好等于 ${value} 不算达到。`;
  if (goal.aspirational) return `“${goal.verb} ${value}”按不低于 ${value} 判定；“力争”表示这是期望性目标。`;
  return `“${goal.verb} ${value}”即不低于 ${value}，等于 ${value} 也算达到。`;
}

const operatorWords: Readonly<Record<OtherTarget['operator'], string>> = {
  gte: '不低于 ',
  gt: '超过 ',
  eq: '',
  range: '',
  approx: '约 ',
};

const plain = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 });

/** Operator, value and unit as printed: 超过 85 万人, 2–3 期. */
export function targetValueText(target: OtherTarget): string {
  const upper = target.upperValue === null ? '' : `–${plain.format(target.upperValue)}`;
  const space = target.unit === '%' ? '' : ' ';
  return `${operatorWords[target.operator]}${plain.format(target.value)}${upper}${space}${target.unit}`;
}

export const periodText = (plan: Plan): string => `${plan.period.from}–${plan.period.to} 年`;

export const baselineText = (baseline: PlanBaseline): string =>
  `${baseline.year === null ? '' : `${baseline.year} 年 `}${formatPercentValue(baseline.value)}`;

/** Last baseline before the goal in words; 缺基线 when the plan gives none, — for the national outline. */
export function baselineSummary(plan: Plan): string {
  const last = plan.baselines.at(-1);
  if (last !== undefined) return baselineText(last);
  return plan.missingBaseline ? '缺基线' : missingMark;
}

/** Years of the duty calendar: five at most, so that a plan to 2035 stays readable. */
export function calendarYears(plan: Plan): readonly number[] {
  const last = Math.min(plan.period.to, plan.period.from + 4);
  return Array.from({ length: last - plan.period.from + 1 }, (_, index) => plan.period.from + index);
}
