/** Damage of every kind: nothing that was acknowledged is lost, and the user is told what happened. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyAnswerChain } from '@electron/backend/database/repositories/answerChain';
import { listAudit } from '@electron/backend/database/repositories/audit';
import { insertBatch } from '@electron/backend/database/repositories/imports';
import { getAnswers } from '@electron/backend/database/repositories/interviews';
import { getInterview } from '@electron/backend/database/repositories/interviewQueries';
import { loadRespondents } from '@electron/backend/database/repositories/respondents';
import { saveSetting } from '@electron/backend/database/repositories/settings';
import { listSnapshots, takeSnapshot } from '@electron/backend/database/snapshots';
import { openReader, openStorage } from '@electron/backend/database/storage';
import type { Storage, StorageOptions } from '@electron/backend/database/storage';
import { batchId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { useChild, startHolder } from '../kill/childProcess';
import {
  addAnswers,
  addInterview,
  addSurvey,
  failureOf,
  openAt,
  respondent,
  score,
  temporaryFolder,
  theInterview,
  theSurvey,
  unwrap,
} from './storageFixture';

const bundle = useChild();
const open = (dataDir: string, more: Partial<StorageOptions> = {}): Result<Storage> =>
  openStorage({ dataDir, clock: () => new Date(), lockTimeoutMs: 100, ...more });

const database = (folder: string, suffix = ''): string => join(folder, 'database', `zhiheng.db${suffix}`);

/** A copy of the folder as a power cut leaves it: taken while 100 answers are stored and the folder is open. */
function folderLeftOpen(answers = 100, before: (storage: Storage) => void = () => undefined): string {
  const storage = openAt(temporaryFolder());
  addSurvey(storage);
  addInterview(storage);
  before(storage);
  addAnswers(storage, answers);
  const copy = join(temporaryFolder(), 'copy');
  cpSync(storage.folder.root, copy, { recursive: true });
  storage.close();
  return copy;
}

function expectAllAnswers(storage: Storage, count: number): void {
  expect(Object.keys(getAnswers(storage.db, theInterview))).toHaveLength(count);
  expect(getAnswers(storage.db, theInterview)[`q${count}`]).toEqual({ kind: 'number', value: count });
  expect(getInterview(storage.db, theInterview)?.currentQuestionId).toBe(`q${count + 1}`);
  expect(verifyAnswerChain(storage.db)).toEqual({ eventCount: count, brokenAt: null });
}

