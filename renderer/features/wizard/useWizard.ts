/** One new survey: its state, moving between steps, saving the draft, creating the survey. */
import { inject, nextTick, provide } from 'vue';
import type { InjectionKey } from 'vue';
import { surveySettings } from '@shared/domain/survey';
import { call } from '../../api/client';
import { useAppStore } from '../../stores/app';
import { lastStep } from './steps';
import { draftSettings } from './wizardData';
import * as change from './wizardState';
import type { WizardState } from './wizardState';

export interface Wizard extends WizardState {
  load(draftId: string | null, planId: string | null): Promise<void>;
  choosePlan(planId: string): Promise<void>;
  changeYear(year: number): void;
  chooseInstrument(instrumentId: string): void;
  /** A form of the library; null draws one from the blueprint. */
  chooseForm(formId: string | null): void;
  /** Moves as far as the steps before allow and saves; `problems` says what is missing. */
  goTo(step: number): Promise<void>;
  /** Keeps the draft; false when it could not be kept. */
  save(): Promise<boolean>;
  /** Whether something changed since the draft was read or kept. */
  hasUnsaved(): boolean;
  /** Id of the created survey; null when something is missing or the host refused. */
  create(): Promise<string | null>;
}

const wizardKey: InjectionKey<Wizard> = Symbol('wizard');

/** The wizard of the page around this component. */
export function useWizardContext(): Wizard {
  const wizard = inject(wizardKey);
  if (wizard === undefined) throw new Error('used outside the wizard page');
  return wizard;
}

async function createSurvey(state: WizardState): Promise<string | null> {
  state.problems.value = change.problemsBefore(state, lastStep);
  if (state.problems.value.length > 0) return null;
  const parsed = surveySettings.safeParse(state.settings);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    state.failure.value = { code: 'SURVEY_INCOMPLETE', params: { field } };
    return null;
  }
  const reply = await call('survey/create', { settings: parsed.data, draftId: state.draftId.value });
  state.failure.value = reply.ok ? null : reply.failure;
  return reply.ok ? reply.value.surveyId : null;
}

export function useWizard(): Wizard {
  const app = useAppStore();
  const state = change.createWizardState();
  let kept = '';
  const remember = (): void => {
    kept = JSON.stringify(state.settings);
  };

  let saves: Promise<boolean> = Promise.resolve(true);
  let isMoving = false;

  async function saveNow(): Promise<boolean> {
    const reply = await call('draft/update', {
      draftId: state.draftId.value,
      step: state.step.value,
      settings: draftSettings(state.settings),
    });
    state.failure.value = reply.ok ? null : reply.failure;
    if (!reply.ok) return false;
    state.draftId.value = reply.value.id;
    app.savedAt = reply.value.updatedAt;
    remember();
    return true;
  }

  /** One after the other: the first one makes the draft, the next ones know its id. */
  function save(): Promise<boolean> {
    saves = saves.then(saveNow);
    return saves;
  }

  /** A second press before the new step is on screen was meant for the old one. */
  async function goTo(target: number): Promise<void> {
    if (isMoving) return;
    state.problems.value = target > state.step.value ? change.problemsBefore(state, target) : [];
    const reachable = Math.min(target, state.problems.value[0]?.step ?? target, lastStep);
    if (reachable === state.step.value) return;
    state.step.value = reachable;
    isMoving = true;
    const saved = save();
    await nextTick();
    isMoving = false;
    await saved;
  }

  const wizard: Wizard = {
    ...state,
    load: (draftId, planId) => change.loadWizard(state, draftId, planId).then(remember),
    hasUnsaved: () => kept !== '' && kept !== JSON.stringify(state.settings),
    choosePlan: (planId) => change.choosePlan(state, planId),
    changeYear: (year) => change.changeYear(state, year),
    chooseInstrument: (instrumentId) => change.chooseInstrument(state, instrumentId),
    chooseForm: (formId) => change.chooseForm(state, formId),
    goTo,
    save,
    create: () => createSurvey(state),
  };
  provide(wizardKey, wizard);
  return wizard;
}
