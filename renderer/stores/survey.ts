/** The survey whose pages are open, and its latest results. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SurveySummary } from '@shared/contract/areas/surveys';
import type { Output } from '@shared/contract/contract';
import type { Failure } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { surveyId as surveyIdSchema } from '@shared/domain/ids';
import { call } from '../api/client';
import { useResultState } from './surveyResults';

export type Plan = Output<'plan/get'>['plan'];
export type Instrument = Output<'instrument/list'>[number];

interface Around {
  readonly plan: Plan | null;
  readonly regionNames: Readonly<Record<string, string>> | null;
  readonly instrument: Instrument | null;
  readonly stored: Output<'results/get'> | null;
}

/** What the pages of a survey need beside it: plan, region names, instrument, latest results. */
async function readAround({ id, settings }: Survey): Promise<Around> {
  const [planReply, instruments, stored] = await Promise.all([
    call('plan/get', { planId: settings.planId }),
    call('instrument/list', {}),
    call('results/get', { surveyId: id }),
  ]);
  const known = instruments.ok ? instruments.value : [];
  return {
    plan: planReply.ok ? planReply.value.plan : null,
    regionNames: planReply.ok ? planReply.value.regionNames : null,
    instrument: known.find((entry) => entry.id === settings.instrumentId) ?? null,
    stored: stored.ok ? stored.value : null,
  };
}

export const useSurveyStore = defineStore('survey', () => {
  const summary = ref<SurveySummary | null>(null);
  const plan = ref<Plan | null>(null);
  const instrument = ref<Instrument | null>(null);
  const regionNames = ref<Readonly<Record<string, string>>>({});
  const failure = ref<Failure | null>(null);
  const { take, clear, ...resultState } = useResultState(() => summary.value?.survey.id ?? null);

  async function open(surveyId: string): Promise<void> {
    if (summary.value?.survey.id !== surveyId) {
      summary.value = null;
      clear();
    }
    const reply = await call('survey/get', { surveyId: surveyIdSchema.parse(surveyId) });
    failure.value = reply.ok ? null : reply.failure;
    if (!reply.ok) return;
    summary.value = reply.value;
    const around = await readAround(reply.value.survey);
    plan.value = around.plan ?? plan.value;
    regionNames.value = around.regionNames ?? regionNames.value;
    instrument.value = around.instrument;
    take(around.stored);
  }

  const regionName = (code: string): string => regionNames.value[code] ?? code;

  return { summary, plan, instrument, regionNames, failure, ...resultState, open, regionName };
});
