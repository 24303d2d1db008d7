/** The write path: what happens when the machine refuses, what the disk shows, how an older file is brought up. */
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '@electron/backend/database/migrate';
import { migrations } from '@electron/backend/database/migrations/index';
import { openDb } from '@electron/backend/database/open';
import { saveAnswer } from '@electron/backend/database/repositories/interviews';
import { getSetting, saveSetting } from '@electron/backend/database/repositories/settings';
import { createKeyring } from '@electron/backend/keys/keyring';
import { ok } from '@shared/domain/result';
import {
  addAnswers,
  addInterview,
  addSurvey,
  failureOf,
  openAt,
  temporaryFolder,
  theInterview,
  unwrap,
} from './storageFixture';

function everyByte(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name)).toString('utf8')).join('\n');
}

describe('saving', () => {
  it('waits for another writer, then says the database is busy and stores nothing', () => {
    const storage = openAt(temporaryFolder());
    addSurvey(storage);
    addInterview(storage);
    storage.db.connection.pragma('busy_timeout = 150');
    const other = unwrap(openDb(storage.folder.databaseFile, storage.dataKey, { mode: 'write' }));
    other.exec('BEGIN IMMEDIATE');
    const given = { interviewId: theInterview, questionId: 'q1', elapsedMs: 1, mode: 'interviewer' } as const;
    const answer = { kind: 'trueFalse', value: true } as const;
    const started = performance.now();
    expect(failureOf(saveAnswer(storage.db, { ...given, answer })).code).toBe('DATABASE_BUSY');
    expect(performance.now() - started).toBeGreaterThan(100);
    other.exec('ROLLBACK');
    other.close();
    expect(unwrap(saveAnswer(storage.db, { ...given, answer })).sequence).toBe(1);
  });

  it('keeps a fact out of the history when the database did not commit it', () => {
    const storage = openAt(temporaryFolder());
    const { db } = storage;
    const failingCommit = () =>
      db.transact(() => {
        db.connection.pragma('defer_foreign_keys = ON');
        unwrap(saveSetting(db, 'ghost', 1));
        db.connection.exec("INSERT INTO survey_revision VALUES ('none', 1, 'draft', NULL, '{}', 'now')");
        return ok(null);
      });
    expect(failingCommit).toThrow(/FOREIGN KEY/);
    unwrap(saveSetting(db, 'real', 2));
    storage.close();
    rmSync(storage.folder.database, { recursive: true });
    rmSync(storage.folder.backup, { recursive: true });
    const rebuilt = openAt(storage.folder.root);
    expect(rebuilt.recovery?.rebuilt?.source).toBe('journal');
    expect([getSetting(rebuilt.db, 'ghost'), getSetting(rebuilt.db, 'real')]).toEqual([null, 2]);
  });

  it('leaves no readable answer, name or setting anywhere in the folder', () => {
    const storage = openAt(temporaryFolder(), 'passphrase-marker');
    addSurvey(storage);
    addInterview(storage, theInterview, 'marker-case');
    const answer = { kind: 'text', text: 'marker-answer 标记答案' } as const;
    const given = {
      interviewId: theInterview,
      questionId: 'marker-q',
      elapsedMs: 1,
      mode: 'interviewer',
    } as const;
    unwrap(saveAnswer(storage.db, { ...given, answer }));
    unwrap(storage.snapshot());
    unwrap(saveAnswer(storage.db, { ...given, answer }));
    const whileOpen = everyByte(storage.folder.root);
    storage.close();
    const bytes = whileOpen + everyByte(storage.folder.root);
    expect(bytes.length).toBeGreaterThan(100_000);
    for (const marker of ['marker', '标记', '测评', 'SQLite format']) expect(bytes).not.toContain(marker);
  });
});

describe('an older database', () => {
  it('is put into a snapshot before it is migrated', () => {
    const folder = temporaryFolder();
    const dataKey = createKeyring(join(folder, 'keys'));
    mkdirSync(join(folder, 'database'));
    const old = unwrap(openDb(join(folder, 'database', 'zhiheng.db'), dataKey, { mode: 'create' }));
    migrate(old, migrations.slice(0, 1));
    old.exec("INSERT INTO setting VALUES ('kept', '1')");
    old.close();
    const storage = openAt(folder);
    expect(getSetting(storage.db, 'kept')).toBe(1);
    addSurvey(storage);
    addInterview(storage);
    addAnswers(storage, 1);
    const [snapshot] = readdirSync(join(folder, 'backup'));
    const before = unwrap(openDb(join(folder, 'backup', snapshot ?? ''), dataKey, { mode: 'read' }));
    expect(before.pragma('user_version', { simple: true })).toBe(migrations[0]?.version);
    before.close();
  });
});
