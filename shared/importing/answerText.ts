/** Writes values the way `checkTable` reads them, so that an exported table imports to the same records. */
import type { Answer } from '../questions/answer';
import type { Disposition } from '../domain/disposition';

const missingTexts = { dontKnow: '不知道', refused: '拒答', notApplicable: '不适用' } as const;

/** Cell of one answer; null for kinds that need several columns. */
export function answerCell(answer: Answer): string | number | null {
  switch (answer.kind) {
    case 'single':
      return answer.code;
    case 'multi':
      return answer.codes.join(',');
    case 'ordering':
      return answer.codes.join('>');
    case 'matching':
      return Object.entries(answer.pairs)
        .map(([left, right]) => `${left}-${right}`)
        .join(',');
    case 'trueFalse':
      return answer.value ? '对' : '错';
    case 'number':
      return answer.value;
    case 'yearMonth':
      return [
        String(answer.year),
        ...(answer.month === null ? [] : [String(answer.month).padStart(2, '0')]),
      ].join('-');
    case 'text':
      return answer.text;
    case 'missing':
      return missingTexts[answer.reason];
    case 'scale':
      return null;
  }
}

/** Result code Z1, or words for the two outcomes that have none. */
export const dispositionCell: Readonly<Record<Disposition, string>> = {
  complete: '11',
  partial: '12',
  refusal: '21',
  breakOff: '22',
  ineligibleAge: '31',
  ineligibleResidence: '32',
  ineligibleMilitary: '33',
  unable: '34',
  nonContact: '41',
  unknownEligibility: '资格不明',
  voided: '作废',
};
