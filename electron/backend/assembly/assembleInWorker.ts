/** The long part of assembly: loads the solver and assembles. Runs in the worker thread, and in tests without one. */
import type { ParallelRequest, ParallelResult } from '@shared/assessment/parallelForms';
import { assembleParallelForms } from '@shared/assessment/parallelForms';
import type { SolveLinear } from '@shared/assessment/linearProgram/linearModel';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import { sha256 } from '../registry/registry';
import { loadHighs } from './highsSolver';

/** Null where WebAssembly is not to be had: the swap search takes over and the result says so. */
async function solverOrNone(): Promise<SolveLinear | null> {
  try {
    return await loadHighs();
  } catch {
    return null;
  }
}

export async function assembleInWorker(
  request: ParallelRequest,
  progress: (stage: string, fraction: number) => void,
): Promise<Result<ParallelResult>> {
  const solve = await solverOrNone();
  const onForm = (done: number): void => progress('assembling', done / request.count);
  return ok(assembleParallelForms(request, { solve, hash: sha256, onForm }));
}
