/**
 * The data folder, opened: keys, database, journal, recovery, snapshots. One per process; the three hosts call this
 * at start and `close` at the end.
 */
import { existsSync } from 'node:fs';
import { fail, ok } from '@shared/domain/result';
import type { Failure, Result } from '@shared/domain/result';
import { openJournal, readAfter } from '../journal/journal';
import type { Journal } from '../journal/journal';
import type { DataKey } from '../keys/deriveKey';
import { hasKeyFile } from '../keys/keyFile';
import { createKeyring, openKeyring } from '../keys/keyring';
import type { Clock, Connection, ReadableDb, WritableDb } from './connection';
import { dataFolder, lockFolder, markClosed, markOpen, prepareFolder, wasLeftOpen } from './dataFolder';
import type { DataFolder } from './dataFolder';
import { attempt } from './failures';
import { openDb } from './open';
import { openOrRecover } from './recovery';
import type { FolderKey, Rebuilt } from './recovery';
import { replay } from './replay';
import type { Replay } from './replay';
import { appendAudit } from './repositories/audit';
import { journalHead } from './repositories/counters';
import { listSnapshots, takeSnapshot } from './snapshots';
import type { Snapshot } from './snapshots';
import { openedOrUndone, runAll } from './undo';
import { createWritableDb, probeWriting } from './writableDb';

/** A machine that is always switched off hard never closes; then a start takes the snapshot. */
const entriesWithoutSnapshot = 2000;

export interface StorageOptions {
  readonly dataDir: string;
  /** Opens the keyring, or protects a new one; without it the local key file does. */
  readonly passphrase?: string | undefined;
  readonly clock: Clock;
  /** Milliseconds to wait for another process that has the folder; 2000 unless told. */
  readonly lockTimeoutMs?: number;
}

/** What had to be restored at start; shown to the user and audited. */
export interface Recovery extends Replay {
  readonly rebuilt: Rebuilt | null;
  /** Journal records whose bytes no longer authenticate. */
  readonly damagedEntries: number;
}

export interface Storage {
  readonly db: WritableDb;
  readonly journal: Journal;
  /** For keyring changes and for workers that open their own reading connection. */
  readonly dataKey: DataKey;
  readonly folder: DataFolder;
  /** Null when nothing had to be restored. */
  readonly recovery: Recovery | null;
  /** Folds the write-ahead log into the database file, e.g. after an interview or before copying. */
  checkpoint(): Result<null>;
  /** Takes and verifies a snapshot, e.g. after an import. */
  snapshot(): Result<Snapshot>;
  /** Checkpoints, takes a snapshot of what is new, optimises, marks a clean end. */
  close(): void;
}

/**
 * Opens the data folder, making it at first use. Fails with STORAGE_LOCKED, WRONG_PASSPHRASE, KEY_FILE_DAMAGED,
 * DATABASE_BUSY (another process has it), DATABASE_DAMAGED (and nothing to restore from), DATABASE_FROM_FUTURE,
 * NOT_OUR_DATABASE, DISK_FULL, STORAGE_READ_ONLY.
 */
export function openStorage(options: StorageOptions): Result<Storage> {
  const folder = dataFolder(options.dataDir);
  const lock = lockFolder(folder, options.lockTimeoutMs ?? 2000);
  if (!lock.ok) return lock;
  const { release } = lock.value;
  return openedOrUndone(() => openLocked(folder, options, release), release);
}

/** A second, read-only connection to the database of an open storage, for worker threads. Close its connection. */
export function openReader(dataDir: string, dataKey: DataKey): Result<ReadableDb> {
  const opened = openDb(dataFolder(dataDir).databaseFile, dataKey, { mode: 'read' });
  return opened.ok ? ok({ connection: opened.value }) : opened;
}