describe('after a cut in the middle of the work', () => {
  it('everything is there and nothing is called restored', () => {
    const storage = openAt(folderLeftOpen());
    expectAllAnswers(storage, 100);
    expect(storage.recovery).toBeNull();
  });

  it('a deleted write-ahead log loses nothing', () => {
    const folder = folderLeftOpen(100, (storage) => {
      storage.checkpoint();
    });
    rmSync(database(folder, '-wal'));
    rmSync(database(folder, '-shm'), { force: true });
    const storage = openAt(folder);
    expectAllAnswers(storage, 100);
    expect(storage.recovery?.restoredAnswers).toBeGreaterThan(0);
    expect(storage.recovery?.unplacedEntries).toBe(0);
    expect(listAudit(storage.db, 1)).toMatchObject([{ action: 'storage/recovered' }]);
  });

  it.each([0.1, 0.35, 0.6, 0.9])('a write-ahead log cut to %d of its length loses nothing', (part) => {
    const folder = folderLeftOpen();
    truncateSync(database(folder, '-wal'), Math.floor(statSync(database(folder, '-wal')).size * part));
    expectAllAnswers(openAt(folder), 100);
  });

  it.each([
    [
      'deleted',
      (file: string) => {
        rmSync(file);
      },
    ],
    [
      'empty',
      (file: string) => {
        truncateSync(file, 0);
      },
    ],
    [
      'overwritten',
      (file: string) => {
        writeFileSync(file, randomBytes(40_000));
      },
    ],
    [
      'damaged in one page',
      (file: string) => {
        const bytes = readFileSync(file);
        randomBytes(4096).copy(bytes, 4096 * 3);
        writeFileSync(file, bytes);
      },
    ],
  ])('a database that is %s is rebuilt from the journal alone', (_what, damage) => {
    const folder = folderLeftOpen(100, (storage) => {
      storage.checkpoint();
    });
    for (const suffix of ['-wal', '-shm']) rmSync(database(folder, suffix), { force: true });
    const damagedSize = statSync(database(folder)).size;
    damage(database(folder));
    const storage = openAt(folder);
    expectAllAnswers(storage, 100);
    expect(storage.recovery).toMatchObject({
      restoredAnswers: 100,
      unplacedEntries: 0,
      rebuilt: { source: 'journal' },
    });
    expect(damagedSize).toBeGreaterThan(0);
  });

  it('a damaged database is rebuilt from the newest good snapshot and the journal, and is kept aside', () => {
    const folder = folderLeftOpen(100, (storage) => {
      unwrap(saveSetting(storage.db, 'a', 1));
      unwrap(storage.snapshot());
    });
    writeFileSync(database(folder), randomBytes(40_000));
    const storage = openAt(folder);
    expectAllAnswers(storage, 100);
    expect(storage.recovery).toMatchObject({ restoredAnswers: 100, rebuilt: { source: 'snapshot' } });
    for (const path of storage.recovery?.rebuilt?.movedAside ?? []) expect(existsSync(path)).toBe(true);
    expect(storage.recovery?.rebuilt?.movedAside.length).toBeGreaterThan(0);
  });

  it('a damaged newest snapshot is passed over', () => {
    const folder = folderLeftOpen(60, (storage) => {
      unwrap(storage.snapshot());
      unwrap(saveSetting(storage.db, 'a', 1));
      unwrap(storage.snapshot());
    });
    const newest = listSnapshots(join(folder, 'backup'))[0];
    writeFileSync(newest?.path ?? '', randomBytes(30_000));
    writeFileSync(database(folder), randomBytes(40_000));
    const storage = openAt(folder);
    expectAllAnswers(storage, 60);
    expect(storage.recovery?.rebuilt?.source).toBe('snapshot');
  });

  it('an old copy of the database put back by a user is brought up to date', () => {
    const origin = openAt(temporaryFolder());
    addSurvey(origin);
    addInterview(origin);
    origin.checkpoint();
    const old = readFileSync(origin.folder.databaseFile);
    addAnswers(origin, 30);
    origin.close();
    writeFileSync(origin.folder.databaseFile, old);
    const storage = openAt(origin.folder.root);
    expectAllAnswers(storage, 30);
    expect(storage.recovery?.restoredAnswers).toBe(30);
  });

  it('a torn or cut journal loses nothing that the database has', () => {
    const folder = folderLeftOpen(40);
    const [journal] = readdirSync(join(folder, 'journal'));
    const path = join(folder, 'journal', journal ?? '');
    truncateSync(path, statSync(path).size - 7);
    const storage = openAt(folder);
    expectAllAnswers(storage, 40);
    addAnswers(storage, 2);
    storage.close();
    expect(readdirSync(join(folder, 'journal'))).toHaveLength(2);
    rmSync(database(folder));
    rmSync(join(folder, 'backup'), { recursive: true });
    const again = openAt(folder);
    expect(verifyAnswerChain(again.db)).toEqual({ eventCount: 41, brokenAt: null });
  });

  it('imported tables come back from the journal too', () => {
    const folder = folderLeftOpen(1, (storage) => {
      const rows = Array.from({ length: 300 }, (_, index) => ({
        rowNumber: index + 1,
        respondent: respondent(`c${index}`),
        score,
      }));
      const batch = { batchId: batchId.parse('b'), surveyId: theSurvey, contentHash: 'h' };
      unwrap(insertBatch(storage.db, { ...batch, fileName: 'f', sheet: 's', mapping: {} }, rows));
    });
    writeFileSync(database(folder), randomBytes(40_000));
    expect(loadRespondents(openAt(folder).db, theSurvey)).toHaveLength(300);
  });

  it('answers of the snapshot stay and newer ones follow from the journal', () => {
    const folder = folderLeftOpen(100, (storage) => {
      addAnswers(storage, 50);
      unwrap(storage.snapshot());
    });
    writeFileSync(database(folder), randomBytes(40_000));
    const storage = openAt(folder);
    expect(storage.recovery).toMatchObject({ restoredAnswers: 100, rebuilt: { source: 'snapshot' } });
    expect(verifyAnswerChain(storage.db)).toEqual({ eventCount: 150, brokenAt: null });
  });
});

describe('what cannot be restored', () => {
  it('is refused, not replaced by an empty database', () => {
    const folder = folderLeftOpen(10);
    rmSync(join(folder, 'journal'), { recursive: true });
    writeFileSync(database(folder), randomBytes(40_000));
    const before = readFileSync(database(folder));
    rmSync(join(folder, 'backup'), { recursive: true, force: true });
    mkdirSync(join(folder, 'journal'));
    writeFileSync(join(folder, 'journal', 'iv-20260101-0001.svj'), randomBytes(100));
    expect(failureOf(open(folder)).code).toBe('DATABASE_DAMAGED');
    expect(readFileSync(database(folder)).equals(before)).toBe(true);
  });

  it('a database of a newer version is refused and left as it is', () => {
    const storage = openAt(temporaryFolder());
    storage.db.connection.pragma('user_version = 9990');
    storage.close();
    const before = readFileSync(storage.folder.databaseFile);
    expect(failureOf(open(storage.folder.root)).code).toBe('DATABASE_FROM_FUTURE');
    expect(readFileSync(storage.folder.databaseFile).equals(before)).toBe(true);
  });

  it('a database without its keyring is called a key problem', () => {
    const folder = folderLeftOpen(1);
    rmSync(join(folder, 'keys'), { recursive: true });
    expect(failureOf(open(folder)).code).toBe('KEY_FILE_DAMAGED');
  });

  it('a database under the keyring of another folder is refused and left alone', () => {
    const folder = folderLeftOpen(1);
    const other = folderLeftOpen(1);
    cpSync(join(other, 'keys'), join(folder, 'keys'), { recursive: true });
    expect(failureOf(open(folder)).code).toBe('DATABASE_DAMAGED');
    expect(existsSync(join(folder, 'aside'))).toBe(false);
  });
});

