/** What single marks of a keyed text stand for: option codes, places of options, codes of not answering. */
import type { Answer } from '../questions/answer';
import type { Option } from '../questions/base';
import type { Question } from '../questions/kinds';
import { missingCodes, missingCodesAbove } from '../questions/missing';
import type { MissingCodes } from '../questions/missing';

/** Marks between codes; the hyphen is none, it stands for an empty row and joins pairs. */
const separators = /[\s,，、.．。+*/;；]+/u;

/** Full-width to half-width, capitals, no space around. */
export const plainMarks = (keyed: string): string => keyed.normalize('NFKC').trim().toUpperCase();

const isReserved = (code: string): boolean => /^9[789]$/.test(code);

/** Longest code that is printed as such. */
const longestPrinted = 2;

/** What stands in the box of an option: its code, or its place where codes of the question are long (区县, 行业). */
export function printedMark(options: readonly Pick<Option, 'code'>[], index: number): string {
  const code = options[index]?.code ?? '';
  const hasLong = options.some((option) => option.code.length > longestPrinted);
  return hasLong && !isReserved(code) ? String(index + 1) : code;
}

/**
 * Code a mark stands for. Where no option has a short number as its code (测评题 A–D, 区县), its place in the printed
 * order may be keyed instead; undefined when it is neither.
 */
export function codeFor(options: readonly Pick<Option, 'code'>[]): (mark: string) => string | undefined {
  const byMark = new Map(options.map(({ code }) => [code.toUpperCase(), code]));
  const hasNumbers = options.some(({ code }) => /^\d{1,2}$/.test(code) && !isReserved(code));
  if (!hasNumbers) {
    options.forEach(({ code }, index) => {
      if (!isReserved(code)) byMark.set(String(index + 1), code);
    });
  }
  return (mark) => byMark.get(mark);
}

/** Marks of a text; a run without separators is taken apart when every character is a known mark. */
export function marksOf(text: string, isKnown: (mark: string) => boolean): readonly string[] {
  return text
    .split(separators)
    .filter((part) => part !== '')
    .flatMap((part) => (!isKnown(part) && [...part].every(isKnown) ? [...part] : [part]));
}

const reasons = ['dontKnow', 'refused', 'notApplicable'] as const;
export type CodedReason = (typeof reasons)[number];

/** Codes of not answering on this question: longer where real numbers reach 88. */
export const missingCodesOf = (question: Question): MissingCodes =>
  question.kind === 'number' ? missingCodesAbove(question.maximum) : missingCodes;

/** The way of not answering a text stands for; null when it is none. */
export function missingFor(question: Question, text: string): Extract<Answer, { kind: 'missing' }> | null {
  const codes = missingCodesOf(question);
  const reason = reasons.find((each) => String(codes[each]) === text);
  return reason === undefined ? null : { kind: 'missing', reason };
}

/** Ways of not answering the question offers, with their codes. */
export function offeredMissing(
  question: Question,
): readonly { readonly reason: CodedReason; readonly code: string }[] {
  const offered = {
    dontKnow: question.dontKnow === true,
    refused: question.refuse === true,
    notApplicable: question.notApplicable !== undefined,
  };
  const codes = missingCodesOf(question);
  return reasons
    .filter((reason) => offered[reason])
    .map((reason) => ({ reason, code: String(codes[reason]) }));
}
