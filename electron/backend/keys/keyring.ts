/**
 * The keyring of a data folder: who can open the data key. Changing a passphrase wraps 32 bytes anew and never
 * touches the database. Callers: storage start-up and the settings use cases.
 */
import { mkdirSync } from 'node:fs';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import { removeStaleParts } from '../files/writeAtomically';
import { generateDataKey } from './deriveKey';
import type { DataKey } from './deriveKey';
import { hasKeyFile, readKeyFile, writeKeyFile } from './keyFile';
import { unwrapWithLocalKey, unwrapWithPassphrase, wrapWithLocalKey, wrapWithPassphrase } from './keySlots';
import type { KeySlot, LocalSlot, PassphraseSlot } from './keySlots';
import { createLocalKey, hasLocalKey, readLocalKey, removeLocalKey } from './localKeyFile';

export interface KeyringOptions {
  readonly passphrase?: string | undefined;
}

export interface KeyringStatus {
  readonly state: 'absent' | 'damaged' | 'ready';
  readonly hasPassphrase: boolean;
  /** True while anyone who can read the folder can open the data: the status bar shows 本机密钥文件. */
  readonly hasLocalKeyFile: boolean;
}

/**
 * Makes a keyring with a new data key: one passphrase slot when a passphrase is given, else one local slot.
 * Throws when a keyring exists: overwriting it would lose the data.
 */
export function createKeyring(directory: string, options: KeyringOptions = {}): DataKey {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (hasKeyFile(directory)) throw new Error('a keyring exists already');
  const dataKey = generateDataKey();
  const slot =
    options.passphrase === undefined
      ? wrapWithLocalKey(dataKey, createLocalKey(directory))
      : wrapWithPassphrase(dataKey, options.passphrase);
  writeKeyFile(directory, [slot]);
  return dataKey;
}

/**
 * Opens the data key with the passphrase, or without one through the local key file.
 * Fails with NOT_FOUND (no keyring), STORAGE_LOCKED (a passphrase is needed), WRONG_PASSPHRASE, KEY_FILE_DAMAGED.
 */
export function openKeyring(directory: string, options: KeyringOptions = {}): Result<DataKey> {
  const file = readKeyFile(directory);
  if (!file.ok) return file;
  removeStaleParts(directory);
  return options.passphrase === undefined
    ? openWithLocalKey(directory, file.value)
    : openWithPassphrase(directory, file.value, options.passphrase);
}

/** What the keyring consists of, without opening it. */
export function keyringStatus(directory: string): KeyringStatus {
  const file = readKeyFile(directory);
  if (!file.ok) {
    const state = file.failure.code === 'NOT_FOUND' ? 'absent' : 'damaged';
    return { state, hasPassphrase: false, hasLocalKeyFile: false };
  }
  return {
    state: 'ready',
    hasPassphrase: passphraseSlotsOf(file.value).length > 0,
    hasLocalKeyFile: localSlotOf(file.value) !== undefined && hasLocalKey(directory),
  };
}

/** Adds a passphrase to an open keyring. */
export function addPassphraseSlot(directory: string, dataKey: DataKey, passphrase: string): Result<null> {
  const file = readKeyFile(directory);
  if (!file.ok) return file;
  writeKeyFile(directory, [...file.value, wrapWithPassphrase(dataKey, passphrase)]);
  return ok(null);
}

/** Replaces one passphrase by another; fails with WRONG_PASSPHRASE when the old one opens no slot. */
export function changePassphrase(directory: string, oldPassphrase: string, next: string): Result<null> {
  const file = readKeyFile(directory);
  if (!file.ok) return file;
  for (const slot of passphraseSlotsOf(file.value)) {
    const dataKey = unwrapWithPassphrase(slot, oldPassphrase);
    if (dataKey === null) continue;
    const others = file.value.filter((other) => other !== slot);
    writeKeyFile(directory, [...others, wrapWithPassphrase(dataKey, next)]);
    return ok(null);
  }
  return fail('WRONG_PASSPHRASE');
}

/** Closes the way in without a passphrase; fails with FORBIDDEN when there is no other way in. */
export function removeLocalSlot(directory: string): Result<null> {
  const file = readKeyFile(directory);
  if (!file.ok) return file;
  const others = file.value.filter((slot) => slot.kind !== 'local');
  if (others.length === 0) return fail('FORBIDDEN', { reason: 'onlyWayIn' });
  writeKeyFile(directory, others);
  removeLocalKey(directory);
  return ok(null);
}

function openWithPassphrase(
  directory: string,
  slots: readonly KeySlot[],
  passphrase: string,
): Result<DataKey> {
  const candidates = passphraseSlotsOf(slots);
  if (candidates.length === 0) return openWithLocalKey(directory, slots);
  for (const slot of candidates) {
    const dataKey = unwrapWithPassphrase(slot, passphrase);
    if (dataKey !== null) return ok(dataKey);
  }
  return fail('WRONG_PASSPHRASE');
}

function openWithLocalKey(directory: string, slots: readonly KeySlot[]): Result<DataKey> {
  const slot = localSlotOf(slots);
  const localKey = slot === undefined ? null : readLocalKey(directory);
  const dataKey = slot === undefined || localKey === null ? null : unwrapWithLocalKey(slot, localKey);
  if (dataKey !== null) return ok(dataKey);
  if (passphraseSlotsOf(slots).length > 0) return fail('STORAGE_LOCKED');
  return fail('KEY_FILE_DAMAGED', { file: 'local.key' });
}

const passphraseSlotsOf = (slots: readonly KeySlot[]): readonly PassphraseSlot[] =>
  slots.filter((slot) => slot.kind === 'passphrase');

const localSlotOf = (slots: readonly KeySlot[]): LocalSlot | undefined =>
  slots.find((slot) => slot.kind === 'local');
