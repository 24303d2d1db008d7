/** Runs one specification as a job: progress by polling, cancellable; the old result stays until the new one arrives. */
import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { AnalysisSpec } from '@shared/analysisSpec/analysisSpec';
import type { AnalysisResult } from '@shared/analysisSpec/result';
import type { JobId, SurveyId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import { runStageTexts } from '@shared/texts/analysisTexts';
import { call } from '../../api/client';
import type { JobProgress } from '../../api/jobProgress';
import { useJobProgress } from '../../api/jobProgress';

/** A result with the specification it answers. */
export interface Answered {
  readonly spec: AnalysisSpec;
  readonly result: AnalysisResult;
}

export interface AnalysisRunState extends Pick<JobProgress, 'percent' | 'stage'> {
  readonly isRunning: Ref<boolean>;
  readonly isCancelling: Ref<boolean>;
  readonly failure: ShallowRef<Failure | null>;
  readonly answered: ShallowRef<Answered | null>;
  readonly run: (surveyId: SurveyId, spec: AnalysisSpec) => Promise<void>;
  readonly cancel: () => Promise<void>;
}

export function useAnalysisRun(): AnalysisRunState {
  const { percent, stage, follow, stop } = useJobProgress(runStageTexts);
  const isRunning = ref(false);
  const isCancelling = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const answered = shallowRef<Answered | null>(null);
  let running: JobId | null = null;

  async function run(surveyId: SurveyId, spec: AnalysisSpec): Promise<void> {
    if (running !== null) return;
    const id = jobId.parse(crypto.randomUUID());
    running = id;
    isRunning.value = true;
    failure.value = null;
    follow(id);
    const reply = await call('analysis/run', { surveyId, jobId: id, spec: { ...spec } });
    stop();
    running = null;
    isRunning.value = false;
    isCancelling.value = false;
    if (reply.ok) answered.value = { spec, result: reply.value };
    else failure.value = reply.failure;
  }

  async function cancel(): Promise<void> {
    if (running === null) return;
    isCancelling.value = true;
    await call('job/runCancel', { jobId: running });
  }

  return { percent, stage, isRunning, isCancelling, failure, answered, run, cancel };
}