describe('opening', () => {
  it('asks for the passphrase it was made with', () => {
    const folder = temporaryFolder();
    openAt(folder, 'p').close();
    expect(failureOf(open(folder)).code).toBe('STORAGE_LOCKED');
    expect(failureOf(open(folder, { passphrase: 'q' })).code).toBe('WRONG_PASSPHRASE');
    openAt(folder, 'p');
  });

  it('is refused while another process has the folder, and works after that process was killed', async () => {
    const folder = temporaryFolder();
    const holder = await startHolder(bundle(), folder);
    expect(failureOf(open(folder)).code).toBe('DATABASE_BUSY');
    await holder.stop();
    openAt(folder);
  });

  it('lets workers read beside it', () => {
    const storage = openAt(temporaryFolder());
    addSurvey(storage);
    addInterview(storage);
    const reader = unwrap(openReader(storage.folder.root, storage.dataKey));
    expect(getInterview(reader, theInterview)?.caseCode).toBe('case-1');
    addAnswers(storage, 3);
    expect(Object.keys(getAnswers(reader, theInterview))).toHaveLength(3);
    reader.connection.close();
  });

  it('clears what interrupted writes left behind', () => {
    const folder = folderLeftOpen(1);
    writeFileSync(join(folder, 'backup', 'snap-x.db.part'), 'half');
    openAt(folder);
    expect(readdirSync(join(folder, 'backup')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('snapshots', () => {
  it('keep the newest three and one of each of seven days', () => {
    const storage = openAt(temporaryFolder());
    addSurvey(storage);
    for (let day = 1; day <= 10; day += 1) {
      for (const hour of [8, 12, 16, 20]) {
        const now = new Date(Date.UTC(2026, 2, day, hour));
        unwrap(takeSnapshot(storage.db.connection, storage.folder.backup, storage.dataKey, now));
      }
    }
    const kept = readdirSync(storage.folder.backup)
      .map((name) => name.slice(5, 16))
      .sort();
    expect(kept).toEqual([
      ...['04', '05', '06', '07', '08', '09'].map((day) => `202603${day}T20`),
      '20260310T12',
      '20260310T16',
      '20260310T20',
    ]);
  });
});

/** Mounts a small file system for one test; undefined where this machine does not allow it. */
function mountTiny(directory: string, options: string): (() => void) | undefined {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]);
  return mounted.status === 0 ? () => void spawnSync('umount', ['-l', directory]) : undefined;
}

describe('a disk that refuses', () => {
  it('when full: says so, keeps every acknowledged answer, and goes on when there is space again', (context) => {
    const disk = temporaryFolder();
    const unmount = mountTiny(disk, 'size=3m');
    if (unmount === undefined) return context.skip('tmpfs cannot be mounted here');
    try {
      const filler = join(disk, 'filler');
      const storage = unwrap(open(join(disk, 'data')));
      addSurvey(storage);
      addInterview(storage);
      addAnswers(storage, 5);
      writeFileSync(filler, '');
      let refused = 0;
      for (let size = 1_000_000; size > 0 && refused < 40; size = Math.floor(size / 2)) {
        try {
          writeFileSync(filler, randomBytes(size), { flag: 'a' });
        } catch {
          refused += 1;
        }
      }
      let stored = 0;
      const big = 'x'.repeat(60_000);
      let code = 'ok';
      for (; code === 'ok' && stored < 200; stored += 1) {
        const result = saveSetting(storage.db, `k${stored}`, `${big}${stored}`);
        if (!result.ok) code = result.failure.code;
      }
      expect(code).toBe('DISK_FULL');
      expect(Object.keys(getAnswers(storage.db, theInterview))).toHaveLength(5);
      rmSync(filler);
      addAnswers(storage, 9);
      storage.close();
      const again = unwrap(open(join(disk, 'data')));
      expect(verifyAnswerChain(again.db)).toEqual({ eventCount: 14, brokenAt: null });
      again.close();
    } finally {
      unmount();
    }
  });

  it('when read-only: is refused at start, not at the first answer', (context) => {
    const disk = temporaryFolder();
    const unmount = mountTiny(disk, 'size=8m');
    if (unmount === undefined) return context.skip('tmpfs cannot be mounted here');
    try {
      unwrap(open(join(disk, 'data'))).close();
      spawnSync('mount', ['-o', 'remount,ro', disk]);
      expect(failureOf(open(join(disk, 'data'))).code).toBe('STORAGE_READ_ONLY');
    } finally {
      unmount();
    }
  });
});
