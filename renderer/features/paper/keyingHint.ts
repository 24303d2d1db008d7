/** How to key a question, in one line under it. */
import type { Question, QuestionKindName } from '@shared/questions/kinds';

const hints: Readonly<Record<QuestionKindName, string>> = {
  single: '按代码，自动到下一题；要注明的，代码后加“=”再写文字。',
  multi: '代码连着按，如 13 或 1 10；按 Enter 到下一题。',
  trueFalse: '按 1 或 2，自动到下一题。',
  number: '按数字，再按 Enter。',
  yearMonth: '六位数字，如 198506；只有年份的按四位再按 Enter。',
  text: '照纸上的字录，再按 Enter。',
  scale: '每行一个代码连着按；空着的行按“-”，不知道按 8，拒答按 9。',
  ordering: '按先后连着按代码，再按 Enter。',
  matching: '按行的次序连着按右边的代码，空着的行按“-”，再按 Enter。',
};

export const keyingHint = (question: Question): string =>
  question.hint !== undefined && question.code.startsWith('cover.') ? question.hint : hints[question.kind];
