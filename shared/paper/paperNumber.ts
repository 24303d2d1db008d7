/**
 * Numbers of paper questionnaires: six digits and a check digit, `000123-4`. Damm's algorithm (H. M. Damm, Total
 * anti-symmetrische Quasigruppen, dissertation, Marburg 2004) finds every single wrong digit and every swap of two
 * neighbours, so a mistyped number never opens another paper.
 */

/** The totally anti-symmetric quasigroup of order 10 of Damm's dissertation (p. 111). */
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

const numberDigits = 6;
export const largestPaperNumber = 10 ** numberDigits - 1;

/** Damm interim digit of a string of digits; 0 when the string ends with its own check digit. */
export function dammDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = Number(quasigroup[interim]?.[Number(digit)]);
  return interim;
}

/** @example formatPaperNumber(572) === '000572-4' */
export function formatPaperNumber(paperNumber: number): string {
  const digits = String(paperNumber).padStart(numberDigits, '0');
  return `${digits}-${dammDigit(digits)}`;
}

/**
 * Reads a number as it is keyed, with or without the hyphen and leading zeros; null when the check digit does not fit
 * or it is no number at all.
 * @example readPaperNumber('5724') === 572; readPaperNumber('5742') === null
 */
export function readPaperNumber(keyed: string): number | null {
  const digits = keyed.normalize('NFKC').replaceAll(/[\s-]/g, '');
  if (!/^\d{2,7}$/.test(digits)) return null;
  const padded = digits.padStart(numberDigits + 1, '0');
  const paperNumber = Number(padded.slice(0, -1));
  return dammDigit(padded) === 0 && paperNumber > 0 ? paperNumber : null;
}
