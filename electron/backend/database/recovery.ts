/**
 * Opening a database that may be damaged: sound → as it is; damaged or missing → the damaged files are moved aside,
 * the newest good snapshot (or an empty database when the journal is complete) takes their place.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, ok } from '@shared/domain/result';
import type { Failure, Result } from '@shared/domain/result';
import { partPathOf, publishPart, syncDirectory } from '../files/writeAtomically';
import { hasJournal, readAfter } from '../journal/journal';
import type { DataKey } from '../keys/deriveKey';
import type { Clock, Connection } from './connection';
import type { DataFolder } from './dataFolder';
import { attempt } from './failures';
import { migrate, pendingMigrations, schemaVersionOf } from './migrate';
import { findDamage, openDb } from './open';
import { listSnapshots, newestGoodSnapshot, takeSnapshot } from './snapshots';
import { openedOrUndone } from './undo';

export interface FolderKey {
  readonly folder: DataFolder;
  readonly dataKey: DataKey;
  readonly clock: Clock;
}

/** Where the database came from when it was not simply opened. */
export interface Rebuilt {
  readonly source: 'snapshot' | 'journal';
  readonly cause: Failure;
  /** Files the damaged database was moved to; empty when it was missing. */
  readonly movedAside: readonly string[];
}

export interface OpenedDatabase {
  readonly connection: Connection;
  readonly rebuilt: Rebuilt | null;
}

/**
 * Opens, creates or rebuilds the database and brings its schema up to date.
 * @param mustCheck verify the whole file first, because the last session did not end cleanly
 */
export function openOrRecover(key: FolderKey, mustCheck: boolean): Result<OpenedDatabase> {
  if (isNewFolder(key)) return withSchema(key, createDatabase(key, null));
  const opened = openSound(key, mustCheck);
  if (opened.ok) return withSchema(key, ok({ connection: opened.value, rebuilt: null }));
  if (!isDamage(opened.failure)) return opened;
  return withSchema(key, rebuild(key, opened.failure));
}

/** Nothing was ever stored here: no database, no snapshot, no journal. */
const isNewFolder = ({ folder }: FolderKey): boolean =>
  !existsSync(folder.databaseFile) &&
  !existsSync(`${folder.databaseFile}-wal`) &&
  listSnapshots(folder.backup).length === 0 &&
  !hasJournal(folder.journal);

/** A failing disk is not a damaged file: moving files about would make it worse. */
const isDamage = (failure: Failure): boolean =>
  failure.code === 'DATABASE_DAMAGED' && failure.params['reason'] !== 'inputOutput';

function openSound({ folder, dataKey }: FolderKey, mustCheck: boolean): Result<Connection> {
  if (!existsSync(folder.databaseFile)) return fail('DATABASE_DAMAGED', { reason: 'missing' });
  const opened = openDb(folder.databaseFile, dataKey, { mode: 'write' });
  if (!opened.ok || !mustCheck) return opened;
  const check = (): Result<Connection> => {
    const damage = findDamage(opened.value);
    return damage === null ? opened : fail('DATABASE_DAMAGED', { reason: damage });
  };
  return openedOrUndone(
    () => attempt(check),
    () => opened.value.close(),
  );
}

function createDatabase({ folder, dataKey }: FolderKey, rebuilt: Rebuilt | null): Result<OpenedDatabase> {
  const created = openDb(folder.databaseFile, dataKey, { mode: 'create' });
  return created.ok ? ok({ connection: created.value, rebuilt }) : created;
}

function rebuild(key: FolderKey, cause: Failure): Result<OpenedDatabase> {
  const snapshot = newestGoodSnapshot(key.folder.backup, key.dataKey);
  const source = snapshot === null ? 'journal' : 'snapshot';
  if (snapshot === null && !isJournalComplete(key)) return { ok: false, failure: cause };
  return attempt(() => {
    const rebuilt: Rebuilt = { source, cause, movedAside: moveAside(key) };
    if (snapshot === null) return createDatabase(key, rebuilt);
    copyFileSync(snapshot.path, partPathOf(key.folder.databaseFile));
    publishPart(key.folder.databaseFile);
    const opened = openDb(key.folder.databaseFile, key.dataKey, { mode: 'write' });
    return opened.ok ? ok({ connection: opened.value, rebuilt }) : opened;
  });
}

/** True when the journal opens with this key and starts with the first fact (or nothing was ever stored). */
function isJournalComplete({ folder, dataKey, clock }: FolderKey): boolean {
  const reading = readAfter({ directory: folder.journal, dataKey, clock }, 0);
  if (reading.firstNumber === null) return reading.damaged === 0;
  return reading.firstNumber === 1 && reading.damaged === 0;
}

function moveAside({ folder, clock }: FolderKey): readonly string[] {
  const stamp = clock().toISOString().replaceAll(/[-:.]/g, '');
  const present = ['', '-wal', '-shm', '-journal']
    .map((suffix) => `${folder.databaseFile}${suffix}`)
    .filter((path) => existsSync(path));
  mkdirSync(folder.aside, { recursive: true, mode: 0o700 });
  const moved = present.map((path) => {
    const target = freeName(join(folder.aside, `${stamp}-${basename(path)}`));
    renameSync(path, target);
    return target;
  });
  syncDirectory(folder.database);
  syncDirectory(folder.aside);
  return moved;
}

function freeName(path: string): string {
  for (let attempt = 0; ; attempt += 1) {
    const candidate = attempt === 0 ? path : `${path}.${attempt}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** Migrates; an existing database is put into a snapshot before it changes. */
function withSchema(key: FolderKey, opened: Result<OpenedDatabase>): Result<OpenedDatabase> {
  if (!opened.ok) return opened;
  const { connection } = opened.value;
  const bringUpToDate = (): Result<OpenedDatabase> => {
    const isOld = schemaVersionOf(connection) > 0 && pendingMigrations(connection).length > 0;
    if (isOld) {
      const saved = takeSnapshot(connection, key.folder.backup, key.dataKey, key.clock());
      if (!saved.ok) return saved;
    }
    migrate(connection);
    return opened;
  };
  return openedOrUndone(
    () => attempt(bringUpToDate),
    () => connection.close(),
  );
}
