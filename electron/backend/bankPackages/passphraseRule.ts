/** What a passphrase of a bank package must be (reliability §4.1: four words or twelve characters). */
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';

const fewestCharacters = 12;
const fewestWords = 4;
const shortestWord = 2;

/** Passphrases are compared as the key derivation reads them. */
const normalised = (passphrase: string): string => passphrase.normalize('NFKC').trim();

/** Fails with BANK_PASSPHRASE_WEAK. */
export function checkPassphrase(passphrase: string): Result<null> {
  const text = normalised(passphrase);
  const words = text.split(/\s+/u).filter((word) => [...word].length >= shortestWord);
  const isLong = [...text].length >= fewestCharacters;
  return isLong || words.length >= fewestWords ? ok(null) : fail('BANK_PASSPHRASE_WEAK');
}

export interface Passphrases {
  readonly questions: string;
  readonly keys: string;
}

/** Both strong and unlike. Fails with BANK_PASSPHRASE_WEAK or BANK_PASSPHRASES_EQUAL. */
export function checkPassphrases({ questions, keys }: Passphrases): Result<null> {
  const first = checkPassphrase(questions);
  const second = first.ok ? checkPassphrase(keys) : first;
  if (!second.ok) return second;
  return normalised(questions) === normalised(keys) ? fail('BANK_PASSPHRASES_EQUAL') : ok(null);
}
