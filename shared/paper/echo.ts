/** What a keyed text means, read back to the person who keys. */
import type { Answer } from '../questions/answer';
import type { Question } from '../questions/kinds';
import { dontKnowCode, noAnswerCode, refusedCode } from '../questions/missing';
import { echoWords } from '../texts/paperEntryTexts';
import { printedMark } from './keyedSymbols';
import { readKeyed } from './keyedText';

const optionText = (question: Question, code: string): string =>
  'options' in question ? (question.options.find((option) => option.code === code)?.text ?? code) : code;

const rowMissing = new Map([
  [dontKnowCode, echoWords.dontKnow],
  [refusedCode, echoWords.refused],
  [noAnswerCode, echoWords.empty],
]);

const rowsText = (question: Question, rows: Readonly<Record<string, string>>): string =>
  Object.entries(rows)
    .map(([row, code]) => `${row} ${rowMissing.get(code) ?? optionText(question, code)}`)
    .join('；');

const noted = (text: string, note: string | undefined): string =>
  note === undefined ? text : `${text}：${note}`;

type Said<K extends Answer['kind']> = (question: Question, answer: Extract<Answer, { kind: K }>) => string;

const said: { readonly [K in Answer['kind']]: Said<K> } = {
  single: (question, { code, note }) => noted(optionText(question, code), note),
  multi: (question, { codes, note }) =>
    noted(codes.map((code) => optionText(question, code)).join('、'), note),
  ordering: (question, { codes }) => codes.map((code) => optionText(question, code)).join(' → '),
  trueFalse: (question, { value }) => {
    if (question.kind !== 'trueFalse') return '';
    return value ? question.trueText : question.falseText;
  },
  number: (_question, { value }) => String(value),
  yearMonth: (_question, { year, month }) =>
    month === null ? echoWords.year(year) : echoWords.yearMonth(year, month),
  text: (_question, { text }) => text,
  scale: (question, { rows }) => rowsText(question, rows),
  matching: (question, { pairs }) => rowsText(question, pairs),
  missing: (question, { reason }) => missingText(question, reason),
};

const answerText = (question: Question, answer: Answer): string =>
  (said[answer.kind] as (asked: Question, given: Answer) => string)(question, answer);

function missingText(question: Question, reason: Extract<Answer, { kind: 'missing' }>['reason']): string {
  if (reason === 'noAnswer') return echoWords.empty;
  return reason === 'notApplicable' ? (question.notApplicable ?? echoWords.notApplicable) : echoWords[reason];
}

/** Options of a keyed text in words; '' when nothing can be read from it. */
export function echoOf(question: Question, keyed: string): string {
  const reading = readKeyed(question, keyed);
  if (reading.kind === 'blank') return echoWords.empty;
  return reading.kind === 'answer' ? answerText(question, reading.answer) : '';
}

/** A canonical text as it stands on the paper: options with long codes by their place. */
export function shownKeyed(question: Question, keyed: string): string {
  if (question.kind !== 'single') return keyed;
  const index = question.options.findIndex(({ code }) => code === keyed);
  return index === -1 ? keyed : printedMark(question.options, index);
}
