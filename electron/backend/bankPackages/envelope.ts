/**
 * Bytes of a sealed file: magic, length, header, AES-256-GCM body with everything before it as additional data, Ed25519
 * signature over all of it (reliability §4.3). Reading checks size, magic, header and signature in this order; nothing
 * is decrypted before the signature is right.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { keyBytes } from '../keys/deriveKey';
import type { DataKey } from '../keys/deriveKey';

const lengthBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;
const signatureBytes = 64;
const largestHeader = 64 * 1024;
/** Far above any bank or pack; a file that inflates to more is refused. */
export const largestContent = 128 * 1024 * 1024;
export const largestFile = 64 * 1024 * 1024;

const magic = Buffer.from('ZHBANK1\r\n', 'latin1');
const signaturePurpose = Buffer.from('zhiheng-bank/1 signature\0', 'latin1');

/** Key for one use of a package's key. */
export const packageKey = (key: DataKey, use: 'body' | 'secret'): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `zhiheng/bank/${use}/1`, keyBytes));

export interface Sealed {
  readonly nonce: Buffer;
  readonly data: Buffer;
  readonly tag: Buffer;
}

export function sealBytes(plain: Buffer, key: Buffer, context: Buffer): Sealed {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context);
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { nonce, data, tag: cipher.getAuthTag() };
}

/** Null when the bytes are not what was sealed with this key in this context. */
export function openBytes({ nonce, data, tag }: Sealed, key: Buffer, context: Buffer): Buffer | null {
  if (nonce.length !== nonceBytes || tag.length !== tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(context)
    .setAuthTag(tag);
  const plain = decipher.update(data);
  try {
    decipher.final();
  } catch {
    return null;
  }
  return plain;
}

const signedBytes = (before: Buffer): Buffer =>
  Buffer.concat([signaturePurpose, createHash('sha512').update(before).digest()]);

export interface EnvelopeKeys {
  readonly key: DataKey;
  readonly signingKey: KeyObject;
}

/** @param header already states the public key of `signingKey` */
export function sealEnvelope(header: object, content: Buffer, { key, signingKey }: EnvelopeKeys): Buffer {
  const headerBytes = Buffer.from(JSON.stringify(header), 'utf8');
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(headerBytes.length);
  const head = Buffer.concat([magic, length, headerBytes]);
  const { nonce, data, tag } = sealBytes(gzipSync(content), packageKey(key, 'body'), head);
  const before = Buffer.concat([head, nonce, data, tag]);
  return Buffer.concat([before, sign(null, signedBytes(before), signingKey)]);
}

/** A file cut into its pieces; nothing of it is believed yet. */
export interface Envelope {
  /** Magic, length and header: additional data of the encryption. */
  readonly head: Buffer;
  readonly header: unknown;
  readonly body: Sealed;
  readonly before: Buffer;
  readonly signature: Buffer;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

/** Null when size, magic or lengths do not fit. */
export function readEnvelope(file: Buffer): Envelope | null {
  const start = magic.length + lengthBytes;
  if (file.length > largestFile || file.length < start + nonceBytes + tagBytes + signatureBytes) return null;
  if (!file.subarray(0, magic.length).equals(magic)) return null;
  const headerLength = file.readUInt32BE(magic.length);
  const bodyStart = start + headerLength;
  const signatureStart = file.length - signatureBytes;
  if (headerLength > largestHeader || bodyStart + nonceBytes + tagBytes > signatureStart) return null;
  return {
    head: file.subarray(0, bodyStart),
    header: parseJson(file.subarray(start, bodyStart)),
    body: {
      nonce: file.subarray(bodyStart, bodyStart + nonceBytes),
      data: file.subarray(bodyStart + nonceBytes, signatureStart - tagBytes),
      tag: file.subarray(signatureStart - tagBytes, signatureStart),
    },
    before: file.subarray(0, signatureStart),
    signature: file.subarray(signatureStart),
  };
}

/** Whether the named key signed every byte before the signature. */
export function isSignedBy({ before, signature }: Envelope, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(before), key, signature);
  } catch {
    return false;
  }
}

/** Content of an envelope; null when it was not sealed with this key or inflates to too much. */
export function openEnvelope({ head, body }: Envelope, key: DataKey): Buffer | null {
  const packed = openBytes(body, packageKey(key, 'body'), head);
  if (packed === null) return null;
  try {
    return gunzipSync(packed, { maxOutputLength: largestContent });
  } catch {
    return null;
  }
}
