/** The survey whose pages are open, and its latest results. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SurveySummary } from '@shared/contract/areas/surveys';
import type { Output } from '@shared/contract/contract';
import type { Failure } from '@shared/domain/result';
import { jobId, surveyId as surveyIdSchema } from '@shared/domain/ids';
import type { SurveyResults } from '@shared/results/surveyResults';
import { call } from '../api/client';

export type Plan = Output<'plan/get'>['plan'];
export type Instrument = Output<'instrument/list'>[number];

export const useSurveyStore = defineStore('survey', () => {
  const summary = ref<SurveySummary | null>(null);
  const plan = ref<Plan | null>(null);
  const instrument = ref<Instrument | null>(null);
  const regionNames = ref<Readonly<Record<string, string>>>({});
  const results = ref<SurveyResults | null>(null);
  const isStale = ref(false);
  const isComputing = ref(false);
  const failure = ref<Failure | null>(null);
  const resultFailure = ref<Failure | null>(null);
  const runningJob = ref<string | null>(null);

  async function open(surveyId: string): Promise<void> {
    const changed = summary.value?.survey.id !== surveyId;
    if (changed) {
      summary.value = null;
      results.value = null;
      resultFailure.value = null;
    }
    const id = surveyIdSchema.parse(surveyId);
    const reply = await call('survey/get', { surveyId: id });
    failure.value = reply.ok ? null : reply.failure;
    if (!reply.ok) return;
    summary.value = reply.value;
    const { settings } = reply.value.survey;
    const [planReply, instruments, stored] = await Promise.all([
      call('plan/get', { planId: settings.planId }),
      call('instrument/list', {}),
      call('results/get', { surveyId: id }),
    ]);
    if (planReply.ok) {
      plan.value = planReply.value.plan;
      regionNames.value = planReply.value.regionNames;
    }
    if (instruments.ok)
      instrument.value = instruments.value.find((entry) => entry.id === settings.instrumentId) ?? null;
    if (stored.ok) {
      results.value = stored.value.results;
      isStale.value = stored.value.isStale;
    }
  }

  /** Computes the results anew; the old ones stay on screen until the new ones arrive. */
  async function compute(): Promise<void> {
    const current = summary.value;
    if (current === null || isComputing.value) return;
    isComputing.value = true;
    const id = jobId.parse(crypto.randomUUID());
    runningJob.value = id;
    const reply = await call('results/run', { surveyId: current.survey.id, jobId: id });
    isComputing.value = false;
    runningJob.value = null;
    resultFailure.value = reply.ok ? null : reply.failure;
    if (reply.ok) {
      results.value = reply.value;
      isStale.value = false;
    }
  }

  /** Results for the pages that show them: stored ones when fresh, computed otherwise. */
  async function ensureResults(): Promise<void> {
    if (results.value === null || isStale.value) await compute();
  }

  const regionName = (code: string): string => regionNames.value[code] ?? code;

  return {
    summary,
    plan,
    instrument,
    regionNames,
    results,
    isStale,
    isComputing,
    failure,
    resultFailure,
    runningJob,
    open,
    compute,
    ensureResults,
    regionName,
  };
});
