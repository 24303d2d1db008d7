/** Carries a failure out of the many steps of a run, with the place of the specification it belongs to. */
import type { FailureCode } from '../../domain/failure';
import { fail, ok, type Failure, type Result } from '../../domain/result';

type Params = Failure['params'];

class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** Ends the run with a failure at `path` (dots and brackets, as `analyses[2].outcomes[0]`). */
export function refuse(code: FailureCode, path: string, params: Params = {}): never {
  throw new RefusedError({ code, params: { ...params, path } });
}

/** The value of a result; its failure ends the run and gets the path, unless a deeper one is known. */
export function need<T>(result: Result<T>, path: string): T {
  if (result.ok) return result.value;
  const { code, params } = result.failure;
  throw new RefusedError({ code, params: { path, ...params } });
}

/** Turns a refusal inside `work` into a result again. */
export function settle<T>(work: () => T): Result<T> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof RefusedError) return fail(error.failure.code, error.failure.params);
    throw error;
  }
}
