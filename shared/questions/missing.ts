/**
 * Reserved codes of question-bank-spec §5.3 and how each way of not answering appears in exported data:
 * 88 不适用, 98 不知道, 99 拒答, −1 system missing (nothing recorded).
 */
import type { Answer } from './answer';

export const otherCode = '97';
export const dontKnowCode = '98';
export const refusedCode = '99';

export const missingCodes = { notApplicable: 88, dontKnow: 98, refused: 99, system: -1 } as const;
export type MissingMeaning = keyof typeof missingCodes;
export type MissingCodes = Readonly<Record<MissingMeaning, number>>;

/**
 * Missing codes for a numeric variable whose real values reach `maximum`: nines are put in front until no real
 * value can be mistaken for one.
 * @example missingCodesAbove(20).dontKnow === 98; missingCodesAbove(99).dontKnow === 998
 */
export function missingCodesAbove(maximum: number): MissingCodes {
  let offset = 0;
  for (let power = 100; offset + missingCodes.notApplicable <= maximum; power *= 10) offset += 9 * power;
  return {
    notApplicable: missingCodes.notApplicable + offset,
    dontKnow: missingCodes.dontKnow + offset,
    refused: missingCodes.refused + offset,
    system: missingCodes.system,
  };
}

/** Code of a row that was left empty on paper. */
export const noAnswerCode = String(missingCodes.system);

/**
 * Meaning of an answer that is not a real answer; null when it is one. Nothing recorded and left empty on paper are
 * both `system`: no value exists.
 */
export function missingMeaning(answer: Answer | undefined): MissingMeaning | null {
  if (answer === undefined) return 'system';
  if (answer.kind !== 'missing') return null;
  return answer.reason === 'noAnswer' ? 'system' : answer.reason;
}
