/**
 * A slot holds the data key wrapped by AES-256-GCM: by a key that scrypt makes from a passphrase, or by the
 * random key of the separate local key file. Losing one slot never touches the data.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import { keyBytes, toDataKey } from './deriveKey';
import type { DataKey } from './deriveKey';

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const wrapped = { nonce: hex, wrappedKey: hex, tag: hex };

const passphraseSlot = z.strictObject({
  kind: z.literal('passphrase'),
  salt: hex,
  cost: z.strictObject({ n: z.int(), r: z.int(), p: z.int() }),
  ...wrapped,
});
const localSlot = z.strictObject({ kind: z.literal('local'), ...wrapped });

export const keySlot = z.discriminatedUnion('kind', [passphraseSlot, localSlot]);
export type KeySlot = z.infer<typeof keySlot>;
export type PassphraseSlot = z.infer<typeof passphraseSlot>;
export type LocalSlot = z.infer<typeof localSlot>;

/** reliability: 0.27–0.48 s per guess on the reference machine, 64 MiB. */
const scryptCost = { n: 2 ** 16, r: 8, p: 1 };
const scryptMemoryBytes = 128 * 1024 * 1024;
const saltBytes = 16;
const nonceBytes = 12;

/** Wraps the data key under a passphrase (Unicode-normalised, so that input methods do not matter). */
export function wrapWithPassphrase(dataKey: DataKey, passphrase: string): PassphraseSlot {
  const salt = randomBytes(saltBytes);
  const slot = { kind: 'passphrase', salt: salt.toString('hex'), cost: scryptCost } as const;
  return { ...slot, ...seal(dataKey, stretch(passphrase, salt, scryptCost), slot.kind) };
}

/** Wraps the data key under the bytes of the local key file. */
export function wrapWithLocalKey(dataKey: DataKey, localKey: Buffer): LocalSlot {
  return { kind: 'local', ...seal(dataKey, localKey, 'local') };
}

/** The data key, or null when the passphrase is not the slot's. */
export function unwrapWithPassphrase(slot: PassphraseSlot, passphrase: string): DataKey | null {
  return unseal(slot, stretch(passphrase, Buffer.from(slot.salt, 'hex'), slot.cost));
}

/** The data key, or null when the key file belongs to another keyring. */
export const unwrapWithLocalKey = (slot: LocalSlot, localKey: Buffer): DataKey | null =>
  unseal(slot, localKey);

function stretch(passphrase: string, salt: Buffer, cost: PassphraseSlot['cost']): Buffer {
  return scryptSync(passphrase.normalize('NFKC'), salt, keyBytes, {
    N: cost.n,
    r: cost.r,
    p: cost.p,
    maxmem: scryptMemoryBytes,
  });
}

function seal(dataKey: DataKey, wrappingKey: Buffer, kind: KeySlot['kind']) {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce).setAAD(Buffer.from(kind, 'utf8'));
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final()]);
  return {
    nonce: nonce.toString('hex'),
    wrappedKey: sealed.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
  };
}

function unseal(slot: KeySlot, wrappingKey: Buffer): DataKey | null {
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, Buffer.from(slot.nonce, 'hex'), {
    authTagLength: 16,
  })
    .setAAD(Buffer.from(slot.kind, 'utf8'))
    .setAuthTag(Buffer.from(slot.tag, 'hex'));
  const opened = decipher.update(Buffer.from(slot.wrappedKey, 'hex'));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return toDataKey(opened);
}
