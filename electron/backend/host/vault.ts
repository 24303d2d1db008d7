/** The data folder as a screen knows it: locked, ready or failed; unlock, lock and passphrase changes. */
import type { Failure, Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { dataFolder } from '../database/dataFolder';
import type { Storage } from '../database/storage';
import { openStorage } from '../database/storage';
import { addPassphraseSlot, changePassphrase, keyringStatus, removeLocalSlot } from '../keys/keyring';

export interface VaultStatus {
  readonly state: 'ready' | 'locked' | 'failed';
  readonly keyKind: 'localKeyFile' | 'passphrase';
  readonly failureCode: string | null;
  readonly restoredAnswers: number | null;
}

export interface Vault {
  status(): VaultStatus;
  /** Why the folder could not be opened; null while it is ready. */
  problem(): Failure | null;
  /**
   * The open storage. Throws StorageLockedError when it is not ready: dispatch lets no handler through before
   * that, but a long job may outlive the lock.
   */
  storage(): Storage;
  unlock(passphrase?: string): Result<null>;
  /** Closes the storage; it counts as closed even when closing throws. */
  lock(): void;
  /** Without one a lock could be undone by anyone. */
  hasPassphrase(): boolean;
  /** First passphrase, or a new one in place of the current. The local key file goes with the first. */
  setPassphrase(current: string, next: string): Result<null>;
}

/** The vault was locked while a call was still working. */
export class StorageLockedError extends Error {
  override readonly name = 'StorageLockedError';
}

const lockedCodes: readonly string[] = ['STORAGE_LOCKED', 'WRONG_PASSPHRASE'];

const closedState = (problem: Failure | null): 'locked' | 'failed' =>
  problem !== null && lockedCodes.includes(problem.code) ? 'locked' : 'failed';

/** @param onLock drops whatever the session read from the storage; called before it is closed */
export function createVault(dataDir: string, clock: () => Date, onLock: () => void = () => undefined): Vault {
  const keyDirectory = dataFolder(dataDir).keys;
  let storage: Storage | null = null;
  let problem: Failure | null = null;

  const open = (passphrase?: string): Result<null> => {
    if (storage !== null) return ok(null);
    const opened = openStorage({ dataDir, passphrase, clock });
    if (opened.ok) storage = opened.value;
    problem = opened.ok ? null : opened.failure;
    return opened.ok ? ok(null) : opened;
  };

  return {
    status() {
      return {
        state: storage === null ? closedState(problem) : 'ready',
        keyKind: keyringStatus(keyDirectory).hasLocalKeyFile ? 'localKeyFile' : 'passphrase',
        failureCode: problem?.code ?? null,
        restoredAnswers: storage?.recovery?.restoredAnswers ?? null,
      };
    },
    problem: () => problem,
    storage() {
      if (storage === null) throw new StorageLockedError();
      return storage;
    },
    unlock: open,
    lock() {
      onLock();
      try {
        storage?.close();
      } finally {
        storage = null;
        problem = { code: 'STORAGE_LOCKED', params: {} };
      }
    },
    hasPassphrase: () => keyringStatus(keyDirectory).hasPassphrase,
    setPassphrase(current, next) {
      if (storage === null) return fail('STORAGE_LOCKED');
      const status = keyringStatus(keyDirectory);
      if (status.hasPassphrase) return changePassphrase(keyDirectory, current, next);
      const added = addPassphraseSlot(keyDirectory, storage.dataKey, next);
      return added.ok ? removeLocalSlot(keyDirectory) : added;
    },
  };
}
