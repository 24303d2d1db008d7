/** Names inside a data folder, and the two marks beside the database: who has it open, and how it was left. */
import Database from 'better-sqlite3';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { removeStaleParts, syncDirectory, writeAtomically } from '../files/writeAtomically';
import { attempt } from './failures';

export interface DataFolder {
  readonly root: string;
  readonly keys: string;
  readonly database: string;
  readonly databaseFile: string;
  readonly journal: string;
  readonly backup: string;
  /** Damaged files are moved here, never deleted. */
  readonly aside: string;
}

export function dataFolder(root: string): DataFolder {
  const database = join(root, 'database');
  return {
    root,
    keys: join(root, 'keys'),
    database,
    databaseFile: join(database, 'zhiheng.db'),
    journal: join(root, 'journal'),
    backup: join(root, 'backup'),
    aside: join(root, 'aside'),
  };
}

/** Makes the folders and clears what interrupted writes left; fails with STORAGE_READ_ONLY or DISK_FULL. */
export function prepareFolder(folder: DataFolder): Result<null> {
  return attempt(() => {
    for (const directory of [folder.root, folder.keys, folder.database, folder.journal, folder.backup]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      removeStaleParts(directory);
    }
    return ok(null);
  });
}

/**
 * Takes the folder for this process until `release` or the end of the process, however it ends: the operating system
 * drops the lock. Fails with DATABASE_BUSY when another process has it. The lock file holds no data.
 */
export function lockFolder(folder: DataFolder, timeoutMs: number): Result<{ readonly release: () => void }> {
  return attempt(() => {
    mkdirSync(folder.root, { recursive: true, mode: 0o700 });
    const lock = new Database(join(folder.root, 'instance.lock'), { timeout: timeoutMs });
    try {
      lock.pragma('journal_mode = MEMORY');
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      throw error;
    }
    return ok({ release: () => void lock.close() });
  });
}

const markIn = (folder: DataFolder): string => join(folder.root, 'session.open');

/** True when the last session did not end with `markClosed`. */
export const wasLeftOpen = (folder: DataFolder): boolean => existsSync(markIn(folder));

export const markOpen = (folder: DataFolder): void => {
  writeAtomically(markIn(folder), '');
};

export function markClosed(folder: DataFolder): void {
  rmSync(markIn(folder), { force: true });
  syncDirectory(folder.root);
}
