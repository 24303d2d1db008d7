/** Brings a database to the newest schema: pending steps and `user_version` in one transaction, or nothing. */
import type { Connection } from './connection';
import { migrations } from './migrations/index';

/** One step of the schema. Never edited after release. */
export interface Migration {
  /** Steps of ten, as in the file name. */
  readonly version: number;
  readonly name: string;
  readonly up: (connection: Connection) => void;
}

export const schemaVersionOf = (connection: Connection): number =>
  Number(connection.pragma('user_version', { simple: true }));

/** Steps the file does not have yet, in order. Throws when the list itself is not strictly increasing. */
export function pendingMigrations(
  connection: Connection,
  list: readonly Migration[] = migrations,
): readonly Migration[] {
  list.forEach((migration, index) => {
    const previous = list[index - 1]?.version ?? 0;
    if (migration.version <= previous) throw new Error(`migration ${migration.name} is out of order`);
  });
  return list.filter((migration) => migration.version > schemaVersionOf(connection));
}

/** Runs the pending steps; throws and changes nothing when one of them fails or leaves a dangling reference. */
export function migrate(connection: Connection, list: readonly Migration[] = migrations): number {
  const pending = pendingMigrations(connection, list);
  const newest = pending.at(-1);
  if (newest === undefined) return 0;
  connection
    .transaction(() => {
      for (const migration of pending) migration.up(connection);
      const dangling = connection.pragma('foreign_key_check') as unknown[];
      if (dangling.length > 0) throw new Error('migration leaves dangling references');
      connection.pragma(`user_version = ${newest.version}`);
    })
    .immediate();
  return pending.length;
}
