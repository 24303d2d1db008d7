/**
 * Expected problems are values, never exceptions: a failure says what happened by code and parameters.
 * The Chinese sentence for each code lives with the texts of the host that shows it.
 */
import type { FailureCode } from './failure';

export interface Failure {
  readonly code: FailureCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (
  code: FailureCode,
  params: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly failure: Failure } => ({ ok: false, failure: { code, params } });

/** Closes a switch over a union: reaching it is a programmer error. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
