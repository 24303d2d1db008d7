/**
 * The write path: BEGIN IMMEDIATE, change the tables, append the facts to the journal and sync it, COMMIT and sync
 * the database. Only then does the caller hear `ok`.
 */
import { ok } from '@shared/domain/result';
import type { Failure, Result } from '@shared/domain/result';
import type { Journal } from '../journal/journal';
import { applyEntry } from './applyEntry';
import type { Clock, Connection, WritableDb } from './connection';
import { attempt } from './failures';
import type { JournalEntry } from './journalEntry';
import { toJson } from './json';
import { setJournalHead } from './repositories/counters';

export interface WriterOptions {
  readonly clock: Clock;
  /** Called for every failure of the machine, e.g. to keep a damaged database from being marked clean. */
  readonly onFailure: (failure: Failure) => void;
}

export function createWritableDb(
  connection: Connection,
  journal: Journal,
  options: WriterOptions,
): WritableDb {
  let pending: JournalEntry[] | null = null;

  const writer = {
    connection,
    now: () => options.clock().toISOString(),
    record(entry: JournalEntry): void {
      if (pending === null) throw new Error('record is called inside transact only');
      applyEntry(connection, entry);
      pending.push(entry);
    },
    transact<T>(work: () => Result<T>): Result<T> {
      if (pending !== null) return work();
      const entries: JournalEntry[] = [];
      const result = attempt(() => {
        try {
          connection.exec('BEGIN IMMEDIATE');
          pending = entries;
          const worked = work();
          if (worked.ok) commit(connection, journal, entries);
          return worked;
        } finally {
          pending = null;
          if (connection.inTransaction) connection.exec('ROLLBACK');
        }
      });
      if (!result.ok) options.onFailure(result.failure);
      return result;
    },
  };
  return writer as typeof writer & WritableDb;
}

/** Lets the machine refuse before any work is accepted: a read-only file shows only at the first write. */
export function probeWriting(connection: Connection): Result<null> {
  return attempt(() => {
    try {
      connection.exec("BEGIN IMMEDIATE; UPDATE device_counter SET value = value WHERE name = 'journal'");
    } finally {
      if (connection.inTransaction) connection.exec('ROLLBACK');
    }
    return ok(null);
  });
}

function commit(connection: Connection, journal: Journal, entries: readonly JournalEntry[]): void {
  if (entries.length === 0) {
    connection.exec('COMMIT');
    return;
  }
  setJournalHead(connection, journal.nextNumber());
  const number = journal.append(toJson(entries));
  try {
    connection.exec('COMMIT');
  } catch (error) {
    journal.withdraw(number);
    throw error;
  }
}
