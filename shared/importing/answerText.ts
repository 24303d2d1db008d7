/** Writes values the way `checkTable` reads them, so that an exported table imports to the same records. */
import type { Answer, AnswerKind } from '../questions/answer';
import type { Disposition } from '../domain/disposition';

const missingTexts = {
  dontKnow: '不知道',
  refused: '拒答',
  notApplicable: '不适用',
  noAnswer: null,
} as const;

type Writers = {
  readonly [K in AnswerKind]: (answer: Extract<Answer, { kind: K }>) => string | number | null;
};

const monthText = (month: number | null): string =>
  month === null ? '' : `-${String(month).padStart(2, '0')}`;

const writers: Writers = {
  single: ({ code }) => code,
  multi: ({ codes }) => codes.join(','),
  ordering: ({ codes }) => codes.join('>'),
  matching: ({ pairs }) =>
    Object.entries(pairs)
      .map(([left, right]) => `${left}-${right}`)
      .join(','),
  trueFalse: ({ value }) => (value ? '对' : '错'),
  number: ({ value }) => value,
  yearMonth: ({ year, month }) => `${String(year)}${monthText(month)}`,
  text: ({ text }) => text,
  missing: ({ reason }) => missingTexts[reason],
  scale: () => null,
};

/** Cell of one answer; null for a scale, which needs one column per row. */
export function answerCell(answer: Answer): string | number | null {
  const write = writers[answer.kind] as (value: Answer) => string | number | null;
  return write(answer);
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
