/**
 * The one way to open the database, for every connection. The order of the pragmas matters: cipher, format, key,
 * first read (where a wrong key shows), identity, then behaviour.
 */
import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { deriveKey } from '../keys/deriveKey';
import type { DataKey } from '../keys/deriveKey';
import type { Connection } from './connection';
import { attempt } from './failures';
import { newestVersion } from './migrations/index';

export interface OpenOptions {
  /** `create` makes a new file and refuses an existing one; `read` refuses to write. */
  readonly mode: 'create' | 'write' | 'read';
  /** Milliseconds to wait for another writer; 5000 unless told. */
  readonly busyTimeoutMs?: number;
}

/** Marks our files: "ZHDB". */
export const applicationId = 0x5a484442;
const plainHeader = 'SQLite format 3\0';
/** First version without the WAL-reset corruption bug of 3.7.0–3.51.2. */
const oldestSafeSqlite = [3, 51, 3] as const;
const fullSynchronous = 2;

/**
 * Opens the database file. Fails with NOT_FOUND, NOT_OUR_DATABASE (plain SQLite, other application),
 * DATABASE_DAMAGED (empty, garbage, or encrypted with another key), DATABASE_FROM_FUTURE, DATABASE_BUSY,
 * STORAGE_READ_ONLY, DISK_FULL.
 */
export function openDb(file: string, dataKey: DataKey, options: OpenOptions): Result<Connection> {
  const before = options.mode === 'create' ? checkAbsent(file) : checkPresent(file);
  if (!before.ok) return before;
  return attempt(() => {
    const connection = new Database(file, {
      fileMustExist: options.mode !== 'create',
      readonly: options.mode === 'read',
      timeout: options.busyTimeoutMs ?? 5000,
    });
    try {
      const opened = setUp(connection, dataKey, options);
      if (!opened.ok) connection.close();
      return opened;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** First problem of the whole file, null when it is sound. Reads every page: about 1 s for 200,000 answers. */
export function findDamage(connection: Connection): string | null {
  const rows = connection.pragma('integrity_check(1)') as { integrity_check: string }[];
  const first = rows[0]?.integrity_check ?? 'no answer';
  if (first !== 'ok') return first;
  const foreign = connection.pragma('foreign_key_check') as unknown[];
  return foreign.length === 0 ? null : 'foreign keys';
}

/** True when a file starts like an unencrypted SQLite database. */
export function isPlainSqlite(file: string): boolean {
  const start = Buffer.alloc(plainHeader.length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start, 0, start.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return start.toString('latin1') === plainHeader;
}

function setUp(connection: Connection, dataKey: DataKey, options: OpenOptions): Result<Connection> {
  unlock(connection, dataKey);
  connection.prepare('SELECT count(*) FROM sqlite_master').get();
  if (options.mode === 'create') connection.pragma(`application_id = ${applicationId}`);
  const identity = checkIdentity(connection);
  if (!identity.ok) return identity;
  applySettings(connection, options.mode === 'read');
  if (options.mode === 'create' && isPlainSqlite(connection.name))
    throw new Error('database is not encrypted');
  return ok(connection);
}

/** Raw key: opens in a millisecond because nothing is stretched; the key is already random. */
function unlock(connection: Connection, dataKey: DataKey): void {
  connection.pragma("cipher = 'sqlcipher'");
  connection.pragma('legacy = 4');
  connection.pragma(`key = "x'${deriveKey(dataKey, 'database').toString('hex')}'"`);
}

function checkIdentity(connection: Connection): Result<null> {
  if (connection.pragma('application_id', { simple: true }) !== applicationId)
    return fail('NOT_OUR_DATABASE');
  const version = Number(connection.pragma('user_version', { simple: true }));
  if (version > newestVersion) {
    return fail('DATABASE_FROM_FUTURE', { fileVersion: version, supportedVersion: newestVersion });
  }
  return ok(null);
}

function applySettings(connection: Connection, isReader: boolean): void {
  if (!isReader) {
    connection.pragma('journal_mode = WAL');
    connection.pragma('wal_autocheckpoint = 200');
    connection.pragma('journal_size_limit = 4194304');
  }
  connection.pragma('synchronous = FULL');
  connection.pragma('fullfsync = ON');
  connection.pragma('checkpoint_fullfsync = ON');
  connection.pragma('temp_store = MEMORY');
  connection.pragma('secure_delete = ON');
  connection.pragma('foreign_keys = ON');
  // Without it INSERT OR REPLACE would slip past the triggers that forbid deleting.
  connection.pragma('recursive_triggers = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('mmap_size = 0');
  // 64 MiB: with the default 2 MiB every group-by decrypts the same pages again and again.
  connection.pragma('cache_size = -65536');
  connection.prepare('SELECT 1 FROM sqlite_master').get();
  // Read after a read: before it SQLite reports FULL even when the build's default of NORMAL is in force.
  if (connection.pragma('synchronous', { simple: true }) !== fullSynchronous) {
    throw new Error('synchronous is not FULL');
  }
  if (!isSafeSqlite(connection)) throw new Error('SQLite is older than 3.51.3');
}

function isSafeSqlite(connection: Connection): boolean {
  const row = connection.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get();
  const parts = (row?.version ?? '').split('.').map(Number);
  for (const [index, oldest] of oldestSafeSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part !== oldest) return part > oldest;
  }
  return true;
}

function checkAbsent(file: string): Result<null> {
  if (existsSync(file)) throw new Error('the database file exists already');
  return ok(null);
}

function checkPresent(file: string): Result<null> {
  if (!existsSync(file)) return fail('NOT_FOUND', { what: 'database' });
  if (statSync(file).size === 0) return fail('DATABASE_DAMAGED', { reason: 'empty' });
  return isPlainSqlite(file) ? fail('NOT_OUR_DATABASE', { reason: 'notEncrypted' }) : ok(null);
}
