/** Runs an analysis specification in a worker, with progress and cancellation; nothing is stored. */
import type { AnalysisSpec } from '@shared/analysisSpec/analysisSpec';
import type { DataTables } from '@shared/analysisSpec/dataTable';
import type { AnalysisRun } from '@shared/analysisSpec/result';
import type { Result } from '@shared/domain/result';
import type { JobHandle } from '../host/jobs';
import { runWorkerTask } from '../workers/runWorkerTask';

/** Thousands of calibrated replicates take minutes; an hour means something is wrong. */
const limits = { timeoutMs: 3_600_000, memoryMb: 4096 };

/** Failures: those of `runAnalysisSpec`; CANCELLED; ANALYSIS_FAILED when time or memory run out. */
export async function runSpec(
  spec: AnalysisSpec,
  tables: DataTables,
  job: JobHandle,
): Promise<Result<AnalysisRun>> {
  const result = await runWorkerTask(
    'runAnalysisSpec',
    { spec, tables },
    {
      ...limits,
      onLimit: 'ANALYSIS_FAILED',
      signal: job.signal,
      onProgress: (stage, fraction) => job.report(stage, fraction),
    },
  );
  return result as Result<AnalysisRun>; // the worker is our own build and runs runAnalysisSpec
}
