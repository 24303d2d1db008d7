/**
 * The file a county hands to the city: the package as canonical JSON with an Ed25519 signature over it. Opening checks
 * size, shape and signature before anything of the content is believed; whether the signer may speak for the county
 * is asked afterwards (`signers.ts`).
 */
import { createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { CountyPackage } from '@shared/federation/countyPackage';
import { countyPackage, packageFormat, packageVersion } from '@shared/federation/countyPackage';
import { z } from 'zod';
import { fingerprintOf, publicKeyText } from './signingKey';

const largestPackage = 30 * 1024 * 1024;

const envelope = z.strictObject({
  format: z.literal(packageFormat),
  version: z.int().min(1),
  publicKey: z.string().max(200),
  signature: z.string().max(200),
  content: z.looseObject({}),
});

export interface OpenedPackage {
  readonly content: CountyPackage;
  /** Of the key that signed it. */
  readonly fingerprint: string;
}

/** What is signed names its purpose, so that the signature fits nothing else. */
const signedBytes = (content: unknown): Buffer =>
  Buffer.from(`${packageFormat}/${packageVersion}\n${canonicalJson(content)}`, 'utf8');

export function signPackage(content: CountyPackage, key: KeyObject): Buffer {
  const file = {
    format: packageFormat,
    version: packageVersion,
    publicKey: publicKeyText(key),
    signature: sign(null, signedBytes(content), key).toString('base64'),
    content,
  };
  return Buffer.from(`${canonicalJson(file)}\n`, 'utf8');
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

function isSigned({ publicKey, signature, content }: z.infer<typeof envelope>): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, signedBytes(content), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** Fails with PACKAGE_DAMAGED {file}, PACKAGE_VERSION_UNKNOWN {file, version} or PACKAGE_SIGNATURE_WRONG {file}. */
export function openPackage(file: string, bytes: Buffer): Result<OpenedPackage> {
  if (bytes.length > largestPackage) return fail('PACKAGE_DAMAGED', { file });
  const parsed = envelope.safeParse(parseJson(bytes));
  if (!parsed.success) return fail('PACKAGE_DAMAGED', { file });
  const { version, publicKey, content } = parsed.data;
  if (version > packageVersion) return fail('PACKAGE_VERSION_UNKNOWN', { file, version });
  if (!isSigned(parsed.data)) return fail('PACKAGE_SIGNATURE_WRONG', { file });
  const checked = countyPackage.safeParse(content);
  if (!checked.success) return fail('PACKAGE_DAMAGED', { file });
  return ok({ content: checked.data, fingerprint: fingerprintOf(publicKey) });
}
