/** Results of the open survey: stored, being computed, refused. One computation at a time. */
import { ref } from 'vue';
import type { Ref } from 'vue';
import type { Output } from '@shared/contract/contract';
import type { SurveyId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import type { SurveyResults } from '@shared/results/surveyResults';
import { call } from '../api/client';

export interface ResultState {
  readonly results: Ref<SurveyResults | null>;
  readonly isStale: Ref<boolean>;
  readonly isComputing: Ref<boolean>;
  readonly resultFailure: Ref<Failure | null>;
  readonly runningJob: Ref<string | null>;
  readonly take: (stored: Output<'results/get'> | null) => void;
  readonly clear: () => void;
  /** Computes anew; the old results stay on screen until the new ones arrive. */
  readonly compute: () => Promise<void>;
  /** Stored results when they are fresh, computed ones otherwise. */
  readonly ensureResults: () => Promise<void>;
}

/** @param openSurvey id of the survey on screen; results that arrive for another one are dropped. */
export function useResultState(openSurvey: () => SurveyId | null): ResultState {
  const results = ref<SurveyResults | null>(null);
  const isStale = ref(false);
  const isComputing = ref(false);
  const resultFailure = ref<Failure | null>(null);
  const runningJob = ref<string | null>(null);
  /** Results were asked for while those of another survey were being computed. */
  let isAskedMeanwhile = false;

  async function compute(): Promise<void> {
    const surveyId = openSurvey();
    if (surveyId === null) return;
    if (isComputing.value) {
      isAskedMeanwhile = true;
      return;
    }
    isComputing.value = true;
    isAskedMeanwhile = false;
    const id = jobId.parse(crypto.randomUUID());
    runningJob.value = id;
    const reply = await call('results/run', { surveyId, jobId: id });
    isComputing.value = false;
    runningJob.value = null;
    if (openSurvey() !== surveyId) {
      if (isAskedMeanwhile) await ensureResults();
      return;
    }
    resultFailure.value = reply.ok ? null : reply.failure;
    if (!reply.ok) return;
    results.value = reply.value;
    isStale.value = false;
  }

  async function ensureResults(): Promise<void> {
    if (results.value === null || isStale.value) await compute();
  }

  return {
    results,
    isStale,
    isComputing,
    resultFailure,
    runningJob,
    take(stored) {
      if (stored === null) return;
      results.value = stored.results;
      isStale.value = stored.isStale;
    },
    clear() {
      results.value = null;
      isStale.value = false;
      resultFailure.value = null;
    },
    compute,
    ensureResults,
  };
}
