/** Shape of one channel of the contract and the types every side derives from it. */
import { z } from 'zod';
import type { Failure } from '../domain/result';
import type { Role } from '../domain/role';

export interface Channel<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  /** Roles that may call it; absent = every role. Checked by the host, never by the screen. */
  readonly roles?: readonly Role[];
  /** True when it works before the storage is unlocked. */
  readonly beforeUnlock?: true;
}

export const noInput = z.strictObject({});

export const channel = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  options: Pick<Channel, 'roles' | 'beforeUnlock'> = {},
): Channel<I, O> => ({ input, output, ...options });

/** What travels back over every transport. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
