/** What the wizard reads from the registries, and the prefills it derives from them. */
import type { FormRecord } from '@shared/contract/areas/forms';
import type { Output } from '@shared/contract/contract';
import { groupings } from '@shared/domain/groups';
import type { Plan } from '@shared/domain/plan';
import type { Region } from '@shared/domain/region';
import type { Failure } from '@shared/domain/result';
import { moduleIds, surveySettings } from '@shared/domain/survey';
import type { SurveySettings } from '@shared/domain/survey';
import { call } from '../../api/client';
import { defaultUnitCodes } from './units';

export type Bank = Output<'bank/get'>;
export type Questionnaire = Output<'questionnaire/get'>;
export type Blueprint = Bank['blueprints'][number];

export interface InstrumentChoice {
  readonly instrument: Output<'instrument/list'>[number];
  readonly blueprints: readonly Blueprint[];
}

export interface WizardData {
  readonly plans: readonly Plan[];
  readonly instruments: readonly InstrumentChoice[];
  readonly bank: Bank;
  /** The form library, newest first. */
  readonly forms: readonly FormRecord[];
  readonly questionnaire: Questionnaire;
  /** The chosen plan's region and everything below it. */
  readonly regions: readonly Region[];
}

export const surveyName = (plan: Plan, year: number): string => `${plan.shortName}${year}年公民科学素质调查`;

/** A survey before a plan is chosen. */
export function blankSettings(seed: number): SurveySettings {
  return {
    name: '',
    planId: '',
    regionCode: '',
    unitCodes: [],
    year: 2025,
    basis: 'probability',
    samplingDesign: 'stratifiedMultistage',
    instrumentId: 'cast-2024',
    formBlueprintId: '',
    formSeed: seed,
    formId: null,
    trialBankConfirmed: false,
    groupings: [...groupings],
    modules: [...moduleIds],
    header: { formNumber: '', issuingBody: '', approvalNumber: '', validUntil: null },
    showScoreToEnumerator: false,
    showScoreToRespondent: false,
    weighting: { kind: 'given' },
    singlePsuRule: 'fail',
    disclosure: { minimumRespondents: 30, minimumPsus: 3 },
  };
}

/** What a newly chosen plan fills in; a name the person typed stays. */
export function planPrefill(
  plan: Plan,
  regions: readonly Region[],
  current: Pick<SurveySettings, 'name' | 'year'>,
  previous: Plan | null,
): Pick<SurveySettings, 'planId' | 'regionCode' | 'unitCodes' | 'name'> {
  const isOurs =
    current.name === '' || (previous !== null && current.name === surveyName(previous, current.year));
  return {
    planId: plan.id,
    regionCode: plan.regionCode,
    unitCodes: defaultUnitCodes(regions, plan, current.year),
    name: isOurs ? surveyName(plan, current.year) : current.name,
  };
}

/** Only the fields that are valid by themselves: what a draft may hold. */
export function draftSettings(settings: SurveySettings): Partial<SurveySettings> {
  const valid = Object.entries(surveySettings.shape).filter(
    ([key, schema]) => schema.safeParse(settings[key as keyof SurveySettings]).success,
  );
  return Object.fromEntries(valid.map(([key]) => [key, settings[key as keyof SurveySettings]]));
}

const chosenSeeds = new Uint32Array(1);
/** A seed for a new form, 0 to 2^31 − 1. */
export const newSeed = (): number => (crypto.getRandomValues(chosenSeeds)[0] ?? 0) >>> 1;

/** Forms of the library a survey of this instrument may take; a retired one never. */
export const offeredForms = ({ forms }: WizardData, instrumentId: string): readonly FormRecord[] =>
  forms.filter(({ status, set }) => status === 'available' && set.instrumentId === instrumentId);

/** Whether the chosen form, or the draw, comes from a bank nobody has reviewed. */
export function isOnTrialBank({ forms, bank }: WizardData, formId: string | null): boolean {
  const form = forms.find((each) => each.formId === formId);
  return form === undefined ? bank.isTrial : form.set.isPublicBank;
}

type Loaded = { readonly data: WizardData } | { readonly failure: Failure };

/** Reads every registry the steps need; the regions follow when a plan is chosen. */
export async function loadWizardData(): Promise<Loaded> {
  const [plans, instruments, bank, questionnaire, forms] = await Promise.all([
    call('plan/list', {}),
    call('instrument/list', {}),
    call('bank/get', {}),
    call('questionnaire/get', {}),
    call('form/list', {}),
  ]);
  if (!plans.ok) return { failure: plans.failure };
  if (!instruments.ok) return { failure: instruments.failure };
  if (!bank.ok) return { failure: bank.failure };
  if (!questionnaire.ok) return { failure: questionnaire.failure };
  if (!forms.ok) return { failure: forms.failure };
  const choices = instruments.value.map((instrument) => ({
    instrument,
    blueprints: bank.value.blueprints.filter((blueprint) => blueprint.instrumentId === instrument.id),
  }));
  return {
    data: {
      plans: plans.value.filter((plan) => plan.level !== 'national'),
      instruments: choices,
      bank: bank.value,
      questionnaire: questionnaire.value,
      forms: forms.value,
      regions: [],
    },
  };
}
