/** The rule of bank passphrases as refusals. */
import { isSamePassphrase, isStrongPassphrase } from '@shared/assessment/secrecy/passphraseRule';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';

/** Fails with BANK_PASSPHRASE_WEAK. */
export const checkPassphrase = (passphrase: string): Result<null> =>
  isStrongPassphrase(passphrase) ? ok(null) : fail('BANK_PASSPHRASE_WEAK');

export interface Passphrases {
  readonly questions: string;
  readonly keys: string;
}

/** Both strong and unlike. Fails with BANK_PASSPHRASE_WEAK or BANK_PASSPHRASES_EQUAL. */
export function checkPassphrases({ questions, keys }: Passphrases): Result<null> {
  const first = checkPassphrase(questions);
  const second = first.ok ? checkPassphrase(keys) : first;
  if (!second.ok) return second;
  return isSamePassphrase(questions, keys) ? fail('BANK_PASSPHRASES_EQUAL') : ok(null);
}
