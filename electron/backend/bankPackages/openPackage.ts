/** Opens a bank package: size, magic, header, signature, passphrase, decryption, inflation with a limit, schema. */
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { bankPartLabels } from '@shared/texts/bankPackageTexts';
import { fingerprintOf } from '../federation/signingKey';
import type { DataKey } from '../keys/deriveKey';
import { unwrapWithPassphrase } from '../keys/keySlots';
import { isConsistent, keysContent, questionsContent } from './content';
import type { KeysContent, QuestionsContent } from './content';
import { isSignedBy, openEnvelope, readEnvelope } from './envelope';
import type { Envelope } from './envelope';
import { anyVersionHeader, bankPackageHeader, bankPackageVersion } from './header';
import type { BankPackageHeader } from './header';
import { contentHash } from './sealPackage';

/** A bank package whose signature is right; its content is still sealed. */
export interface BankPackage {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly header: BankPackageHeader;
  /** Of the key that signed it; whether to trust it is the reader's decision. */
  readonly fingerprint: string;
  readonly envelope: Envelope;
}

/**
 * What a file is, without a passphrase. Fails with PACKAGE_DAMAGED, PACKAGE_VERSION_UNKNOWN {version} or
 * PACKAGE_SIGNATURE_WRONG, each with {file}.
 */
export function readPackage(file: string, bytes: Buffer): Result<BankPackage> {
  const envelope = readEnvelope(bytes);
  if (envelope === null) return fail('PACKAGE_DAMAGED', { file });
  const any = anyVersionHeader.safeParse(envelope.header);
  if (any.success && any.data.version > bankPackageVersion)
    return fail('PACKAGE_VERSION_UNKNOWN', { file, version: any.data.version });
  const header = bankPackageHeader.safeParse(envelope.header);
  if (!header.success) return fail('PACKAGE_DAMAGED', { file });
  if (!isSignedBy(envelope, header.data.publicKey)) return fail('PACKAGE_SIGNATURE_WRONG', { file });
  return ok({ file, header: header.data, fingerprint: fingerprintOf(header.data.publicKey), envelope });
}

/** Refuses the other part. Fails with BANK_PART_WRONG {file, found, wanted}. */
export function requirePart(opened: BankPackage, wanted: BankPackageHeader['part']): Result<null> {
  const { part } = opened.header;
  if (part === wanted) return ok(null);
  return fail('BANK_PART_WRONG', {
    file: opened.file,
    found: bankPartLabels[part],
    wanted: bankPartLabels[wanted],
  });
}

/** The key of a package. Fails with WRONG_PASSPHRASE: the signature says that nothing is damaged. */
export function unwrapKey({ header }: BankPackage, passphrase: string): Result<DataKey> {
  for (const wrap of header.wraps) {
    const key = unwrapWithPassphrase(wrap, passphrase);
    if (key !== null) return ok(key);
  }
  return fail('WRONG_PASSPHRASE');
}

function contentOf({ file, header, envelope }: BankPackage, key: DataKey): Result<unknown> {
  const content = openEnvelope(envelope, key);
  if (content === null || contentHash(content) !== header.contents[header.part])
    return fail('PACKAGE_DAMAGED', { file });
  try {
    return ok(JSON.parse(content.toString('utf8')) as unknown);
  } catch {
    return fail('PACKAGE_DAMAGED', { file });
  }
}

const fits = (header: BankPackageHeader, content: QuestionsContent): boolean =>
  content.meta.id === header.bankId &&
  content.meta.version === header.bankVersion &&
  content.items.length === header.itemCount &&
  content.forms.length === header.formCount &&
  isConsistent(content);

/** Content of a questions file. Fails with BANK_PART_WRONG, WRONG_PASSPHRASE or PACKAGE_DAMAGED {file}. */
export function openQuestions(opened: BankPackage, passphrase: string): Result<QuestionsContent> {
  const part = requirePart(opened, 'questions');
  if (!part.ok) return part;
  const key = unwrapKey(opened, passphrase);
  if (!key.ok) return key;
  const json = contentOf(opened, key.value);
  key.value.fill(0);
  if (!json.ok) return json;
  const content = questionsContent.safeParse(json.value);
  return content.success && fits(opened.header, content.data)
    ? ok(content.data)
    : fail('PACKAGE_DAMAGED', { file: opened.file });
}

/** Content of a keys file and its key. Fails with BANK_PART_WRONG, WRONG_PASSPHRASE or PACKAGE_DAMAGED {file}. */
export function openKeys(
  opened: BankPackage,
  passphrase: string,
): Result<{ readonly content: KeysContent; readonly key: DataKey }> {
  const part = requirePart(opened, 'keys');
  if (!part.ok) return part;
  const key = unwrapKey(opened, passphrase);
  if (!key.ok) return key;
  const json = contentOf(opened, key.value);
  const content = json.ok ? keysContent.safeParse(json.value) : null;
  return content?.success === true
    ? ok({ content: content.data, key: key.value })
    : fail('PACKAGE_DAMAGED', { file: opened.file });
}
