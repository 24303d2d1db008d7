/** Item analysis and calibration in a worker, with progress and cancellation; nothing is stored. */
import type { Result } from '@shared/domain/result';
import type { ItemAnalysis, ItemAnalysisInput } from '@shared/psychometrics/analyseItems';
import type { JobHandle } from '../host/jobs';
import { runWorkerTask } from '../workers/runWorkerTask';

/** 300 items x 5,000 persons take seconds; half an hour means something is wrong. */
const limits = { timeoutMs: 1_800_000, memoryMb: 4096 };

/** Failures: those of `analyseItems`; CANCELLED; ANALYSIS_FAILED when time or memory run out. */
export async function calibrateItems(
  input: ItemAnalysisInput,
  job: JobHandle,
): Promise<Result<ItemAnalysis>> {
  const result = await runWorkerTask('calibrateItems', input, {
    ...limits,
    onLimit: 'ANALYSIS_FAILED',
    signal: job.signal,
    onProgress: (stage, fraction) => job.report(stage, fraction),
  });
  return result as Result<ItemAnalysis>; // the worker is our own build and runs analyseItems
}
