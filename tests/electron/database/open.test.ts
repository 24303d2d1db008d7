/** One way to open the database: the settings are in force, and every wrong file is told apart. */
import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate, pendingMigrations, schemaVersionOf } from '@electron/backend/database/migrate';
import { migrations, newestVersion } from '@electron/backend/database/migrations/index';
import { openDb } from '@electron/backend/database/open';
import { generateDataKey } from '@electron/backend/keys/deriveKey';
import { failureOf, temporaryFolder, unwrap } from './storageFixture';

const dataKey = generateDataKey();

function createdFile(): string {
  const file = join(temporaryFolder(), 'a.db');
  const connection = unwrap(openDb(file, dataKey, { mode: 'create' }));
  migrate(connection);
  connection.close();
  return file;
}

describe('openDb', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['temp_store', 2],
    ['secure_delete', 1],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
    ['recursive_triggers', 1],
    ['fullfsync', 1],
    ['checkpoint_fullfsync', 1],
    ['wal_autocheckpoint', 200],
    ['cipher', 'sqlcipher'],
  ])('puts %s = %s in force, also after the first read and write', (pragma, expected) => {
    const connection = unwrap(openDb(createdFile(), dataKey, { mode: 'write' }));
    connection.prepare('SELECT count(*) FROM survey').get();
    connection.prepare("INSERT INTO setting VALUES ('a', '1')").run();
    const value = connection.pragma(pragma, { simple: true });
    connection.close();
    expect(String(value)).toBe(String(expected));
  });

  it('writes nothing readable: neither the SQLite header nor the content', () => {
    const file = createdFile();
    const connection = unwrap(openDb(file, dataKey, { mode: 'write' }));
    connection.prepare("INSERT INTO setting VALUES ('marker-key', '\"marker-value\"')").run();
    const wal = readFileSync(`${file}-wal`).toString('latin1');
    connection.close();
    const bytes = readFileSync(file).toString('latin1');
    expect(bytes.startsWith('SQLite format 3')).toBe(false);
    expect(`${bytes}${wal}`).not.toContain('marker-');
  });

  it('calls a missing file missing and does not make one', () => {
    expect(failureOf(openDb(join(temporaryFolder(), 'no.db'), dataKey, { mode: 'write' })).code).toBe(
      'NOT_FOUND',
    );
  });

  it('calls an empty file damaged instead of opening an empty database', () => {
    const file = join(temporaryFolder(), 'empty.db');
    writeFileSync(file, '');
    expect(failureOf(openDb(file, dataKey, { mode: 'write' }))).toMatchObject({
      code: 'DATABASE_DAMAGED',
      params: { reason: 'empty' },
    });
  });

  it('does not open with another key and leaves the file as it was', () => {
    const file = createdFile();
    const before = readFileSync(file);
    const failure = failureOf(openDb(file, generateDataKey(), { mode: 'write' }));
    expect(failure).toMatchObject({ code: 'DATABASE_DAMAGED', params: { reason: 'unreadable' } });
    expect(readFileSync(file).equals(before)).toBe(true);
    unwrap(openDb(file, dataKey, { mode: 'write' })).close();
  });

  it('refuses a plain SQLite file', () => {
    const file = join(temporaryFolder(), 'plain.db');
    const plain = new Database(file);
    plain.exec('CREATE TABLE t (a)');
    plain.close();
    expect(failureOf(openDb(file, dataKey, { mode: 'write' })).code).toBe('NOT_OUR_DATABASE');
  });

  it('refuses garbage', () => {
    const file = join(temporaryFolder(), 'garbage.db');
    writeFileSync(file, randomBytes(8192));
    expect(failureOf(openDb(file, dataKey, { mode: 'write' })).code).toBe('DATABASE_DAMAGED');
  });

  it('refuses a database of another application under our key', () => {
    const file = createdFile();
    const connection = unwrap(openDb(file, dataKey, { mode: 'write' }));
    connection.pragma('application_id = 1');
    connection.close();
    expect(failureOf(openDb(file, dataKey, { mode: 'write' })).code).toBe('NOT_OUR_DATABASE');
  });

  it('refuses a file of a newer version and says both versions', () => {
    const file = createdFile();
    const connection = unwrap(openDb(file, dataKey, { mode: 'write' }));
    connection.pragma(`user_version = ${newestVersion + 10}`);
    connection.close();
    expect(failureOf(openDb(file, dataKey, { mode: 'write' }))).toEqual({
      code: 'DATABASE_FROM_FUTURE',
      params: { fileVersion: newestVersion + 10, supportedVersion: newestVersion },
    });
  });

  it('detects one flipped bit anywhere in a page', () => {
    const file = createdFile();
    const bytes = readFileSync(file);
    const at = 4096 + 777;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
    writeFileSync(file, bytes);
    const opened = openDb(file, dataKey, { mode: 'read' });
    const check = (): unknown =>
      opened.ok ? opened.value.pragma('integrity_check(1)', { simple: true }) : 'refused';
    let verdict: unknown;
    try {
      verdict = check();
    } catch {
      verdict = 'refused';
    }
    if (opened.ok) opened.value.close();
    expect(verdict).not.toBe('ok');
  });

  it('gives readers a connection that cannot write', () => {
    const file = createdFile();
    const reader = unwrap(openDb(file, dataKey, { mode: 'read' }));
    expect(() => reader.prepare("INSERT INTO setting VALUES ('a', '1')").run()).toThrow(/readonly/);
    reader.close();
  });
});

describe('migrations', () => {
  it('are strictly increasing in steps of ten', () => {
    expect(migrations.map(({ version }) => version % 10)).toEqual(migrations.map(() => 0));
    const connection = unwrap(openDb(join(temporaryFolder(), 'a.db'), dataKey, { mode: 'create' }));
    expect(() => pendingMigrations(connection, [...migrations].reverse())).toThrow(/out of order/);
    connection.close();
  });

  it('bring an empty file to the newest version with strict tables only, and change nothing the second time', () => {
    const connection = unwrap(openDb(join(temporaryFolder(), 'a.db'), dataKey, { mode: 'create' }));
    expect(migrate(connection)).toBe(migrations.length);
    expect(schemaVersionOf(connection)).toBe(newestVersion);
    const tables = connection.pragma('table_list') as { name: string; schema: string; strict: number }[];
    const own = tables.filter(({ name, schema }) => schema === 'main' && !name.startsWith('sqlite_'));
    expect(own.length).toBeGreaterThan(14);
    expect(own.filter(({ strict }) => strict === 0)).toEqual([]);
    expect(migrate(connection)).toBe(0);
    connection.close();
  });

  it('change nothing at all when one step fails', () => {
    const connection = unwrap(openDb(join(temporaryFolder(), 'a.db'), dataKey, { mode: 'create' }));
    migrate(connection, migrations.slice(0, 1));
    const before = connection.prepare('SELECT name FROM sqlite_master ORDER BY name').all();
    const failing = {
      version: newestVersion + 10,
      name: 'failing',
      up: () => {
        connection.exec('CREATE TABLE half (a INTEGER) STRICT');
        throw new Error('disk on fire');
      },
    };
    expect(() => migrate(connection, [...migrations, failing])).toThrow('disk on fire');
    expect(connection.prepare('SELECT name FROM sqlite_master ORDER BY name').all()).toEqual(before);
    expect(schemaVersionOf(connection)).toBe(migrations[0]?.version);
    connection.close();
  });
});
