/** Words of the form library and the assembly page: coverage, verdict on a form, exposure, stages, library. */
import type { ExposureLimit, ItemExposureState } from '../assessment/exposure';
import { exposureRules } from '../assessment/exposure';
import type { CoverageRow } from '../assessment/formCoverage';
import type { FormReport } from '../assessment/formReport';
import { areaLabel, bandText, dimensionLabel, itemFormatLabels } from './assemblyTexts';
import { formatCount, formatNumber, formatShare } from './format';
import { benchmarkText } from './itemTexts';

export const coverageSectionLabels: Readonly<Record<CoverageRow['section'], string>> = {
  dimensions: '维度',
  areas: '领域',
  benchmarks: '基准',
  formats: '题型',
  cognitive: '认知层次',
  difficultyBands: '难度段',
  topicGroups: '主题',
};

/** Subject of a coverage row in words. */
export function coverageSubjectText(
  { section, subject }: Pick<CoverageRow, 'section' | 'subject'>,
  bands: FormReport['bands'],
): string {
  const band = bands.find(({ id }) => section === 'difficultyBands' && id === subject);
  if (band !== undefined) return bandText(band);
  const namers: Partial<Record<CoverageRow['section'], (code: string) => string>> = {
    dimensions: dimensionLabel,
    areas: areaLabel,
    benchmarks: (code) => benchmarkText(Number(code)),
    formats: (code) => itemFormatLabels[code] ?? code,
  };
  return namers[section]?.(subject) ?? subject;
}

/** @example countRangeText({ min: 2, max: 4 }) === '2–4' */
export const countRangeText = ({ min, max }: { readonly min: number; readonly max: number }): string =>
  min === max ? String(min) : `${min}–${max}`;

export const keySectionLabels: Readonly<Record<FormReport['keyBalance'][number]['section'], string>> = {
  statements: '判断题',
  letters: '单选与图表题',
};

export const assemblyMethodLabels: Readonly<Record<FormReport['method'], string>> = {
  integerProgram: '整数规划',
  swapSearch: '交换搜索（备用）',
};

export const anchorSourceTexts = {
  bank: '题库已标的锚题',
  proposed: '程序推荐的锚题',
  none: '不用锚题',
} as const;

export const assemblyStageTexts: Readonly<Record<string, string>> = {
  started: '正在准备题目',
  assembling: '正在逐份组卷',
};

export interface FormVerdict {
  readonly isForRate: boolean;
  readonly label: string;
  /** Why it is barred; empty when it is not. */
  readonly reasons: readonly string[];
  /** What to know although it is not barred. */
  readonly cautions: readonly string[];
}

/** Goals of question-bank-spec §3.7: KR-20 from 50 and from 25 items on, accuracy and consistency at the passing cut. */
const reliabilityGoals = [
  { items: 50, kr20: 0.8 },
  { items: 25, kr20: 0.7 },
] as const;
const accuracyGoal = 0.9;
const consistencyGoal = 0.87;

function shortFormReason({ itemCount, neededItems }: FormReport): string {
  const needed = neededItems === null ? '' : `，口径要求 ${neededItems} 题`;
  return `只有 ${itemCount} 题${needed}：不能覆盖 26 条基准，分数台阶粗，达到 70 分的比例会偏离长卷，各卷之间也不可比。`;
}

function cautionsOf({ itemCount, outlook, levels }: FormReport): string[] {
  const goal = reliabilityGoals.find(({ items }) => itemCount >= items);
  const { kr20 } = outlook.reliability;
  // Cuts rise, so the first passing level is the one the share is about.
  const lowest = outlook.cuts.find(({ id }) => levels[id]?.passes === true);
  const cautions: string[] = [];
  if (goal !== undefined && kr20 !== null && kr20 < goal.kr20)
    cautions.push(`信度 ${formatNumber(kr20)} 低于目标 ${formatNumber(goal.kr20)}。`);
  if (lowest !== undefined && (lowest.accuracy < accuracyGoal || lowest.consistency < consistencyGoal))
    cautions.push(
      `“${levels[lowest.id]?.label ?? lowest.id}”线上判断正确 ${formatShare(lowest.accuracy)}、一致 ${formatShare(lowest.consistency)}，目标是 ${formatShare(accuracyGoal, 0)} 和 ${formatShare(consistencyGoal, 0)}。`,
    );
  return cautions;
}

/** What a form may be used for, and why. */
export function formVerdict(report: FormReport): FormVerdict {
  const reasons = [
    ...(report.violations.length > 0 ? [`独立复核发现 ${report.violations.length} 处不符。`] : []),
    ...(report.producesRate ? [] : [shortFormReason(report)]),
  ];
  const isForRate = reasons.length === 0;
  return {
    isForRate,
    label: isForRate ? '可用于达标率' : '仅可练习或参考',
    reasons,
    cautions: isForRate ? cautionsOf(report) : [],
  };
}

/** @example exposureLimitText('useRate', state, 1) === '今年已在 1 份试卷上，每题最多 1 份' */
export function exposureLimitText(
  limit: ExposureLimit,
  { formsWithItem, waveCount, responseCount }: ItemExposureState,
  allowedForms: number,
): string {
  const { wavesBeforeRest, responsesBeforeRest } = exposureRules;
  const texts: Readonly<Record<ExposureLimit, string>> = {
    useRate: `今年已在 ${formsWithItem} 份试卷上，每题最多 ${allowedForms} 份`,
    waves: `已调查 ${waveCount} 轮，满 ${wavesBeforeRest} 轮应休息`,
    responses: `已作答 ${formatCount(responseCount)} 人次，满 ${formatCount(responsesBeforeRest)} 人次应休息`,
  };
  return texts[limit];
}

export const formStatusLabels = { available: '可用', retired: '停用' } as const;

/** @example formNumberText('cast-2024-50.1-2.3fa4b2c9') === '3FA4B2C9' */
export const formNumberText = (formId: string): string => (formId.split('.').at(-1) ?? formId).toUpperCase();
