/** Age in completed years at the interview date. Only year and month of birth are ever asked. */
import type { Answer } from '../questions/answer';

export interface CalendarDate {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  /** 1–31. */
  readonly day: number;
}

/** Month that stands for one the respondent withholds (question-bank-spec §5.3, S1). */
export const assumedBirthMonth = 7;

/**
 * Completed years at `today`. The day of birth is not known: the birthday counts as reached from the first day of
 * the birth month. Null when the answer is no year and month.
 * @example born 2008-06: 17 on 2026-05-31, 18 on 2026-06-01
 */
export function completedYears(birth: Answer | undefined, today: CalendarDate): number | null {
  if (birth?.kind !== 'yearMonth') return null;
  const reached = today.month >= (birth.month ?? assumedBirthMonth);
  return today.year - birth.year - (reached ? 0 : 1);
}
