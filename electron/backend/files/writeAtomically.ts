/**
 * Files that are either the old or the new version, never half of one: temporary file, fsync, rename, fsync of
 * the folder. A crash in between leaves a `.part` file, which `removeStaleParts` clears at start.
 */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const partSuffix = '.part';

export interface WriteOptions {
  /** POSIX permission bits; 0o600 unless told. */
  readonly mode?: number;
}

/** Replaces `path` by `data` durably. Throws the file system's error; the old file is then untouched and no part is left. */
export function writeAtomically(path: string, data: string | Uint8Array, options: WriteOptions = {}): void {
  const part = partPathOf(path);
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  try {
    const descriptor = openSync(part, 'w', options.mode ?? 0o600);
    try {
      writeFully(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(part, path);
  } catch (error) {
    discard(part);
    throw error;
  }
  syncDirectory(dirname(path));
}

/** The error that led here matters more than a temporary file that cannot be removed. */
function discard(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    return;
  }
}

/** Name under which a file is prepared before `publishPart` gives it its final name. */
export const partPathOf = (path: string): string => `${path}${partSuffix}`;

/** Makes a prepared `.part` file durable and gives it its final name. */
export function publishPart(path: string): void {
  const descriptor = openSync(partPathOf(path), 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(partPathOf(path), path);
  syncDirectory(dirname(path));
}

/** Writes all bytes: one `write` may take fewer than it was given. */
export function writeFully(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSync(descriptor, bytes, written, bytes.length - written);
  }
}

/** Makes created, renamed and removed names in a folder durable. Windows has no such call and needs none. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Removes what an interrupted `writeAtomically` left in a folder; returns how many files that were. */
export function removeStaleParts(directory: string): number {
  const stale = readdirSync(directory).filter((name) => name.endsWith(partSuffix));
  for (const name of stale) rmSync(join(directory, name), { force: true });
  return stale.length;
}
