/** The signing key of a command: a key file, made when there is none. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { generateSigningKey, readSigningKey } from '../backend/federation/signingKey';
import { readTableFile, writeOutputs } from './files';
import type { Step } from './outcome';
import { refuse, step } from './outcome';

/** The key of the file; a missing file is made, readable by its owner only. */
export function readOrCreateKey(path: string): Step<{ readonly key: KeyObject; readonly isNew: boolean }> {
  const isNew = !existsSync(path);
  if (isNew) {
    const written = writeOutputs([{ path, bytes: Buffer.from(generateSigningKey()), isSecret: true }], false);
    if (!written.ok) return written;
  }
  const bytes = readTableFile(path);
  if (!bytes.ok) return bytes;
  const key = readSigningKey(bytes.value.toString('utf8'));
  return key === null ? refuse('KEY_NOT_VALID', { file: basename(path) }) : step({ key, isNew });
}
