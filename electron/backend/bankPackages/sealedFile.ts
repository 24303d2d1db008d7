/** What every sealed file has in common, whatever it holds: checked head, one passphrase, content with a digest. */
import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { fingerprintOf } from '../federation/signingKey';
import { generateDataKey } from '../keys/deriveKey';
import type { DataKey } from '../keys/deriveKey';
import { unwrapWithPassphrase, wrapWithPassphrase } from '../keys/keySlots';
import type { PassphraseSlot } from '../keys/keySlots';
import { isSignedBy, openEnvelope, readEnvelope, sealEnvelope } from './envelope';
import type { Envelope } from './envelope';

/** A sealed file whose signature is right; its content is still sealed. */
export interface SealedFile<Header> {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly header: Header;
  /** Of the key that signed it; whether to trust it is the reader's decision. */
  readonly fingerprint: string;
  readonly envelope: Envelope;
}

export interface SealedFormat<Header> {
  readonly format: string;
  readonly version: number;
  readonly header: z.ZodType<Header>;
}

/** Only to tell a newer format from a damaged file. */
const anyVersionHeader = z.looseObject({ format: z.string(), version: z.int().min(1) });

export const contentHash = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/**
 * What a file is, without a passphrase. Fails with PACKAGE_DAMAGED, PACKAGE_VERSION_UNKNOWN {version} or
 * PACKAGE_SIGNATURE_WRONG, each with {file}.
 */
export function readSealedFile<Header extends { readonly publicKey: string }>(
  file: string,
  bytes: Buffer,
  { format, version, header: schema }: SealedFormat<Header>,
): Result<SealedFile<Header>> {
  const envelope = readEnvelope(bytes);
  if (envelope === null) return fail('PACKAGE_DAMAGED', { file });
  const any = anyVersionHeader.safeParse(envelope.header);
  if (any.success && any.data.format === format && any.data.version > version)
    return fail('PACKAGE_VERSION_UNKNOWN', { file, version: any.data.version });
  const header = schema.safeParse(envelope.header);
  if (!header.success) return fail('PACKAGE_DAMAGED', { file });
  if (!isSignedBy(envelope, header.data.publicKey)) return fail('PACKAGE_SIGNATURE_WRONG', { file });
  return ok({ file, header: header.data, fingerprint: fingerprintOf(header.data.publicKey), envelope });
}

/** The key of a file. Fails with WRONG_PASSPHRASE: the signature says that nothing is damaged. */
export function unwrapKey(
  { header }: { readonly header: { readonly wraps: readonly PassphraseSlot[] } },
  passphrase: string,
): Result<DataKey> {
  for (const wrap of header.wraps) {
    const key = unwrapWithPassphrase(wrap, passphrase);
    if (key !== null) return ok(key);
  }
  return fail('WRONG_PASSPHRASE');
}

/** Content as JSON. Fails with PACKAGE_DAMAGED {file} also when its SHA-256 is not the one the header states. */
export function contentOf(
  { file, envelope }: Pick<SealedFile<unknown>, 'file' | 'envelope'>,
  key: DataKey,
  sha256: string,
): Result<unknown> {
  const content = openEnvelope(envelope, key);
  if (content === null || contentHash(content) !== sha256) return fail('PACKAGE_DAMAGED', { file });
  try {
    return ok(JSON.parse(content.toString('utf8')) as unknown);
  } catch {
    return fail('PACKAGE_DAMAGED', { file });
  }
}

/** One file under a key of its own, which only the passphrase unwraps. */
export function sealFile(
  head: object,
  content: Buffer,
  { passphrase, signingKey }: { readonly passphrase: string; readonly signingKey: KeyObject },
): Buffer {
  const key = generateDataKey();
  const file = sealEnvelope({ ...head, wraps: [wrapWithPassphrase(key, passphrase)] }, content, {
    key,
    signingKey,
  });
  key.fill(0);
  return file;
}
