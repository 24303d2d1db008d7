/** Text folding for recognition only: stored answers and identifiers are never folded. */

/** Characters that are invisible on screen but differ: zero-width marks, joiners and the byte order mark. */
const invisible = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;

/**
 * Folds full-width to half-width, upper to lower case and drops every blank, so that `Ａ ` equals `a`.
 * @example fold(' １、您的 性别') === '1、您的性别'
 */
export function fold(text: string): string {
  return text.normalize('NFKC').replace(invisible, '').replace(/\s+/g, '').toLowerCase();
}

/**
 * Folds a sentence for comparison with an option or a question text: closing marks do not count.
 * @example foldSentence('地球绕太阳转。') === foldSentence('地球绕太阳转')
 */
export const foldSentence = (text: string): string => fold(text).replace(/[.。,，;；:：?？!！]+$/u, '');
