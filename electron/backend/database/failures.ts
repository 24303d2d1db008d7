/** Translates errors of SQLite and of the file system into failure codes; anything else is a programmer error. */
import { fail } from '@shared/domain/result';
import type { Failure, Result } from '@shared/domain/result';
import { errorCodeOf, fileFailure } from '../files/fileFailure';

const classes: readonly (readonly [prefix: string, failure: Failure])[] = [
  ['SQLITE_FULL', fail('DISK_FULL').failure],
  ['SQLITE_BUSY', fail('DATABASE_BUSY').failure],
  ['SQLITE_LOCKED', fail('DATABASE_BUSY').failure],
  ['SQLITE_READONLY', fail('STORAGE_READ_ONLY').failure],
  ['SQLITE_CANTOPEN', fail('STORAGE_READ_ONLY', { reason: 'cannotOpen' }).failure],
  ['SQLITE_PERM', fail('STORAGE_READ_ONLY').failure],
  ['SQLITE_NOTADB', fail('DATABASE_DAMAGED', { reason: 'unreadable' }).failure],
  ['SQLITE_CORRUPT', fail('DATABASE_DAMAGED', { reason: 'corrupt' }).failure],
  ['SQLITE_IOERR', fail('DATABASE_DAMAGED', { reason: 'inputOutput' }).failure],
];

/** Failure of a storage error, null for every other error. */
export function storageFailure(error: unknown): Failure | null {
  const code = errorCodeOf(error);
  const found = classes.find(([prefix]) => code.startsWith(prefix));
  return found === undefined ? fileFailure(error) : found[1];
}

/** Runs `work`; storage errors become failure values, programmer errors stay exceptions. */
export function attempt<T>(work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    const failure = storageFailure(error);
    if (failure === null) throw error;
    return { ok: false, failure };
  }
}
