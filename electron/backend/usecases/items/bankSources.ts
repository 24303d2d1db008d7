/**
 * The banks of a folder before anything was edited here: the public trial bank the product ships, and the private
 * banks installed here. Every item number belongs to one bank only; installation refuses a bank that would break that.
 */
import type { Result } from '@shared/domain/result';
import { fail } from '@shared/domain/result';
import { listPrivateBanks, readPrivateBank } from '../../bankPackages/privateBank';
import type { PrivateBank } from '../../bankPackages/privateBank';
import type { HostContext } from '../../context';
import { getSetting, saveSetting } from '../../database/repositories/settings';
import type { BankFolder } from '../../registry/bankFolder';

/** Whether what gives an answer away can be read now: always in a public bank, after 打开答案 in a private one. */
export type KeyState = 'present' | 'closed';

export interface BankSource {
  readonly id: string;
  /** Differs whenever `read` would give something else. */
  readonly stamp: string;
  readonly keys: KeyState;
  /** The bank as it was shipped or installed; question parts only while its keys are closed. */
  read(): BankFolder;
}

const inUseKey = 'bank.inUse';

const publicSource = ({ registry }: HostContext): BankSource => ({
  id: registry.bank.meta.id,
  stamp: registry.bank.meta.version,
  keys: 'present',
  read: () => registry,
});

function privateSource(context: HostContext, { bankId, packageIds, keys }: PrivateBank): BankSource {
  return {
    id: bankId,
    stamp: JSON.stringify([packageIds, context.bankKeys.revision()]),
    keys: keys === 'open' ? 'present' : 'closed',
    read() {
      const folder = readPrivateBank(context, bankId);
      if (folder === null) throw new Error(`bank ${bankId} lost its questions`);
      return folder;
    },
  };
}

/** The public bank first, then private banks in the order they were installed. */
export const bankSources = (context: HostContext): readonly BankSource[] => [
  publicSource(context),
  ...listPrivateBanks(context).map((bank) => privateSource(context, bank)),
];

export const findBankSource = (context: HostContext, bankId: string): BankSource | null =>
  bankSources(context).find(({ id }) => id === bankId) ?? null;

/** Id of the bank that 题目, 检查清单 and 组卷 work on: the public bank until somebody chose another. */
export function bankInUse(context: HostContext): string {
  const chosen = getSetting(context.vault.storage().db, inUseKey);
  const isHere = typeof chosen === 'string' && findBankSource(context, chosen) !== null;
  return isHere ? chosen : context.registry.bank.meta.id;
}

/** Fails with NOT_FOUND {what: 'bank'}. */
export function setBankInUse(context: HostContext, bankId: string): Result<null> {
  if (findBankSource(context, bankId) === null) return fail('NOT_FOUND', { what: 'bank' });
  return saveSetting(context.vault.storage().db, inUseKey, bankId);
}
