/** Opening and closing the keys of a private bank for this session. */
import { z } from 'zod';
import { versionKey } from '@shared/assessment/secrecy/splitBank';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import { loadBankParts } from '../database/repositories/privateBanks';
import type { StoredBankPart } from '../database/repositories/privateBanks';
import type { JobHandle } from '../host/jobs';
import { forgetBanks } from '../usecases/items/currentBank';
import { scorePendingOfBank } from '../usecases/scorePending';
import type { OpenedKey } from './bankKeys';
import { openKeys, readPackage } from './openPackage';
import { findPrivateBank, keysClosed } from './privateBank';

const keysDocument = z.strictObject({ file: z.base64() });

/** The opened key of one installed part; WRONG_PASSPHRASE when it has another passphrase. */
function openPart(part: StoredBankPart, passphrase: string): Result<OpenedKey> {
  const file = Buffer.from(keysDocument.parse(part.document).file, 'base64');
  const read = readPackage(part.title, file);
  const opened = read.ok ? openKeys(read.value, passphrase) : read;
  if (!opened.ok) return opened;
  const { key, content } = opened.value;
  const secrets = new Map(
    content.secrets.items.map(({ itemId, version, secret }) => [versionKey(itemId, version), secret]),
  );
  const { references } = content.secrets;
  return ok({ keyId: part.packageId, key, secrets, references, warningReasons: content.warningReasons });
}

/** Every part the passphrase fits; at least one. */
function openParts(parts: readonly StoredBankPart[], passphrase: string): Result<readonly OpenedKey[]> {
  const opened: OpenedKey[] = [];
  for (const part of parts) {
    const key = openPart(part, passphrase);
    if (key.ok) opened.push(key.value);
    else if (key.failure.code !== 'WRONG_PASSPHRASE') return key;
  }
  return opened.length === 0 ? fail('WRONG_PASSPHRASE') : ok(opened);
}

export interface OpenedBank {
  readonly bankId: string;
  /** Installed keys files this passphrase opened. */
  readonly openedCount: number;
  /** Cases that were waiting for these keys and have a score now. */
  readonly scoredCount: number;
}

const unwatched: JobHandle = { signal: new AbortController().signal, report: () => undefined };

/**
 * Opens the keys of a bank with their passphrase, every installed keys file it fits, and scores what waited for them.
 * Fails with NOT_FOUND {what: 'bank'}, BANK_KEYS_CLOSED {bank} (no keys file is installed here), WRONG_PASSPHRASE,
 * PACKAGE_DAMAGED, CANCELLED (the keys stay open, nothing was scored), or those of scoring and storage.
 */
export async function openBankKeys(
  context: HostContext,
  bankId: string,
  passphrase: string,
  job: JobHandle = unwatched,
): Promise<Result<OpenedBank>> {
  if (findPrivateBank(context, bankId) === null) return fail('NOT_FOUND', { what: 'bank' });
  const { db } = context.vault.storage();
  const parts = loadBankParts(db, bankId, 'keys');
  if (parts.length === 0) return keysClosed(context, bankId);
  const keys = openParts(parts, passphrase);
  if (!keys.ok) return keys;
  const opened = keys.value;
  const detail = { role: context.session.role, packageIds: opened.map(({ keyId }) => keyId) };
  const audited = appendAudit(db, { action: 'bank.keysOpened', subject: bankId, detail });
  if (!audited.ok) return audited;
  for (const key of opened) context.bankKeys.open(bankId, key);
  const scored = await scorePendingOfBank(context, bankId, job);
  return scored.ok ? ok({ bankId, openedCount: opened.length, scoredCount: scored.value }) : scored;
}

/** Wipes the keys of a bank from this session. Closing a closed bank changes nothing. */
export function closeBankKeys(context: HostContext, bankId: string): Result<null> {
  if (!context.bankKeys.isOpen(bankId)) return ok(null);
  context.bankKeys.close(bankId);
  forgetBanks(context);
  const detail = { role: context.session.role };
  return appendAudit(context.vault.storage().db, { action: 'bank.keysClosed', subject: bankId, detail });
}
