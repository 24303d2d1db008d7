/**
 * Secrets of private banks at rest and in use: sealed under the bank's own key, readable only while that key is open in
 * this session. Everything the database holds of an edited item beside its question part goes through here.
 */
import { z } from 'zod';
import type { BankItem } from '@shared/assessment/bank';
import type { KeyChange } from '@shared/assessment/keyChange';
import { itemSecretSchema, joinItem, splitItem } from '@shared/assessment/secrecy/splitItem';
import type { ItemSecret } from '@shared/assessment/secrecy/splitItem';
import { versionKey } from '@shared/assessment/secrecy/splitBank';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import type { JsonValue } from '../database/json';
import { listKeyChanges } from '../database/repositories/keyChanges';
import { getItemSecret, saveItemSecret } from '../database/repositories/privateBanks';
import type { OpenedKey } from './bankKeys';
import { openBytes, packageKey, sealBytes } from './envelope';
import { isPrivateBank, keysClosed } from './privateBank';

/** Which version of which item a secret belongs to; sealed with it, so that no two can be exchanged. */
export interface SecretPlace {
  readonly itemId: string;
  readonly version: string;
}

const sealedSecret = z.strictObject({
  bankId: z.string(),
  keyId: z.string(),
  nonce: z.base64(),
  data: z.base64(),
  tag: z.base64(),
});

const contextOf = (bankId: string, { itemId, version }: SecretPlace): Buffer =>
  Buffer.from(`zhiheng-secret/1\n${bankId}\n${itemId}\n${version}`, 'utf8');

/** Seals a value under the newest opened key of the bank. Fails with BANK_KEYS_CLOSED {bank}. */
export function sealValue(
  context: HostContext,
  bankId: string,
  place: SecretPlace,
  value: unknown,
): Result<JsonValue> {
  const opened = context.bankKeys.get(bankId).at(-1);
  if (opened === undefined) return keysClosed(context, bankId);
  const plain = Buffer.from(JSON.stringify(value), 'utf8');
  const sealed = sealBytes(plain, packageKey(opened.key, 'secret'), contextOf(bankId, place));
  return ok({
    bankId,
    keyId: opened.keyId,
    nonce: sealed.nonce.toString('base64'),
    data: sealed.data.toString('base64'),
    tag: sealed.tag.toString('base64'),
  });
}

/** Null while the key it was sealed with is closed, or when it is no sealed secret of this place. */
export function openValue(context: HostContext, place: SecretPlace, stored: unknown): unknown {
  const parsed = sealedSecret.safeParse(stored);
  if (!parsed.success) return null;
  const { bankId, keyId, nonce, data, tag } = parsed.data;
  const opened = context.bankKeys.get(bankId).find((each: OpenedKey) => each.keyId === keyId);
  if (opened === undefined) return null;
  const [nonceBytes, dataBytes, tagBytes] = [nonce, data, tag].map((text) => Buffer.from(text, 'base64'));
  if (nonceBytes === undefined || dataBytes === undefined || tagBytes === undefined) return null;
  const sealed = { nonce: nonceBytes, data: dataBytes, tag: tagBytes };
  const plain = openBytes(sealed, packageKey(opened.key, 'secret'), contextOf(bankId, place));
  return plain === null ? null : (JSON.parse(plain.toString('utf8')) as unknown);
}

/** An item's secret as the database may hold it. Fails with BANK_KEYS_CLOSED {bank}. */
export const sealSecret = (
  context: HostContext,
  bankId: string,
  { secret, ...place }: SecretPlace & { readonly secret: ItemSecret },
): Result<JsonValue> => sealValue(context, bankId, place, secret);

/** The secret again; null while the bank's keys are closed. */
export function openSecret(context: HostContext, place: SecretPlace, sealed: unknown): ItemSecret | null {
  const value = openValue(context, place, sealed);
  return value === null ? null : itemSecretSchema.parse(value);
}

