/**
 * Keys of private banks that are open in this session. They live in memory only and are wiped by 锁定, by closing the
 * bank and by the end of the host; secrets already read with them are dropped with them.
 */
import type { Reference } from '@shared/assessment/bank';
import type { WarningReasons } from '@shared/assessment/bankReport';
import type { ItemSecret } from '@shared/assessment/secrecy/splitItem';
import type { DataKey } from '../keys/deriveKey';

/** One opened keys part; a bank may have several, one per package. */
export interface OpenedKey {
  /** Package the key came with. */
  readonly keyId: string;
  /** What the package and the secrets of items edited here are sealed with. */
  readonly key: DataKey;
  /** By `versionKey` of item and version. */
  readonly secrets: ReadonlyMap<string, ItemSecret>;
  readonly references: Readonly<Record<string, Reference>>;
  readonly warningReasons: WarningReasons;
}

export interface BankKeys {
  /** Adds an opened key; the newest opened one seals what is edited. The same key twice changes nothing. */
  open(bankId: string, opened: OpenedKey): void;
  close(bankId: string): void;
  closeAll(): void;
  /** Opened keys of a bank, oldest first; empty while it is closed. */
  get(bankId: string): readonly OpenedKey[];
  isOpen(bankId: string): boolean;
  /** Grows whenever a bank is opened or closed: whoever keeps joined items compares it. */
  revision(): number;
}

export function createBankKeys(): BankKeys {
  const opened = new Map<string, readonly OpenedKey[]>();
  let revision = 0;
  const get = (bankId: string): readonly OpenedKey[] => opened.get(bankId) ?? [];
  const close = (bankId: string): void => {
    for (const { key } of get(bankId)) key.fill(0);
    if (opened.delete(bankId)) revision += 1;
  };
  return {
    open(bankId, each) {
      if (get(bankId).some(({ keyId }) => keyId === each.keyId)) return;
      opened.set(bankId, [...get(bankId), each]);
      revision += 1;
    },
    close,
    closeAll() {
      for (const bankId of [...opened.keys()]) close(bankId);
    },
    get,
    isOpen: (bankId) => opened.has(bankId),
    revision: () => revision,
  };
}
