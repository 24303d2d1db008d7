/** The stored item analysis of a survey, and running it anew as a job; leaving the page cancels a running job. */
import { onScopeDispose, ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { JobId, SurveyId } from '@shared/domain/ids';
import { jobId } from '@shared/domain/ids';
import type { Failure } from '@shared/domain/result';
import type { ItemAnalysisResults } from '@shared/results/itemAnalysisResults';
import { itemAnalysisStageTexts } from '@shared/texts/itemAnalysisTexts';
import { call, saveFile } from '../../api/client';
import type { JobProgress } from '../../api/jobProgress';
import { useJobProgress } from '../../api/jobProgress';

export interface ItemAnalysisState extends Pick<JobProgress, 'percent' | 'stage'> {
  /** False until the stored analysis has been asked for. */
  readonly isLoaded: Ref<boolean>;
  readonly isRunning: Ref<boolean>;
  readonly isCancelling: Ref<boolean>;
  readonly isStale: Ref<boolean>;
  readonly failure: ShallowRef<Failure | null>;
  readonly results: ShallowRef<ItemAnalysisResults | null>;
  /** Name of the file last saved; null before. */
  readonly savedFile: Ref<string | null>;
  readonly load: () => Promise<void>;
  readonly run: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly exportFile: () => Promise<void>;
}

/** The stored analysis as an Excel file in the hands of the person. */
function useAnalysisFile(
  surveyId: () => SurveyId | undefined,
  failure: ShallowRef<Failure | null>,
): Pick<ItemAnalysisState, 'savedFile' | 'exportFile'> {
  const savedFile = ref<string | null>(null);
  async function exportFile(): Promise<void> {
    const id = surveyId();
    if (id === undefined) return;
    const file = await call('itemAnalysis/createFile', { surveyId: id });
    const saved = file.ok ? await saveFile(file.value.token, file.value.fileName) : file;
    failure.value = saved.ok ? null : saved.failure;
    if (file.ok && saved.ok && saved.value.saved) savedFile.value = file.value.fileName;
  }
  return { savedFile, exportFile };
}

export function useItemAnalysis(surveyId: () => SurveyId | undefined): ItemAnalysisState {
  const { percent, stage, follow, stop } = useJobProgress(itemAnalysisStageTexts);
  const [isLoaded, isRunning, isCancelling, isStale] = [ref(false), ref(false), ref(false), ref(false)];
  const failure = shallowRef<Failure | null>(null);
  const results = shallowRef<ItemAnalysisResults | null>(null);
  const { savedFile, exportFile } = useAnalysisFile(surveyId, failure);
  let running: JobId | null = null;

  async function load(): Promise<void> {
    const id = surveyId();
    if (id === undefined) return;
    const reply = await call('itemAnalysis/get', { surveyId: id });
    isLoaded.value = true;
    if (!reply.ok) {
      failure.value = reply.failure;
      return;
    }
    results.value = reply.value.results;
    isStale.value = reply.value.isStale;
  }

  async function run(): Promise<void> {
    const survey = surveyId();
    if (running !== null || survey === undefined) return;
    const id = jobId.parse(crypto.randomUUID());
    running = id;
    isRunning.value = true;
    failure.value = null;
    savedFile.value = null;
    follow(id);
    const reply = await call('itemAnalysis/run', { surveyId: survey, jobId: id });
    stop();
    running = null;
    isRunning.value = false;
    isCancelling.value = false;
    if (reply.ok) {
      results.value = reply.value;
      isStale.value = false;
    } else if (reply.failure.code !== 'CANCELLED') failure.value = reply.failure;
  }

  async function cancel(): Promise<void> {
    if (running === null) return;
    isCancelling.value = true;
    await call('job/runCancel', { jobId: running });
  }
  onScopeDispose(() => void cancel());

  return {
    percent,
    stage,
    isLoaded,
    isRunning,
    isCancelling,
    isStale,
    failure,
    results,
    savedFile,
    load,
    run,
    cancel,
    exportFile,
  };
}
