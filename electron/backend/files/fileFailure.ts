/** Translates errors of the file system into failure codes; anything unknown stays an exception. */
import { fail } from '@shared/domain/result';
import type { Failure } from '@shared/domain/result';

const diskFull: readonly string[] = ['ENOSPC', 'EDQUOT'];
const readOnly: readonly string[] = ['EROFS', 'EACCES', 'EPERM'];
/** Another program (virus scanner, backup) holds the file, or too many files are open: trying again helps. */
const busy: readonly string[] = ['EBUSY', 'EMFILE', 'ENFILE'];

/** Failure for a full, read-only, busy, failing or vanished disk, null for every other error. */
export function fileFailure(error: unknown): Failure | null {
  const code = errorCodeOf(error);
  if (diskFull.includes(code)) return fail('DISK_FULL').failure;
  if (readOnly.includes(code)) return fail('STORAGE_READ_ONLY').failure;
  if (busy.includes(code)) return fail('STORAGE_BUSY').failure;
  if (code === 'EIO') return fail('DATABASE_DAMAGED', { reason: 'inputOutput' }).failure;
  if (code === 'ENOENT') return fail('STORAGE_READ_ONLY', { reason: 'missing' }).failure;
  return null;
}

/** `code` of a Node or SQLite error, empty when there is none. */
export function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
