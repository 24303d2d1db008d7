/**
 * Runs one long task in a worker thread of the built `worker.js`, with a time and memory limit, progress and
 * cancellation. A worker that dies, hangs or is cancelled leaves nothing behind: it owns no files and no database.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FailureCode } from '@shared/domain/failure';
import type { Result } from '@shared/domain/result';
import { fail } from '@shared/domain/result';
import type { TaskName, WorkerMessage } from './tasks';

export interface WorkerTaskOptions {
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** What a crash or a reached limit means for this task; FILE_HOSTILE unless told, for untrusted files. */
  readonly onLimit?: FailureCode | undefined;
  /** Told the name of the error that ended the worker, for the log. */
  readonly onCrash?: ((errorName: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: string, fraction: number) => void) | undefined;
}

/** The built worker beside this bundle; under vitest (sources) the entry is compiled on the fly by its own loader. */
const workerFile = (): string => {
  const here = dirname(fileURLToPath(import.meta.url));
  return process.env['ZHIHENG_WORKER'] ?? join(here, 'worker.js');
};

/** Fails with CANCELLED, `onLimit` (worker crashed, or out of time or memory) or what the task returns. */
export function runWorkerTask(
  name: TaskName,
  payload: unknown,
  options: WorkerTaskOptions,
): Promise<Result<unknown>> {
  if (options.signal?.aborted === true) return Promise.resolve(fail('CANCELLED'));
  const onLimit = options.onLimit ?? 'FILE_HOSTILE';
  return new Promise((resolve) => {
    const worker = new Worker(workerFile(), {
      workerData: { name, payload },
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    });
    let settled = false;
    const finish = (result: Result<unknown>): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      resolve(result);
      void worker.terminate();
    };
    const onAbort = (): void => finish(fail('CANCELLED'));
    const timer = setTimeout(() => finish(fail(onLimit, { reason: '处理超时' })), options.timeoutMs);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') options.onProgress?.(message.stage, message.fraction);
      else finish(message.result);
    });
    worker.on('error', (error: unknown) => {
      options.onCrash?.(error instanceof Error ? error.name : 'unknown');
      finish(fail(onLimit, { reason: '内容过大或过于复杂' }));
    });
    worker.on('exit', () => finish(fail('INTERNAL_ERROR')));
  });
}
