/** Settings in words, grouped by the wizard's steps: the check step, the side summary and the settings page. */
import type { Plan } from '@shared/domain/plan';
import type { SurveySettings } from '@shared/domain/survey';
import { missingMark } from '@shared/texts/format';
import { basisLabels, groupingLabels, moduleLabels } from '@shared/texts/labels';
import { stepTitles } from './steps';
import { psuRuleOptions, samplingDesignLabels, weightingKey, weightingOptions } from './texts';
import { unitWord } from './units';

export interface Names {
  readonly plan: Plan | null;
  readonly instrumentTitle: string;
  readonly blueprintTitle: string;
  /** Title of the chosen form of the library; null for a draw. */
  readonly formTitle: string | null;
  readonly regionName: (code: string) => string;
}

export interface DescribedRow {
  readonly label: string;
  readonly value: string;
}
export interface DescribedStep {
  readonly step: number;
  readonly title: string;
  readonly rows: readonly DescribedRow[];
}

const listed = (words: readonly string[]): string => (words.length === 0 ? '无' : words.join('、'));
const orMissing = (text: string | null): string => (text === null || text === '' ? missingMark : text);
const labelIn = <V extends string>(
  options: readonly { readonly value: V; readonly label: string }[],
  value: V,
): string => options.find((option) => option.value === value)?.label ?? value;

const regionRows = (settings: SurveySettings, names: Names): readonly DescribedRow[] => [
  { label: '名称', value: orMissing(settings.name) },
  { label: '规划', value: orMissing(names.plan?.title ?? null) },
  { label: '年份', value: String(settings.year) },
  {
    label: unitWord(names.plan),
    value: `${settings.unitCodes.length} 个：${listed(settings.unitCodes.map(names.regionName))}`,
  },
];

const samplingRows = (settings: SurveySettings): readonly DescribedRow[] => [
  { label: '样本性质', value: basisLabels[settings.basis] },
  { label: '抽样设计', value: samplingDesignLabels[settings.samplingDesign] },
  { label: '权数方案', value: labelIn(weightingOptions, weightingKey(settings.weighting)) },
  ...(settings.basis === 'probability'
    ? [{ label: '单个初级单元', value: labelIn(psuRuleOptions, settings.singlePsuRule) }]
    : []),
  {
    label: '公布下限',
    value: `${settings.disclosure.minimumRespondents} 人，${settings.disclosure.minimumPsus} 个初级单元`,
  },
];

const instrumentRows = (settings: SurveySettings, names: Names): readonly DescribedRow[] => [
  { label: '测评口径', value: orMissing(names.instrumentTitle) },
  ...(settings.formId === null
    ? [
        { label: '试卷蓝图', value: orMissing(names.blueprintTitle) },
        { label: '试卷种子', value: String(settings.formSeed) },
      ]
    : [{ label: '试卷', value: orMissing(names.formTitle) }]),
  { label: '试用题库', value: settings.trialBankConfirmed ? '已确认说明' : '尚未确认' },
];

const headerRows = (settings: SurveySettings): readonly DescribedRow[] => [
  { label: '表号', value: orMissing(settings.header.formNumber) },
  { label: '制定机关', value: orMissing(settings.header.issuingBody) },
  { label: '批准（备案）文号', value: orMissing(settings.header.approvalNumber) },
  { label: '有效期至', value: orMissing(settings.header.validUntil) },
];

/** All steps but the last, each with what was chosen. */
export function describeSettings(settings: SurveySettings, names: Names): readonly DescribedStep[] {
  const rows: readonly (readonly DescribedRow[])[] = [
    regionRows(settings, names),
    samplingRows(settings),
    instrumentRows(settings, names),
    [{ label: '模块', value: listed(settings.modules.map((module) => moduleLabels[module])) }],
    [{ label: '分组', value: listed(settings.groupings.map((grouping) => groupingLabels[grouping])) }],
    headerRows(settings),
  ];
  return rows.map((entries, step) => ({ step, title: stepTitles[step] ?? '', rows: entries }));
}
