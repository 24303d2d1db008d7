/** What a keyed text means, read back to the person who keys. */
import type { Answer } from '../questions/answer';
import type { Question } from '../questions/kinds';
import { dontKnowCode, noAnswerCode, refusedCode } from '../questions/missing';
import { echoWords } from '../texts/paperEntryTexts';
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

function answerText(question: Question, answer: Answer): string {
  switch (answer.kind) {
    case 'single':
      return noted(optionText(question, answer.code), answer.note);
    case 'multi':
      return noted(answer.codes.map((code) => optionText(question, code)).join('、'), answer.note);
    case 'ordering':
      return answer.codes.map((code) => optionText(question, code)).join(' → ');
    case 'trueFalse':
      if (question.kind !== 'trueFalse') return '';
      return answer.value ? question.trueText : question.falseText;
    case 'number':
      return String(answer.value);
    case 'yearMonth':
      return answer.month === null
        ? echoWords.year(answer.year)
        : echoWords.yearMonth(answer.year, answer.month);
    case 'text':
      return answer.text;
    case 'scale':
      return rowsText(question, answer.rows);
    case 'matching':
      return rowsText(question, answer.pairs);
    case 'missing':
      return missingText(question, answer.reason);
  }
}

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
