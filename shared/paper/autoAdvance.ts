/** Whether what is keyed so far is certainly all there is to key, so that no Enter is needed. */
import type { Answer } from '../questions/answer';
import type { Question, QuestionKindName } from '../questions/kinds';
import { missingFor, offeredMissing, plainMarks } from './keyedSymbols';
import { readKeyed } from './keyedText';

/** Codes that could still be meant: those offered, and 98 and 99, which a person may write anywhere. */
function codesOf(question: Question): readonly string[] {
  const options = 'options' in question ? question.options.map(({ code }) => code) : ['1', '2'];
  return [...options, ...offeredMissing(question).map(({ code }) => code), '98', '99'];
}

const yearMonthLength = 6;

type Rule = (question: Question, plain: string, answer: Answer) => boolean;

const isWholeMark: Rule = (question, plain, answer) => {
  const isPrefix = codesOf(question).some((code) => code !== plain && code.startsWith(plain));
  const chosen = answer.kind === 'single' ? answer.code : '';
  const option =
    question.kind === 'single' ? question.options.find(({ code }) => code === chosen) : undefined;
  return !isPrefix && option?.allowsNote !== true;
};
const never: Rule = () => false;

const rules: Readonly<Record<QuestionKindName, Rule>> = {
  single: isWholeMark,
  trueFalse: isWholeMark,
  scale: (question, plain) =>
    missingFor(question, plain) === null || ('rows' in question && question.rows.length === 1),
  yearMonth: (_question, plain) => /^\d+$/.test(plain) && plain.length === yearMonthLength,
  multi: never,
  number: never,
  text: never,
  ordering: never,
  matching: never,
};

/**
 * True for a single mark no longer code begins with, a scale with one mark a row, six digits of year and month. Several
 * marks, numbers and words always need Enter, and so does an option that may carry a note.
 * @example for options 1–7 and 97: '3' is whole, '9' is not yet, '97' waits for its note
 */
export function isWholeEntry(question: Question, keyed: string): boolean {
  const plain = plainMarks(keyed);
  const reading = readKeyed(question, plain);
  return reading.kind === 'answer' && rules[question.kind](question, plain, reading.answer);
}
