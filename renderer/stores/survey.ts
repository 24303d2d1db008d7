/** The survey whose pages are open, and its latest results. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SurveySummary } from '@shared/contract/areas/surveys';
import type { Output } from '@shared/contract/contract';
import type { Failure, Result } from '@shared/domain/result';
import type { Survey } from '@shared/domain/survey';
import { surveyId as surveyIdSchema } from '@shared/domain/ids';
import { ok } from '@shared/domain/result';
import { call } from '../api/client';
import { useResultState } from './surveyResults';

export type Plan = Output<'plan/get'>['plan'];
export type Instrument = Output<'instrument/list'>[number];

interface Around {
  readonly plan: Plan;
  readonly regionNames: Readonly<Record<string, string>>;
  readonly instrument: Instrument | null;
  readonly stored: Output<'results/get'> | null;
}

/** What the pages of a survey need beside it: plan, region names, instrument, latest results. Fails with the plan. */
async function readAround({ id, settings }: Survey): Promise<Result<Around>> {
  const [planReply, instruments, stored] = await Promise.all([
    call('plan/get', { planId: settings.planId }),
    call('instrument/list', {}),
    call('results/get', { surveyId: id }),
  ]);
  if (!planReply.ok) return planReply;
  const known = instruments.ok ? instruments.value : [];
  return ok({
    plan: planReply.value.plan,
    regionNames: planReply.value.regionNames,
    instrument: known.find((entry) => entry.id === settings.instrumentId) ?? null,
    stored: stored.ok ? stored.value : null,
  });
}

export const useSurveyStore = defineStore('survey', () => {
  const summary = ref<SurveySummary | null>(null);
  const plan = ref<Plan | null>(null);
  const instrument = ref<Instrument | null>(null);
  const regionNames = ref<Readonly<Record<string, string>>>({});
  const failure = ref<Failure | null>(null);
  const { take, clear, ...resultState } = useResultState(() => summary.value?.survey.id ?? null);

  /** Counts openings, so that replies for a survey left meanwhile are dropped. */
  let opening = 0;

  function leave(): void {
    summary.value = null;
    plan.value = null;
    instrument.value = null;
    regionNames.value = {};
    failure.value = null;
    clear();
  }

  /** The summary appears together with what is around it, so that no page sees half a survey. */
  async function open(surveyId: string): Promise<void> {
    opening += 1;
    const mine = opening;
    if (summary.value?.survey.id !== surveyId) leave();
    const reply = await call('survey/get', { surveyId: surveyIdSchema.parse(surveyId) });
    const around = reply.ok ? await readAround(reply.value.survey) : reply;
    if (mine !== opening) return;
    failure.value = around.ok ? null : around.failure;
    if (!reply.ok || !around.ok) return;
    plan.value = around.value.plan;
    regionNames.value = around.value.regionNames;
    instrument.value = around.value.instrument;
    take(around.value.stored);
    summary.value = reply.value;
  }

  const regionName = (code: string): string => regionNames.value[code] ?? code;

  return { summary, plan, instrument, regionNames, failure, ...resultState, open, regionName };
});
