/**
 * Snapshots of the whole database in `backup/`, made by VACUUM INTO (which keeps the encryption; `db.backup()` does
 * not work on encrypted files). A snapshot counts only after it was opened and checked.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { partPathOf, publishPart } from '../files/writeAtomically';
import type { DataKey } from '../keys/deriveKey';
import type { Connection } from './connection';
import { attempt } from './failures';
import { findDamage, openDb } from './open';
import { journalHead } from './repositories/counters';

export interface Snapshot {
  readonly path: string;
  /** UTC day, YYYYMMDD. */
  readonly day: string;
  /** Number of the newest journal record it contains. */
  readonly head: number;
}

const newestKept = 3;
const daysKept = 7;
const namePattern = /^snap-(\d{8})T\d{9}Z-(\d+)\.db$/;

/**
 * Takes and verifies a snapshot, then removes what the rotation no longer keeps (newest 3, and the newest of each of
 * the last 7 days). Fails with DISK_FULL, STORAGE_READ_ONLY or DATABASE_DAMAGED; an earlier snapshot stays.
 */
export function takeSnapshot(
  connection: Connection,
  directory: string,
  dataKey: DataKey,
  now: Date,
): Result<Snapshot> {
  return attempt(() => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const head = journalHead(connection);
    const stamp = now.toISOString().replaceAll(/[-:.]/g, '');
    const path = join(directory, `snap-${stamp}-${head}.db`);
    const part = partPathOf(path);
    rmSync(part, { force: true });
    try {
      connection.prepare('VACUUM INTO ?').run(part);
      const damage = damageOf(part, dataKey);
      if (damage !== null) return fail('DATABASE_DAMAGED', { reason: damage });
      publishPart(path);
    } finally {
      rmSync(part, { force: true });
    }
    rotate(directory);
    return ok({ path, day: stamp.slice(0, 8), head });
  });
}

/** Snapshots, newest first. */
export function listSnapshots(directory: string): readonly Snapshot[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .sort((a, b) => (a < b ? 1 : -1))
    .flatMap((name) => {
      const match = namePattern.exec(name);
      if (match === null) return [];
      return [{ path: join(directory, name), day: match[1] ?? '', head: Number(match[2]) }];
    });
}

/** The newest snapshot that opens with this key and is sound. */
export const newestGoodSnapshot = (directory: string, dataKey: DataKey): Snapshot | null =>
  listSnapshots(directory).find((snapshot) => damageOf(snapshot.path, dataKey) === null) ?? null;

/** Problem of a database file nobody has open, null when it is sound. */
function damageOf(file: string, dataKey: DataKey): string | null {
  const opened = openDb(file, dataKey, { mode: 'read' });
  if (!opened.ok) return opened.failure.code;
  try {
    return findDamage(opened.value);
  } catch (error) {
    return error instanceof Error ? error.message : 'unreadable';
  } finally {
    opened.value.close();
  }
}

function rotate(directory: string): void {
  const snapshots = listSnapshots(directory);
  const days = [...new Set(snapshots.map((snapshot) => snapshot.day))].slice(0, daysKept);
  const newestOfDay = days.map((day) => snapshots.find((snapshot) => snapshot.day === day));
  const kept = new Set([...snapshots.slice(0, newestKept), ...newestOfDay]);
  for (const snapshot of snapshots) if (!kept.has(snapshot)) rmSync(snapshot.path, { force: true });
}
