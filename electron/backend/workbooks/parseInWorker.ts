/** Reads a workbook in a worker thread under a time and memory limit, so that a bad file cannot stop the app. */
import type { Result } from '@shared/domain/result';
import type { TableWorkbook } from '@shared/importing/table';
import { runWorkerTask } from '../workers/runWorkerTask';
import { detectFileKind } from './fileKind';

/** Seconds and memory a file may cost: reliability.md §6.5, memory doubled for 30 MB files. */
export const parseLimits = { timeoutMs: 20_000, memoryMb: 1024 } as const;

/** As `parseWorkbookBytes`; additionally fails with CANCELLED, or FILE_HOSTILE when a limit is reached. */
export async function parseInWorker(
  bytes: Uint8Array,
  fileName: string,
  signal?: AbortSignal,
): Promise<Result<TableWorkbook>> {
  const kind = detectFileKind(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), fileName);
  if (!kind.ok) return kind;
  const result = await runWorkerTask(
    'parseWorkbook',
    { bytes, fileName },
    {
      ...parseLimits,
      ...(signal ? { signal } : {}),
    },
  );
  return result as Result<TableWorkbook>; // the worker is our own build and runs parseWorkbookBytes
}
