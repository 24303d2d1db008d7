/**
 * What the rest of the backend sees of the database. A `ReadableDb` can be asked; a `WritableDb` can also be
 * changed, and only through the journal. Raw connections stay inside this folder.
 */
import type Database from 'better-sqlite3';
import type { Result } from '@shared/domain/result';
import type { JournalEntry } from './journalEntry';

export type Connection = Database.Database;
export type Clock = () => Date;

export interface ReadableDb {
  readonly connection: Connection;
}

declare const writable: unique symbol;
export interface WritableDb extends ReadableDb {
  readonly [writable]: true;
  /** UTC time of now as ISO text. */
  now(): string;
  /**
   * Runs `work` in one IMMEDIATE transaction; a failure value or an exception leaves nothing behind. Nested calls
   * join the outer transaction. What was recorded is durable in the journal before the database commits.
   * Fails with DISK_FULL, DATABASE_BUSY, DATABASE_DAMAGED or STORAGE_READ_ONLY when the machine refuses.
   */
  transact<T>(work: () => Result<T>): Result<T>;
  /** Applies a fact and puts it into the journal; only inside `transact`. */
  record(entry: JournalEntry): void;
}
