/** The seven steps of a new survey and what each must have before it may be left. */
import { isOnTrialBank, offeredForms } from './wizardData';
import type { InstrumentChoice, WizardData } from './wizardData';
import type { Plan } from '@shared/domain/plan';
import type { SurveySettings } from '@shared/domain/survey';
import { overlappingPairs, unitChoices } from './units';

export const stepTitles = [
  '规划与区域',
  '样本性质与抽样',
  '测评口径与试卷',
  '问卷模块',
  '人群与分组',
  '表头与法定信息',
  '检查',
] as const;
export const lastStep = stepTitles.length - 1;

export interface StepProblem {
  readonly step: number;
  readonly text: string;
}

interface Checked {
  readonly settings: SurveySettings;
  readonly data: WizardData;
  readonly plan: Plan | null;
}
type Check = (checked: Checked) => readonly string[];

const when = (isWrong: boolean, text: string): readonly string[] => (isWrong ? [text] : []);
const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

const checkRegion: Check = ({ settings, data, plan }) => {
  if (plan === null) return ['还没有选择规划：请在规划卡片中选一个。'];
  const choices = unitChoices(data.regions, plan, settings.year);
  const overlaps = overlappingPairs(choices, settings.unitCodes).map(
    ({ inner, outer }) => `“${inner}”位于“${outer}”内，两者只能勾选一个，否则会重复计算。`,
  );
  return [
    ...when(settings.name.trim() === '', '调查名称还没有填写。'),
    ...when(settings.name.trim().length > 60, '调查名称太长：最多 60 个字。'),
    ...when(!isWithin(settings.year, 2000, 2100), '调查年份须是 2000–2100 之间的整数。'),
    ...when(settings.unitCodes.length === 0, '还没有勾选区域：至少勾选一个。'),
    ...overlaps,
  ];
};

const checkSampling: Check = ({ settings }) => [
  ...when(
    settings.basis === 'probability' && settings.samplingDesign === 'none',
    '抽样设计还没有选择：概率样本必须说明怎样抽样。',
  ),
  ...when(
    settings.basis === 'probability' && settings.weighting.kind === 'equal',
    '权数方案不适用：等权只用于非概率样本。',
  ),
  ...when(!isWithin(settings.disclosure.minimumRespondents, 1, 1000), '公布下限（人数）须是 1–1000 的整数。'),
  ...when(!isWithin(settings.disclosure.minimumPsus, 1, 100), '公布下限（初级单元）须是 1–100 的整数。'),
];

const checkInstrument: Check = ({ settings, data }) => {
  const choice = data.instruments.find(
    (entry: InstrumentChoice) => entry.instrument.id === settings.instrumentId,
  );
  return [
    ...when(choice === undefined, '测评口径还没有选择。'),
    ...when(settings.formBlueprintId === '', '试卷还没有选择。'),
    ...when(
      settings.formId !== null &&
        !offeredForms(data, settings.instrumentId).some(({ formId }) => formId === settings.formId),
      '所选的试卷已停用或不属于这个口径：请另选一份。',
    ),
    ...when(!isWithin(settings.formSeed, 0, 2 ** 31 - 1), '试卷种子须是 0–2147483647 的整数。'),
    ...when(
      isOnTrialBank(data, settings.formId) && !settings.trialBankConfirmed,
      '“公开试用题库”说明还没有确认：请阅读后勾选。',
    ),
  ];
};

const nothing: Check = () => [];
const checks: readonly Check[] = [checkRegion, checkSampling, checkInstrument, nothing, nothing, nothing];

/** What keeps a step from being left, in words; empty when it may be left. The last step checks them all. */
export function problemsOf(step: number, checked: Checked): readonly StepProblem[] {
  if (step === lastStep) return checks.flatMap((_check, index) => problemsOf(index, checked));
  return (checks[step] ?? nothing)(checked).map((text) => ({ step, text }));
}

/** Why the statutory head is not ready for the field; null when it is. It warns, it does not stop the set-up. */
export function headerWarning(header: SurveySettings['header'], today: string): string | null {
  const missing = [
    header.formNumber.trim() === '' ? '表号' : '',
    header.issuingBody.trim() === '' ? '制定机关' : '',
    header.approvalNumber.trim() === '' ? '批准（备案）文号' : '',
    header.validUntil === null ? '有效期' : '',
  ].filter((word) => word !== '');
  if (header.validUntil !== null && header.validUntil < today)
    return `有效期至 ${header.validUntil}，已经过期，不能用于正式调查。`;
  return missing.length === 0 ? null : `还没有填写${missing.join('、')}；正式调查前应补齐，报告封面会留空。`;
}
