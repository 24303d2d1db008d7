/** Settings of this installation, by key; their schemas belong to whoever owns the key. */
import { ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

/** The stored value, null when the key was never set. */
export function getSetting(db: ReadableDb, key: string): unknown {
  const row = db.connection
    .prepare<[string], { value_json: string }>('SELECT value_json FROM setting WHERE key = ?')
    .get(key);
  return row === undefined ? null : fromJson(row.value_json);
}

export function saveSetting(db: WritableDb, key: string, value: JsonValue): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'settingSaved', key, value });
    return ok(null);
  });
}

export function applySettingSaved(connection: Connection, entry: EntryOf<'settingSaved'>): void {
  connection
    .prepare(
      `INSERT INTO setting (key, value_json) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json`,
    )
    .run(entry.key, toJson(entry.value));
}
