/**
 * The Ed25519 key a county signs its packages with. In the product it is derived from the data key, so it is as well
 * guarded as the data and dies with them; on the command line it is a key file.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { DataKey } from '../keys/deriveKey';
import { deriveKey } from '../keys/deriveKey';

/** PKCS #8 of an Ed25519 private key up to its 32 bytes (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

export const signingKeyOf = (dataKey: DataKey): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, deriveKey(dataKey, 'signing')]),
    format: 'der',
    type: 'pkcs8',
  });

export const generateSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

/** The key of a key file; null when the text is no Ed25519 key. */
export function readSigningKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** Public key as it stands in a package: SubjectPublicKeyInfo, base64. */
export const publicKeyText = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');

/**
 * Eight groups of four digits to read out on the telephone: 106 bits of the public key's SHA-256.
 * @param publicKey as in `publicKeyText`
 */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
  const digits = (BigInt(`0x${digest}`) % 10n ** 32n).toString().padStart(32, '0');
  return (digits.match(/\d{4}/g) ?? []).join(' ');
}
