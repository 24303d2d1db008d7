/** A start or an end that goes wrong keeps nothing: the next opening in the same process works. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openStorage } from '@electron/backend/database/storage';
import { createVault, StorageLockedError } from '@electron/backend/host/vault';
import { getAnswers } from '@electron/backend/database/repositories/interviews';
import { addAnswers, addInterview, addSurvey, openAt, temporaryFolder, theInterview } from './storageFixture';

const clock = (): Date => new Date();
const breakDisk = (target: { pragma(...args: never[]): unknown }): void => {
  vi.spyOn(target, 'pragma').mockImplementation(() => {
    throw new Error('the machine did something nobody foresaw');
  });
};

describe('a start that throws', () => {
  it('releases the folder, so that the next start is not told that it is busy', () => {
    const dataDir = temporaryFolder();
    const first = openAt(dataDir);
    addSurvey(first);
    const known = readdirSync(join(dataDir, 'journal'));
    first.journal.withdraw(first.journal.nextNumber());
    first.journal.append('[{"kind":"unheard of"}]');
    first.close();
    expect(() => openStorage({ dataDir, clock, lockTimeoutMs: 200 })).toThrow();
    for (const name of readdirSync(join(dataDir, 'journal')))
      if (!known.includes(name)) rmSync(join(dataDir, 'journal', name));
    expect(openAt(dataDir).recovery).toBeNull();
  });
});

describe('an end that throws', () => {
  it('still closes everything: the folder opens again with every answer', () => {
    const dataDir = temporaryFolder();
    const first = openAt(dataDir);
    addSurvey(first);
    addInterview(first);
    addAnswers(first, 3);
    breakDisk(first.db.connection);
    expect(() => first.close()).toThrow('nobody foresaw');
    expect(first.db.connection.open).toBe(false);
    expect(Object.keys(getAnswers(openAt(dataDir).db, theInterview))).toHaveLength(3);
  });

  it('leaves the vault locked, not half open, and it unlocks again', () => {
    const vault = createVault(temporaryFolder(), clock);
    vault.unlock();
    addSurvey(vault.storage());
    breakDisk(vault.storage().db.connection);
    expect(() => vault.lock()).toThrow('nobody foresaw');
    expect(vault.status().state).toBe('locked');
    expect(() => vault.storage()).toThrow(StorageLockedError);
    expect(vault.unlock().ok).toBe(true);
    vault.lock();
  });
});
