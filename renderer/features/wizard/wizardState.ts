/** State of one new survey and the steps that change it. */
import { computed, reactive, ref, shallowRef } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { Plan } from '@shared/domain/plan';
import type { Failure } from '@shared/domain/result';
import type { SurveySettings } from '@shared/domain/survey';
import { call } from '../../api/client';
import { problemsOf } from './steps';
import type { StepProblem } from './steps';
import { defaultUnitCodes, unitChoices } from './units';
import { blankSettings, loadWizardData, newSeed, planPrefill, surveyName } from './wizardData';
import type { WizardData } from './wizardData';

export interface WizardState {
  readonly settings: SurveySettings;
  readonly step: Ref<number>;
  readonly draftId: Ref<string | null>;
  readonly data: ShallowRef<WizardData | null>;
  readonly plan: ComputedRef<Plan | null>;
  readonly problems: Ref<readonly StepProblem[]>;
  readonly failure: Ref<Failure | null>;
}

export function createWizardState(): WizardState {
  const settings = reactive(blankSettings(newSeed()));
  const data = shallowRef<WizardData | null>(null);
  return {
    settings,
    data,
    step: ref(0),
    draftId: ref(null),
    problems: ref([]),
    failure: ref(null),
    plan: computed(() => data.value?.plans.find((entry) => entry.id === settings.planId) ?? null),
  };
}

async function loadRegions(state: WizardState, rootCode: string): Promise<boolean> {
  const reply = await call('region/list', { rootCode });
  if (reply.ok && state.data.value !== null) state.data.value = { ...state.data.value, regions: reply.value };
  if (!reply.ok) state.failure.value = reply.failure;
  return reply.ok;
}

export async function choosePlan(state: WizardState, planId: string): Promise<void> {
  const chosen = state.data.value?.plans.find((entry) => entry.id === planId);
  if (chosen === undefined) return;
  const previous = state.plan.value;
  if (!(await loadRegions(state, chosen.regionCode)) || state.data.value === null) return;
  Object.assign(state.settings, planPrefill(chosen, state.data.value.regions, state.settings, previous));
}

/** Ticks for another year: the ones that still exist, or the new year's own when nobody touched them. */
function unitCodesFor(state: WizardState, plan: Plan, from: number, to: number): string[] {
  const regions = state.data.value?.regions ?? [];
  const ticked = state.settings.unitCodes;
  const isUntouched = [...ticked].sort().join() === defaultUnitCodes(regions, plan, from).sort().join();
  if (isUntouched) return defaultUnitCodes(regions, plan, to);
  const offered = new Set(unitChoices(regions, plan, to).map((choice) => choice.code));
  return ticked.filter((code) => offered.has(code));
}

/** Another year may have other units and, unless the person chose it, another name. */
export function changeYear(state: WizardState, year: number): void {
  const { settings } = state;
  const chosen = state.plan.value;
  const previous = settings.year;
  const isOurName = chosen !== null && settings.name === surveyName(chosen, settings.year);
  settings.year = year;
  if (chosen === null || state.data.value === null) return;
  settings.unitCodes = unitCodesFor(state, chosen, previous, year);
  if (isOurName) settings.name = surveyName(chosen, year);
}

export function chooseInstrument(state: WizardState, instrumentId: string): void {
  const choice = state.data.value?.instruments.find((entry) => entry.instrument.id === instrumentId);
  state.settings.instrumentId = instrumentId;
  state.settings.formId = null;
  state.settings.formBlueprintId = choice?.blueprints[0]?.id ?? '';
}

/** Takes a form of the library, or with null goes back to a draw of the instrument's first blueprint. */
export function chooseForm(state: WizardState, formId: string | null): void {
  const form = state.data.value?.forms.find((each) => each.formId === formId);
  if (form === undefined) return chooseInstrument(state, state.settings.instrumentId);
  state.settings.formId = form.formId;
  state.settings.formBlueprintId = form.set.blueprintId;
}

async function resumeDraft(state: WizardState, id: string): Promise<void> {
  const reply = await call('draft/get', { draftId: id });
  if (!reply.ok) {
    state.failure.value = reply.failure;
    return;
  }
  Object.assign(state.settings, reply.value.settings);
  state.draftId.value = reply.value.id;
  if (state.plan.value !== null) await loadRegions(state, state.plan.value.regionCode);
  state.step.value = reply.value.step;
}

/** Reads the registries, then the draft to resume or the plan to start from. */
export async function loadWizard(
  state: WizardState,
  draftId: string | null,
  planId: string | null,
): Promise<void> {
  const loaded = await loadWizardData();
  if ('failure' in loaded) {
    state.failure.value = loaded.failure;
    return;
  }
  state.data.value = loaded.data;
  chooseInstrument(state, state.settings.instrumentId);
  if (draftId !== null) await resumeDraft(state, draftId);
  else if (planId !== null) await choosePlan(state, planId);
}

/** What is missing in the steps before `target`. */
export function problemsBefore(state: WizardState, target: number): readonly StepProblem[] {
  if (state.data.value === null) return [];
  const checked = { settings: state.settings, data: state.data.value, plan: state.plan.value };
  return Array.from({ length: target }, (_, step) => problemsOf(step, checked)).flat();
}
