/**
 * `keys.json` and its copy `keys.json.bak`: the slots, with a checksum so that damage is never mistaken for a
 * wrong passphrase. The copy is written after the file, so one of the two is always whole.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { writeAtomically } from '../files/writeAtomically';
import { keySlot } from './keySlots';
import type { KeySlot } from './keySlots';

const keyFile = z.strictObject({
  format: z.literal('zhiheng-keyring'),
  version: z.literal(1),
  slots: z.array(keySlot).min(1).max(16),
  checksum: z.string(),
});

const mainName = 'keys.json';
const copyName = 'keys.json.bak';

export const hasKeyFile = (directory: string): boolean =>
  existsSync(join(directory, mainName)) || existsSync(join(directory, copyName));

/** Replaces the slots durably; the keyring opens with the old or the new slots at every moment. */
export function writeKeyFile(directory: string, slots: readonly KeySlot[]): void {
  const text = serialise(slots);
  writeAtomically(join(directory, mainName), text);
  writeAtomically(join(directory, copyName), text);
}

/**
 * Slots of the keyring; a damaged or missing file is repaired from its copy and the other way round.
 * Fails with KEY_FILE_DAMAGED when neither is whole, NOT_FOUND when there is no keyring.
 */
export function readKeyFile(directory: string): Result<readonly KeySlot[]> {
  if (!hasKeyFile(directory)) return fail('NOT_FOUND', { what: mainName });
  const main = readSlots(join(directory, mainName));
  const copy = readSlots(join(directory, copyName));
  const slots = main ?? copy;
  if (slots === null) return fail('KEY_FILE_DAMAGED', { file: mainName });
  if (main === null || copy === null || serialise(main) !== serialise(copy)) writeKeyFile(directory, slots);
  return ok(slots);
}

function serialise(slots: readonly KeySlot[]): string {
  const file = { format: 'zhiheng-keyring', version: 1, slots, checksum: checksumOf(slots) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const checksumOf = (slots: readonly KeySlot[]): string =>
  createHash('sha256').update(JSON.stringify(slots)).digest('hex');

function readSlots(path: string): readonly KeySlot[] | null {
  if (!existsSync(path)) return null;
  const parsed = keyFile.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (!parsed.success) return null;
  return parsed.data.checksum === checksumOf(parsed.data.slots) ? parsed.data.slots : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
