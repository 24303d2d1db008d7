/** Files of the sealing commands: passphrases from files, never from the command line, and sealed packages. */
import { basename } from 'node:path';
import type { BankPackage } from '../../backend/bankPackages/openPackage';
import { readPackage } from '../../backend/bankPackages/openPackage';
import { readTableFile } from '../files';
import type { Step } from '../outcome';
import { step, stepOf } from '../outcome';

/** The first line of a file, without the line break editors add. */
export function readPassphrase(path: string): Step<string> {
  const bytes = readTableFile(path);
  if (!bytes.ok) return bytes;
  const [line = ''] = bytes.value
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, 1);
  return step(line);
}

/** A package with a right signature, still sealed. */
export function readSealedFile(path: string): Step<BankPackage> {
  const bytes = readTableFile(path);
  return bytes.ok ? stepOf(readPackage(basename(path), bytes.value)) : bytes;
}
