/** Writing to the disk when another program holds the file, or the disk says no. */
import * as fs from 'node:fs';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureText } from '@shared/texts/failureTexts';
import { fileFailure } from '@electron/backend/files/fileFailure';
import { saveForUser } from '@electron/backend/files/saveForUser';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, renameSync: vi.fn(real.renameSync) };
});

const systemError = (code: string): Error => Object.assign(new Error(code), { code });

let folder = '';
let target = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhiheng-save-'));
  target = join(folder, '结果.xlsx');
  writeFileSync(target, 'old');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const renameFailsOnce = (code: string): void => {
  vi.mocked(fs.renameSync).mockImplementationOnce(() => {
    throw systemError(code);
  });
};

describe('saving where the user chose', () => {
  it('replaces the file', () => {
    expect(saveForUser(target, Buffer.from('new')).ok).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  it.each(['EPERM', 'EBUSY'])('says which file is open elsewhere (%s) and leaves no trace', (code) => {
    renameFailsOnce(code);
    const saved = saveForUser(target, Buffer.from('new'));
    expect(saved.ok ? '' : failureText(saved.failure)).toBe(
      '没有保存：结果.xlsx 正被其他程序打开。请关闭后再试。',
    );
    expect(readdirSync(folder)).toEqual(['结果.xlsx']);
    expect(readFileSync(target, 'utf8')).toBe('old');
  });

  it('tells a full disk from an open file', () => {
    renameFailsOnce('ENOSPC');
    expect(saveForUser(target, Buffer.from('new'))).toMatchObject({ failure: { code: 'DISK_FULL' } });
    expect(readdirSync(folder)).toEqual(['结果.xlsx']);
  });
});

describe('errors of the file system', () => {
  it.each([
    ['EBUSY', 'STORAGE_BUSY'],
    ['EMFILE', 'STORAGE_BUSY'],
    ['EIO', 'DATABASE_DAMAGED'],
    ['ENOENT', 'STORAGE_READ_ONLY'],
    ['EPERM', 'STORAGE_READ_ONLY'],
    ['ENOSPC', 'DISK_FULL'],
  ])('%s becomes %s', (error, code) => {
    expect(fileFailure(systemError(error))?.code).toBe(code);
  });

  it('leaves what it does not know an exception', () => {
    expect(fileFailure(new TypeError('x is undefined'))).toBeNull();
  });
});
