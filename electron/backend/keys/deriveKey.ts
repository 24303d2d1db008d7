/**
 * Keys of the data folder. One random data key; every use has its own key derived from it by HKDF-SHA-256
 * (RFC 5869), so that no two algorithms ever share a key. Only algorithms that BoringSSL has are used.
 */
import { hkdfSync, randomBytes } from 'node:crypto';

declare const dataKeyBrand: unique symbol;
/** 32 random bytes that open everything in the data folder. Never written anywhere unwrapped. */
export type DataKey = Buffer & { readonly [dataKeyBrand]: true };

export const keyBytes = 32;

export const generateDataKey = (): DataKey => randomBytes(keyBytes) as DataKey;

/** Names the bytes a slot gave back as a data key; throws when they are not 32 bytes. */
export function toDataKey(bytes: Buffer): DataKey {
  if (bytes.length !== keyBytes) throw new Error('a data key has 32 bytes');
  return bytes as DataKey;
}

export type KeyPurpose = 'database' | 'journal' | 'signing';

/** Key for one purpose; `salt` separates several keys of the same purpose, e.g. one per journal file. */
export function deriveKey(
  dataKey: DataKey,
  purpose: KeyPurpose,
  salt: Uint8Array = new Uint8Array(0),
): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, `zhiheng/${purpose}/1`, keyBytes));
}
