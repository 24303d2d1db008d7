/** Writing a file to a place the user chose, where other programs may have it open. */
import { basename } from 'node:path';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { errorCodeOf, fileFailure } from './fileFailure';
import { writeAtomically } from './writeAtomically';

/** What Windows says when the target is open elsewhere, e.g. in Excel. */
const heldElsewhere: readonly string[] = ['EBUSY', 'EPERM'];

/** Replaces `path` whole or not at all. Fails with FILE_NOT_SAVED, DISK_FULL or STORAGE_READ_ONLY. */
export function saveForUser(path: string, bytes: Uint8Array): Result<null> {
  try {
    writeAtomically(path, bytes);
    return ok(null);
  } catch (error) {
    if (heldElsewhere.includes(errorCodeOf(error))) return fail('FILE_NOT_SAVED', { name: basename(path) });
    const failure = fileFailure(error);
    if (failure === null) throw error;
    return { ok: false, failure };
  }
}
