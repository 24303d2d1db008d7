/** Brings a database up to the journal: facts that were durable there and never reached the database. */
import { z } from 'zod';
import type { JournalReading } from '../journal/journal';
import { applyEntry } from './applyEntry';
import type { Connection } from './connection';
import { journalEntry } from './journalEntry';
import type { JournalEntry } from './journalEntry';
import { fromJson } from './json';
import { setJournalHead } from './repositories/counters';

export interface Replay {
  readonly restoredAnswers: number;
  readonly restoredEntries: number;
  /** Facts that do not fit into the database, e.g. because an older part of the journal is gone. */
  readonly unplacedEntries: number;
}

const recordEntries = z.array(journalEntry);

/** Applies every record in order, each whole or not at all, in one transaction. */
export function replay(connection: Connection, reading: JournalReading): Replay {
  const counts = { restoredAnswers: 0, restoredEntries: 0, unplacedEntries: 0 };
  const applyRecord = connection.transaction((entries: readonly JournalEntry[]) => {
    for (const entry of entries) applyEntry(connection, entry);
  });
  connection
    .transaction(() => {
      for (const record of reading.entries) {
        const entries = recordEntries.parse(fromJson(record.text));
        if (isPlaced(() => applyRecord(entries))) {
          counts.restoredEntries += entries.length;
          counts.restoredAnswers += entries.filter((entry) => entry.kind === 'answerSaved').length;
        } else {
          counts.unplacedEntries += entries.length;
        }
        setJournalHead(connection, record.number);
      }
    })
    .immediate();
  return counts;
}

/** False when the stored data contradict the record; every other error goes on. */
function isPlaced(apply: () => void): boolean {
  try {
    apply();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) {
      return false;
    }
    throw error;
  }
}
