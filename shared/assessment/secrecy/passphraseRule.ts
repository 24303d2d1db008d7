/** What a passphrase of a bank file must be (reliability §4.1: four words or twelve characters). */

const fewestCharacters = 12;
const fewestWords = 4;
const shortestWord = 2;

/** Passphrases are compared as the key derivation reads them. */
const normalised = (passphrase: string): string => passphrase.normalize('NFKC').trim();

export function isStrongPassphrase(passphrase: string): boolean {
  const text = normalised(passphrase);
  const words = text.split(/\s+/u).filter((word) => [...word].length >= shortestWord);
  return [...text].length >= fewestCharacters || words.length >= fewestWords;
}

export const isSamePassphrase = (first: string, second: string): boolean =>
  normalised(first) === normalised(second);
