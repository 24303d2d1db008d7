/** Counters of this device; `journal` is the number of the newest journal record the database contains. */
import type { Connection } from '../connection';

export function journalHead(connection: Connection): number {
  const row = connection
    .prepare<[], { value: number }>("SELECT value FROM device_counter WHERE name = 'journal'")
    .get();
  return row?.value ?? 0;
}

export function setJournalHead(connection: Connection, number: number): void {
  connection.prepare("UPDATE device_counter SET value = ? WHERE name = 'journal'").run(number);
}
