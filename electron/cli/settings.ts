/** Survey settings of a command: from a file, or the plan's own with stated defaults. */
import { basename } from 'node:path';
import type { Plan } from '@shared/domain/plan';
import type { SurveySettings } from '@shared/domain/survey';
import { surveySettings } from '@shared/domain/survey';
import type { Registry } from '../backend/registry/registry';
import { findPlan } from '../backend/registry/registry';
import { demoSettings } from '../backend/usecases/createDemoSurvey';
import { readJsonFile } from './files';
import type { Step } from './outcome';
import { refuse, step, wrongUsage } from './outcome';

export interface SettingsChoice {
  readonly plan: string | null;
  readonly settings: string | null;
  /** Margins were given: the weights are calibrated to them. */
  readonly hasMargins: boolean;
  /** The command weights; a command that only reads or scores does not ask for margins. */
  readonly needsWeights: boolean;
}

/** Part of every name that belongs to generated data. */
export const demoMark = '演示数据';

export const defaultSettingsNote =
  '只给 --plan 时：规划所列的全部区县（或镇街）、2025 年、概率样本（层、初级单元、权重三列必填）、' +
  'cast-2024 口径、试卷 cast-2024-50（种子 2025，与演示数据同一份）、权重列即最终权数；' +
  '给了 --margins 时以权重列为基础权数做 raking 校准。其余情形请用 --settings。';

function findPlanOrRefuse(registry: Registry, planId: string): Step<Plan> {
  const plan = findPlan(registry, planId);
  if (plan !== null) return step(plan);
  const known = registry.plans.map(({ id, shortName }) => `${id}（${shortName}）`).join('、');
  return wrongUsage(`没有规划“${planId.slice(0, 40)}”。可用：${known}。`);
}

/** What a table of this plan is taken for when nothing else is said. */
function defaultsOf(registry: Registry, plan: Plan): SurveySettings {
  const base = demoSettings(registry, plan);
  return {
    ...base,
    name: `${plan.shortName}${base.year}年公民科学素质调查`,
    header: { formNumber: '', issuingBody: '', approvalNumber: '', validUntil: null },
    weighting: { kind: 'given' },
  };
}

function readSettingsFile(path: string): Step<SurveySettings> {
  const json = readJsonFile(path);
  if (!json.ok) return json;
  const parsed = surveySettings.safeParse(json.value);
  if (parsed.success) return step(parsed.data);
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return refuse('SETTINGS_NOT_VALID', { file: basename(path), field: field === '' ? '格式' : field });
}

function baseSettings(registry: Registry, { plan, settings }: SettingsChoice): Step<SurveySettings> {
  if (settings === null) {
    if (plan === null) return wrongUsage('请用 --plan ID 或 --settings FILE 说明是哪一项调查。');
    const found = findPlanOrRefuse(registry, plan);
    return found.ok ? step(defaultsOf(registry, found.value)) : found;
  }
  const read = readSettingsFile(settings);
  if (read.ok && plan !== null && read.value.planId !== plan)
    return wrongUsage(`--plan ${plan} 与调查设置中的规划 ${read.value.planId} 不一致。`);
  return read;
}

/** Settings with the weighting the given files allow. */
export function chooseSettings(registry: Registry, choice: SettingsChoice): Step<SurveySettings> {
  const base = baseSettings(registry, choice);
  if (!base.ok) return base;
  const isCalibrated = base.value.weighting.kind === 'calibrated';
  if (choice.hasMargins && !isCalibrated)
    return step({ ...base.value, weighting: { kind: 'calibrated', method: 'raking' } });
  if (choice.needsWeights && isCalibrated && !choice.hasMargins)
    return wrongUsage('调查设置要求按边际总体校准，请用 --margins FILE 给出边际总体表。');
  return base;
}

/** The survey's name, marked when the data are generated. */
export const markedName = (name: string, isDemo: boolean): string =>
  !isDemo || name.includes(demoMark) ? name : `${name.slice(0, 50)}（${demoMark}）`;
