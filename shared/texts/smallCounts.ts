/** Numbers of respondents as a table may print them: the size of a small withheld cell stays unsaid. */
import type { Figure } from '../results/surveyResults';
import { formatCount, missingMark, suppressedMark } from './format';

/** Counts of withheld cells below this are not printed (reliability.md §4.6: 10 for the public). */
export const smallestPrintedCount = 10;

export const smallCountText = `<${smallestPrintedCount}`;
export const smallCountNote = `${smallCountText}：答卷少于 ${smallestPrintedCount} 份，不列确数。`;

/** A withheld figure whose exact number of respondents would point at persons. */
export const hasSmallCount = (figure: Figure): boolean =>
  figure.state === 'suppressed' &&
  figure.respondentCount !== null &&
  figure.respondentCount < smallestPrintedCount;

/** Number of respondents in words: — when not surveyed, ※ when even the count is withheld, <10 when it is small. */
export function respondentCountText(figure: Figure): string {
  if (figure.state === 'notSurveyed') return missingMark;
  if (figure.respondentCount === null) return suppressedMark;
  return hasSmallCount(figure) ? smallCountText : formatCount(figure.respondentCount);
}