function openLocked(folder: DataFolder, options: StorageOptions, release: () => void): Result<Storage> {
  const prepared = prepareFolder(folder);
  if (!prepared.ok) return prepared;
  const dataKey = attempt(() => openOrCreateKeyring(folder, options.passphrase));
  if (!dataKey.ok) return dataKey;
  const key: FolderKey = { folder, dataKey: dataKey.value, clock: options.clock };
  const mustCheck = wasLeftOpen(folder);
  const opened = openOrRecover(key, mustCheck);
  if (!opened.ok) return opened;
  const { connection, rebuilt } = opened.value;
  const start = (): Result<Storage> => {
    const writing = probeWriting(connection);
    if (!writing.ok) return writing;
    markOpen(folder);
    const parts = catchUp(key, connection, rebuilt);
    return openedOrUndone(
      () => ok(assemble(key, connection, { ...parts, release })),
      () => parts.journal.close(),
    );
  };
  return openedOrUndone(
    () => attempt(start),
    () => connection.close(),
  );
}

function openOrCreateKeyring(folder: DataFolder, passphrase: string | undefined): Result<DataKey> {
  if (hasKeyFile(folder.keys)) return openKeyring(folder.keys, { passphrase });
  if (existsSync(folder.databaseFile)) return fail('KEY_FILE_DAMAGED', { file: 'keys.json' });
  return ok(createKeyring(folder.keys, { passphrase }));
}

interface CaughtUp {
  readonly journal: Journal;
  readonly recovery: Recovery | null;
}

/** Replays what the journal has and the database has not, then opens the journal behind both. */
function catchUp(key: FolderKey, connection: Connection, rebuilt: Rebuilt | null): CaughtUp {
  const journalOptions = { directory: key.folder.journal, dataKey: key.dataKey, clock: key.clock };
  const reading = readAfter(journalOptions, journalHead(connection));
  const replayed = replay(connection, reading);
  const journal = openJournal(journalOptions, Math.max(journalHead(connection), reading.lastNumber));
  const isQuiet = rebuilt === null && replayed.restoredEntries === 0 && replayed.unplacedEntries === 0;
  const recovery = { ...replayed, rebuilt, damagedEntries: reading.damaged };
  return { journal, recovery: isQuiet && reading.damaged === 0 ? null : recovery };
}

function assemble(
  key: FolderKey,
  connection: Connection,
  parts: CaughtUp & { readonly release: () => void },
): Storage {
  let isSound = true;
  const onFailure = (failure: Failure): void => {
    if (failure.code === 'DATABASE_DAMAGED') isSound = false;
  };
  const db = createWritableDb(connection, parts.journal, { clock: key.clock, onFailure });
  auditRecovery(db, parts.recovery);
  const checkpoint = (): Result<null> =>
    attempt(() => {
      connection.pragma('wal_checkpoint(TRUNCATE)');
      return ok(null);
    });
  const snapshot = (): Result<Snapshot> => {
    const folded = checkpoint();
    if (!folded.ok) return folded;
    return takeSnapshot(connection, key.folder.backup, key.dataKey, key.clock());
  };
  const unsaved = (): number => journalHead(connection) - (listSnapshots(key.folder.backup)[0]?.head ?? 0);
  const end = (): Result<unknown> => {
    if (!isSound) return fail('DATABASE_DAMAGED');
    const saved = unsaved() > 0 ? snapshot() : ok(null);
    connection.pragma('optimize');
    return saved;
  };
  if (unsaved() >= entriesWithoutSnapshot) snapshot();
  return {
    db,
    journal: parts.journal,
    dataKey: key.dataKey,
    folder: key.folder,
    recovery: parts.recovery,
    checkpoint,
    snapshot,
    close() {
      if (!connection.open) return;
      let isClean = false;
      runAll([
        () => {
          isClean = attempt(end).ok;
        },
        () => connection.close(),
        () => parts.journal.close(),
        () => {
          if (isClean) markClosed(key.folder);
        },
        parts.release,
      ]);
    },
  };
}

function auditRecovery(db: WritableDb, recovery: Recovery | null): void {
  if (recovery === null) return;
  const { restoredAnswers, restoredEntries, unplacedEntries, damagedEntries, rebuilt } = recovery;
  appendAudit(db, {
    action: 'storage/recovered',
    subject: rebuilt?.source ?? 'journal',
    detail: {
      restoredAnswers,
      restoredEntries,
      unplacedEntries,
      damagedEntries,
      cause: rebuilt?.cause.code ?? null,
    },
  });
}