/** Seals and records the secret of an item version inside the caller's transaction. Fails with BANK_KEYS_CLOSED. */
export function recordSecret(
  context: HostContext,
  bankId: string,
  secret: SecretPlace & { readonly secret: ItemSecret },
): Result<null> {
  const sealed = sealSecret(context, bankId, secret);
  if (!sealed.ok) return sealed;
  const { itemId, version } = secret;
  return saveItemSecret(context.vault.storage().db, { itemId, version, bankId, sealed: sealed.value });
}

/** The secret of one version, from the opened packages or from what was edited here; null when none is open. */
export function secretOf(
  context: HostContext,
  bankId: string,
  { id, version }: Pick<BankItem, 'id' | 'version'>,
): ItemSecret | null {
  const opened = context.bankKeys.get(bankId);
  if (opened.length === 0) return null;
  const key = versionKey(id, version);
  const packaged = opened.find(({ secrets }) => secrets.has(key))?.secrets.get(key);
  if (packaged !== undefined) return packaged;
  const place = { itemId: id, version };
  return openSecret(context, place, getItemSecret(context.vault.storage().db, id, version));
}

/**
 * The document of an item version as the database may hold it, inside the caller's transaction: of a public bank the
 * item itself, of a private one its question part, its secret recorded beside it. Fails with BANK_KEYS_CLOSED {bank}.
 */
export function sealedVersion(context: HostContext, bankId: string, item: BankItem): Result<JsonValue> {
  if (!isPrivateBank(context, bankId)) return ok(item as unknown as JsonValue);
  const { question, secret } = splitItem(item);
  const recorded = recordSecret(context, bankId, { itemId: item.id, version: item.version, secret });
  return recorded.ok ? ok(question as unknown as JsonValue) : recorded;
}

/** A stored version as it may be used now: whole when it is public or its secret is open, else its question part. */
export function openedVersion(context: HostContext, bankId: string, stored: BankItem): BankItem {
  const secret = secretOf(context, bankId, stored);
  return secret === null ? stored : joinItem(stored, secret);
}

/** Stands for a sealed text in records that must not name a key. */
export const sealedMark = '密';

const sealedCorrection = z.strictObject({
  oldKey: z.array(z.string()),
  newKey: z.array(z.string()),
  reason: z.string(),
});

const changePlace = ({ changeId, itemId }: KeyChange): SecretPlace => ({
  itemId,
  version: `change:${changeId}`,
});

/**
 * A correction as the database may hold it, inside the caller's transaction: keys and reason of a private bank's item
 * are sealed beside it. Fails with BANK_KEYS_CLOSED {bank}.
 */
export function sealedKeyChange(context: HostContext, bankId: string, change: KeyChange): Result<KeyChange> {
  const { change: what, reason } = change;
  if (what.kind !== 'corrected' || !isPrivateBank(context, bankId)) return ok(change);
  const place = changePlace(change);
  const sealed = sealValue(context, bankId, place, { oldKey: what.oldKey, newKey: what.newKey, reason });
  if (!sealed.ok) return sealed;
  const { db } = context.vault.storage();
  const recorded = saveItemSecret(db, { ...place, bankId, sealed: sealed.value });
  if (!recorded.ok) return recorded;
  const masked = { ...what, oldKey: [sealedMark], newKey: [sealedMark] };
  return ok({ ...change, change: masked, reason: sealedMark });
}

/** Whether keys and reason of a change are sealed and closed now. */
export const isSealedChange = ({ change }: KeyChange): boolean =>
  change.kind === 'corrected' && change.newKey[0] === sealedMark;

/** Every key change, oldest first, with the keys of those that can be opened now. */
export function openedKeyChanges(context: HostContext): readonly KeyChange[] {
  const { db } = context.vault.storage();
  return listKeyChanges(db).map((change) => {
    const { itemId, change: what } = change;
    if (what.kind !== 'corrected' || !isSealedChange(change)) return change;
    const place = changePlace(change);
    const opened = sealedCorrection.safeParse(
      openValue(context, place, getItemSecret(db, itemId, place.version)),
    );
    if (!opened.success) return change;
    const { oldKey, newKey, reason } = opened.data;
    return { ...change, reason, change: { ...what, oldKey, newKey } };
  });
}
