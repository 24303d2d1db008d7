/** The failure a start-up ended in, from its code. */
import { failureCodes } from '@shared/domain/failure';
import type { Failure } from '@shared/domain/result';

/** An unknown code reads as an unexpected problem, never as nothing. */
export function storageFailure(code: string | null): Failure {
  const known = failureCodes.find((entry) => entry === code);
  return { code: known ?? 'INTERNAL_ERROR', params: {} };
}
