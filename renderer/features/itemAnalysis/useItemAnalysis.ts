/** Runs the item analysis of the open survey as a job: progress by polling, cancellable. */
import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { JobId, SurveyId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import type { ItemAnalysisResults } from '@shared/results/itemAnalysisResults';
import { itemAnalysisStageTexts } from '@shared/texts/itemAnalysisTexts';
import { call } from '../../api/client';
import type { JobProgress } from '../../api/jobProgress';
import { useJobProgress } from '../../api/jobProgress';

export interface ItemAnalysisState extends Pick<JobProgress, 'percent' | 'stage'> {
  readonly isRunning: Ref<boolean>;
  readonly isCancelling: Ref<boolean>;
  readonly failure: ShallowRef<Failure | null>;
  readonly results: ShallowRef<ItemAnalysisResults | null>;
  readonly run: (surveyId: SurveyId) => Promise<void>;
  readonly cancel: () => Promise<void>;
}

export function useItemAnalysis(): ItemAnalysisState {
  const { percent, stage, follow, stop } = useJobProgress(itemAnalysisStageTexts);
  const isRunning = ref(false);
  const isCancelling = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const results = shallowRef<ItemAnalysisResults | null>(null);
  let running: JobId | null = null;

  async function run(surveyId: SurveyId): Promise<void> {
    if (running !== null) return;
    const id = jobId.parse(crypto.randomUUID());
    running = id;
    isRunning.value = true;
    failure.value = null;
    follow(id);
    const reply = await call('itemAnalysis/run', { surveyId, jobId: id });
    stop();
    running = null;
    isRunning.value = false;
    isCancelling.value = false;
    if (reply.ok) results.value = reply.value;
    else failure.value = reply.failure;
  }

  async function cancel(): Promise<void> {
    if (running === null) return;
    isCancelling.value = true;
    await call('job/runCancel', { jobId: running });
  }

  return { percent, stage, isRunning, isCancelling, failure, results, run, cancel };
}
