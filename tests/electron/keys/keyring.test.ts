/** Who can open the data key, and that a change never locks anyone out. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { generateDataKey } from '@electron/backend/keys/deriveKey';
import { readKeyFile, writeKeyFile } from '@electron/backend/keys/keyFile';
import { unwrapWithPassphrase, wrapWithPassphrase } from '@electron/backend/keys/keySlots';
import {
  addPassphraseSlot,
  changePassphrase,
  createKeyring,
  keyringStatus,
  openKeyring,
  removeLocalSlot,
} from '@electron/backend/keys/keyring';
import type { Result } from '@shared/domain/result';
import { useChild, runAndKill } from '../kill/childProcess';

const folders: string[] = [];
const bundle = useChild();

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zhiheng-keys-'));
  folders.push(folder);
  return folder;
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.failure.code);

describe('a keyring with a passphrase', () => {
  it('opens with it, is locked without it, and tells a wrong one from damage', () => {
    const folder = newFolder();
    const dataKey = createKeyring(folder, { passphrase: '春江 花月 夜' });
    expect(openKeyring(folder, { passphrase: '春江 花月 夜' })).toEqual({ ok: true, value: dataKey });
    expect(codeOf(openKeyring(folder))).toBe('STORAGE_LOCKED');
    expect(codeOf(openKeyring(folder, { passphrase: '春江 花月 日' }))).toBe('WRONG_PASSPHRASE');
    for (const name of ['keys.json', 'keys.json.bak']) {
      writeFileSync(
        join(folder, name),
        readFileSync(join(folder, name), 'utf8').replace('"salt": "', '"salt": "00'),
      );
    }
    expect(codeOf(openKeyring(folder, { passphrase: '春江 花月 夜' }))).toBe('KEY_FILE_DAMAGED');
    expect(keyringStatus(folder).state).toBe('damaged');
  });

  it('holds neither the key nor the passphrase in readable form', () => {
    const folder = newFolder();
    const dataKey = createKeyring(folder, { passphrase: 'spring-river' });
    const text = readFileSync(join(folder, 'keys.json'), 'utf8');
    expect(text).not.toContain(dataKey.toString('hex'));
    expect(text).not.toContain('spring-river');
  });

  it('repairs the file from its copy and the copy from the file', () => {
    const folder = newFolder();
    const dataKey = createKeyring(folder, { passphrase: 'a' });
    for (const name of ['keys.json', 'keys.json.bak']) {
      writeFileSync(join(folder, name), '');
      expect(openKeyring(folder, { passphrase: 'a' })).toEqual({ ok: true, value: dataKey });
    }
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(
      readFileSync(join(folder, 'keys.json.bak'), 'utf8'),
    );
  });

  it('keeps the same data key when the passphrase changes', () => {
    const folder = newFolder();
    const dataKey = createKeyring(folder, { passphrase: 'old' });
    expect(codeOf(changePassphrase(folder, 'wrong', 'new'))).toBe('WRONG_PASSPHRASE');
    expect(codeOf(changePassphrase(folder, 'old', 'new'))).toBe('ok');
    expect(codeOf(openKeyring(folder, { passphrase: 'old' }))).toBe('WRONG_PASSPHRASE');
    expect(openKeyring(folder, { passphrase: 'new' })).toEqual({ ok: true, value: dataKey });
  });
});

describe('a keyring with a local key file', () => {
  it('opens without a passphrase and says so', () => {
    const folder = newFolder();
    const dataKey = createKeyring(folder);
    expect(openKeyring(folder)).toEqual({ ok: true, value: dataKey });
    expect(keyringStatus(folder)).toEqual({ state: 'ready', hasPassphrase: false, hasLocalKeyFile: true });
  });

  it('is not opened by the file of another keyring or by a damaged one', () => {
    const folder = newFolder();
    const other = newFolder();
    createKeyring(folder);
    createKeyring(other);
    writeFileSync(join(folder, 'local.key'), readFileSync(join(other, 'local.key')));
    expect(openKeyring(folder)).toMatchObject({
      failure: { code: 'KEY_FILE_DAMAGED', params: { file: 'local.key' } },
    });
    writeFileSync(join(folder, 'local.key'), 'nonsense');
    expect(codeOf(openKeyring(folder))).toBe('KEY_FILE_DAMAGED');
  });

  it('gives way to a passphrase, and is not removed while it is the only way in', () => {
    const folder = newFolder();
    const dataKey = createKeyring(folder);
    expect(codeOf(removeLocalSlot(folder))).toBe('FORBIDDEN');
    expect(codeOf(addPassphraseSlot(folder, dataKey, 'p'))).toBe('ok');
    expect(openKeyring(folder)).toEqual({ ok: true, value: dataKey });
    expect(codeOf(removeLocalSlot(folder))).toBe('ok');
    expect(existsSync(join(folder, 'local.key'))).toBe(false);
    expect(codeOf(openKeyring(folder))).toBe('STORAGE_LOCKED');
    expect(keyringStatus(folder)).toEqual({ state: 'ready', hasPassphrase: true, hasLocalKeyFile: false });
    expect(openKeyring(folder, { passphrase: 'p' })).toEqual({ ok: true, value: dataKey });
  });
});

describe('no keyring', () => {
  it('is called absent, and one is never written over another', () => {
    const folder = newFolder();
    expect(codeOf(openKeyring(folder))).toBe('NOT_FOUND');
    expect(keyringStatus(folder).state).toBe('absent');
    createKeyring(folder);
    expect(() => createKeyring(folder)).toThrow(/exists already/);
  });
});

describe('a passphrase change killed at any moment', () => {
  it('leaves the old or the new slots, whole (40 kills in the middle of writing)', async () => {
    const folder = newFolder();
    const other = newFolder();
    const dataKey = generateDataKey();
    writeKeyFile(folder, [wrapWithPassphrase(dataKey, 'first')]);
    writeKeyFile(other, [wrapWithPassphrase(dataKey, 'second')]);
    for (let kill = 0; kill < 40; kill += 1) {
      await runAndKill(bundle(), ['swapKeyFiles', folder, other], { after: 'ready', delayMs: kill });
      expect(codeOf(readKeyFile(folder))).toBe('ok');
    }
    const file = readKeyFile(folder);
    const slot = file.ok ? file.value[0] : undefined;
    if (slot?.kind !== 'passphrase') throw new Error('the slot is gone');
    const opened = unwrapWithPassphrase(slot, 'first') ?? unwrapWithPassphrase(slot, 'second');
    expect(opened).toEqual(dataKey);
  }, 60_000);

  it('locks nobody out: the last told passphrase or the next one opens (3 kills)', async () => {
    for (const delayMs of [700, 1000, 1300]) {
      const folder = newFolder();
      const dataKey = createKeyring(folder, { passphrase: 'pass-0' });
      const told = await runAndKill(bundle(), ['changePassphrase', folder], { after: 'ready', delayMs });
      const last = Number(told.at(-1) ?? 0);
      const opened = [last, last + 1].map((turn) => openKeyring(folder, { passphrase: `pass-${turn}` }));
      expect(opened.filter((result) => result.ok)).toEqual([{ ok: true, value: dataKey }]);
    }
  }, 60_000);
});
