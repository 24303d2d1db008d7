/** `keys/signers.json`: the county keys this data folder has confirmed, sealed with a key of the folder. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { z } from 'zod';
import { writeAtomically } from '../files/writeAtomically';
import type { DataKey } from '../keys/deriveKey';
import { deriveKey } from '../keys/deriveKey';
import type { Signers } from './signers';
import { signers } from './signers';

const file = z.strictObject({ signers, seal: z.string() });

const sealOf = (dataKey: DataKey, known: Signers): Buffer =>
  createHmac('sha256', deriveKey(dataKey, 'signing', Buffer.from('signers')))
    .update(canonicalJson(known))
    .digest();

export function writeSigners(path: string, dataKey: DataKey, known: Signers): void {
  const seal = sealOf(dataKey, known).toString('hex');
  writeAtomically(path, `${JSON.stringify({ signers: known, seal }, null, 2)}\n`);
}

/** None without the file; fails with KEY_FILE_DAMAGED when it was changed by another hand. */
export function readSigners(path: string, dataKey: DataKey): Result<Signers> {
  if (!existsSync(path)) return ok({});
  const damaged = fail('KEY_FILE_DAMAGED', { file: 'signers.json' });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return damaged;
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) return damaged;
  const [found, expected] = [Buffer.from(parsed.data.seal, 'hex'), sealOf(dataKey, parsed.data.signers)];
  return found.length === expected.length && timingSafeEqual(found, expected)
    ? ok(parsed.data.signers)
    : damaged;
}
