/** `local.key`: 32 random bytes with a check digest, kept beside the keyring so that the demo opens without a passphrase. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncDirectory, writeAtomically } from '../files/writeAtomically';
import { keyBytes } from './deriveKey';

const fileName = 'local.key';
const pathIn = (directory: string): string => join(directory, fileName);

export const hasLocalKey = (directory: string): boolean => existsSync(pathIn(directory));

/** Makes a new local key and stores it durably. */
export function createLocalKey(directory: string): Buffer {
  const key = randomBytes(keyBytes);
  writeAtomically(pathIn(directory), `${key.toString('hex')} ${digestOf(key)}\n`);
  return key;
}

/** The local key; null when the file is missing or damaged. */
export function readLocalKey(directory: string): Buffer | null {
  if (!hasLocalKey(directory)) return null;
  const [keyText, digest] = readFileSync(pathIn(directory), 'utf8').trim().split(' ');
  const key = Buffer.from(keyText ?? '', 'hex');
  return key.length === keyBytes && digestOf(key) === digest ? key : null;
}

export function removeLocalKey(directory: string): void {
  rmSync(pathIn(directory), { force: true });
  syncDirectory(directory);
}

const digestOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 16);
