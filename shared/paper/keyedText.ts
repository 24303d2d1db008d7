/**
 * What a person keys for one question of a paper, and the answer it stands for. Texts are canonical: the same marks give
 * the same text however they were keyed, so two entries compare by text. What no answer can be made of (two circles on
 * a single choice, a code that is not printed) keeps its text: the paper is recorded as it is.
 */
import type { Answer } from '../questions/answer';
import type { Question, QuestionKindName, QuestionOf } from '../questions/kinds';
import { dontKnowCode, noAnswerCode, refusedCode } from '../questions/missing';
import { codeFor, marksOf, missingCodesOf, missingFor, plainMarks } from './keyedSymbols';

export type KeyedProblem =
  'unknownCode' | 'severalMarks' | 'rowCount' | 'unknownPair' | 'notANumber' | 'notADate';

export type KeyedReading =
  | { readonly kind: 'blank'; readonly text: '' }
  | { readonly kind: 'answer'; readonly text: string; readonly answer: Answer }
  | { readonly kind: 'unreadable'; readonly text: string; readonly problem: KeyedProblem };

const blank: KeyedReading = { kind: 'blank', text: '' };
const unreadable = (text: string, problem: KeyedProblem): KeyedReading => ({
  kind: 'unreadable',
  text,
  problem,
});

/** Stands between the codes and a free note (97=自媒体). */
const noteMark = '=';
const emptyRow = '-';

function splitNote(keyed: string): { readonly marks: string; readonly note: string } {
  const text = keyed.normalize('NFKC');
  const at = text.indexOf(noteMark);
  if (at === -1) return { marks: plainMarks(text), note: '' };
  return { marks: plainMarks(text.slice(0, at)), note: plainText(text.slice(at + 1)) };
}

const plainText = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ');
const withNote = (text: string, note: string): string => (note === '' ? text : `${text}${noteMark}${note}`);
const noteField = (note: string): { note?: string } => (note === '' ? {} : { note });

type Reader<K extends QuestionKindName> = (question: QuestionOf<K>, keyed: string) => KeyedReading;
type Writer<K extends QuestionKindName> = (
  question: QuestionOf<K>,
  answer: Extract<Answer, { kind: K }>,
) => string;

const readSingle: Reader<'single'> = (question, keyed) => {
  const { marks, note } = splitNote(keyed);
  const toCode = codeFor(question.options);
  const found = marksOf(marks, (mark) => toCode(mark) !== undefined);
  const codes = found.map((mark) => toCode(mark) ?? mark);
  const text = withNote(codes.join(','), note);
  if (found.some((mark) => toCode(mark) === undefined)) return unreadable(text, 'unknownCode');
  const [code] = codes;
  if (code === undefined) return unreadable(text, 'unknownCode');
  if (new Set(codes).size > 1) return unreadable(text, 'severalMarks');
  return { kind: 'answer', text: withNote(code, note), answer: { kind: 'single', code, ...noteField(note) } };
};

const readMulti: Reader<'multi'> = (question, keyed) => {
  const { marks, note } = splitNote(keyed);
  const toCode = codeFor(question.options);
  const found = marksOf(marks, (mark) => toCode(mark) !== undefined);
  const chosen = new Set(found.map((mark) => toCode(mark) ?? mark));
  if (found.length === 0 || found.some((mark) => toCode(mark) === undefined))
    return unreadable(withNote([...chosen].join(','), note), 'unknownCode');
  const codes = question.options.flatMap(({ code }) => (chosen.has(code) ? [code] : []));
  const text = withNote(codes.join(','), note);
  return { kind: 'answer', text, answer: { kind: 'multi', codes, ...noteField(note) } };
};

const readOrdering: Reader<'ordering'> = (question, keyed) => {
  const toCode = codeFor(question.options);
  const found = marksOf(plainMarks(keyed), (mark) => toCode(mark) !== undefined);
  const codes = found.map((mark) => toCode(mark) ?? mark);
  const text = codes.join(',');
  const isKnown = found.every((mark) => toCode(mark) !== undefined);
  return isKnown && codes.length > 0
    ? { kind: 'answer', text, answer: { kind: 'ordering', codes } }
    : unreadable(text, 'unknownCode');
};

const trueMarks = new Set(['1', '对', '√', '✓', 'T', 'Y']);
const falseMarks = new Set(['2', '错', '×', '✗', 'X', 'F', 'N']);

/** '1' or '2' for a mark of right or wrong; undefined for anything else. */
function verdictMark(question: QuestionOf<'trueFalse'>): (mark: string) => string | undefined {
  const right = new Set([...trueMarks, plainMarks(question.trueText)]);
  const wrong = new Set([...falseMarks, plainMarks(question.falseText)]);
  return (mark) => {
    if (right.has(mark)) return '1';
    return wrong.has(mark) ? '2' : undefined;
  };
}

const readTrueFalse: Reader<'trueFalse'> = (question, keyed) => {
  const toVerdict = verdictMark(question);
  const isKnown = (mark: string): boolean => toVerdict(mark) !== undefined;
  const marks = marksOf(plainMarks(keyed), isKnown);
  const verdicts = [...new Set(marks.map((mark) => toVerdict(mark) ?? mark))].sort();
  const text = verdicts.join(',');
  if (!marks.every(isKnown)) return unreadable(text, 'unknownCode');
  if (verdicts.length > 1) return unreadable(text, 'severalMarks');
  return { kind: 'answer', text, answer: { kind: 'trueFalse', value: text === '1' } };
};

const readNumber: Reader<'number'> = (_question, keyed) => {
  const text = plainMarks(keyed);
  if (!/^-?\d{1,15}(\.\d{1,9})?$/.test(text)) return unreadable(text, 'notANumber');
  const value = Number(text);
  return { kind: 'answer', text: String(value), answer: { kind: 'number', value } };
};

const firstYear = 1900;
const lastYear = 2100;
const withheldMonth = Number(dontKnowCode);

const isMonth = (month: number): boolean => (month >= 1 && month <= 12) || month === withheldMonth;

/** Year and month of a text; null when it is no date. */
function yearMonthOf(text: string): Extract<Answer, { kind: 'yearMonth' }> | null {
  const match = /^(\d{4})[-./年 ]?(\d{1,2})?月?$/u.exec(text);
  if (match === null) return null;
  const [year, month] = [Number(match[1]), Number(match[2] ?? withheldMonth)];
  if (year < firstYear || year > lastYear || !isMonth(month)) return null;
  return { kind: 'yearMonth', year, month: month === withheldMonth ? null : month };
}

const readYearMonth: Reader<'yearMonth'> = (_question, keyed) => {
  const text = plainMarks(keyed);
  const answer = yearMonthOf(text);
  if (answer === null) return unreadable(text, 'notADate');
  return { kind: 'answer', text: writeYearMonth(answer), answer };
};

const writeYearMonth = ({ year, month }: Extract<Answer, { kind: 'yearMonth' }>): string =>
  month === null ? String(year) : `${year}-${String(month).padStart(2, '0')}`;

const readText: Reader<'text'> = (_question, keyed) => {
  const text = plainText(keyed);
  return { kind: 'answer', text, answer: { kind: 'text', text } };
};

/** Codes a scale row may hold by the mark keyed for it: 8 and 9 are 98 and 99 where no option has them. */
function rowMark(question: QuestionOf<'scale'>): (mark: string) => string | undefined {
  const toCode = codeFor(question.options);
  const short = new Map([
    [emptyRow, noAnswerCode],
    ['0', noAnswerCode],
    ['8', dontKnowCode],
    ['9', refusedCode],
    [dontKnowCode, dontKnowCode],
    [refusedCode, refusedCode],
  ]);
  return (mark) => toCode(mark) ?? short.get(mark);
}

const writeRow = (code: string): string => (code === noAnswerCode ? emptyRow : code);

const readScale: Reader<'scale'> = (question, keyed) => {
  const toCode = rowMark(question);
  const marks = marksOf(plainMarks(keyed), (mark) => toCode(mark) !== undefined);
  const codes = marks.map((mark) => toCode(mark));
  const text = marks.map((mark, index) => writeRow(codes[index] ?? mark)).join(',');
  if (codes.includes(undefined)) return unreadable(text, 'unknownCode');
  if (codes.length !== question.rows.length) return unreadable(text, 'rowCount');
  if (codes.every((code) => code === noAnswerCode)) return blank;
  const rows = Object.fromEntries(
    question.rows.map(({ code }, index) => [code, codes[index] ?? noAnswerCode]),
  );
  return { kind: 'answer', text, answer: { kind: 'scale', rows } };
};

const writeMatching: Writer<'matching'> = (question, { pairs }) =>
  question.rows
    .flatMap(({ code }) => (pairs[code] === undefined ? [] : [`${code}${emptyRow}${pairs[code]}`]))
    .join(',');

/** `A-2,B-1`, or one option a row in printed order with a hyphen for an empty one: `21-`. */
const readMatching: Reader<'matching'> = (question, keyed) => {
  const toOption = codeFor(question.options);
  const toRow = codeFor(question.rows);
  const parts = marksOf(plainMarks(keyed), () => false);
  const joined = parts.map((part) => part.split(emptyRow)).filter((pair) => pair.length === 2);
  const isPairs = joined.length === parts.length && joined.every(([row = '']) => toRow(row) !== undefined);
  const pairs = isPairs
    ? joined.map(([row = '', option = '']) => [toRow(row), toOption(option)])
    : [...parts.join('')].map((mark, index) => [
        question.rows[index]?.code,
        mark === emptyRow ? emptyRow : toOption(mark),
      ]);
  const text = parts.join(',');
  if (pairs.length > question.rows.length) return unreadable(text, 'rowCount');
  if (pairs.some((pair) => pair.includes(undefined))) return unreadable(text, 'unknownPair');
  const filled = pairs.filter(([, option]) => option !== emptyRow);
  if (filled.length === 0) return blank;
  if (new Set(filled.map(([row]) => row)).size < filled.length) return unreadable(text, 'severalMarks');
  const answer = { kind: 'matching', pairs: Object.fromEntries(filled) as Record<string, string> } as const;
  return { kind: 'answer', text: writeMatching(question, answer), answer };
};

const readers: { readonly [K in QuestionKindName]: Reader<K> } = {
  single: readSingle,
  multi: readMulti,
  trueFalse: readTrueFalse,
  number: readNumber,
  yearMonth: readYearMonth,
  text: readText,
  scale: readScale,
  ordering: readOrdering,
  matching: readMatching,
};

const writers: { readonly [K in QuestionKindName]: Writer<K> } = {
  single: (_question, { code, note = '' }) => withNote(code, note),
  multi: (_question, { codes, note = '' }) => withNote(codes.join(','), note),
  trueFalse: (_question, { value }) => (value ? '1' : '2'),
  number: (_question, { value }) => String(value),
  yearMonth: (_question, answer) => writeYearMonth(answer),
  text: (_question, { text }) => text,
  scale: (question, { rows }) =>
    question.rows.map(({ code }) => writeRow(rows[code] ?? noAnswerCode)).join(','),
  ordering: (_question, { codes }) => codes.join(','),
  matching: writeMatching,
};

/**
 * Reads what was keyed for a question as it is printed (all options and rows). Whether the answer is allowed here is
 * `reviewPaper`'s matter: 98 is read as 不知道 also where it is not offered.
 * @example readKeyed(multi, 'ca').text === 'A,C'; readKeyed(single, '98') is the answer 不知道
 */
export function readKeyed(question: Question, keyed: string): KeyedReading {
  const plain = plainMarks(keyed);
  if (plain === '') return blank;
  const isOption = 'options' in question && question.options.some(({ code }) => code === plain);
  const missing = isOption ? null : missingFor(question, plain);
  if (missing !== null) return { kind: 'answer', text: plain, answer: missing };
  const read = readers[question.kind] as (asked: Question, text: string) => KeyedReading;
  return read(question, keyed);
}

/** The canonical text of an answer; '' for a question left empty. Inverse of `readKeyed` for answers that fit. */
export function writeKeyed(question: Question, answer: Answer): string {
  if (answer.kind === 'missing')
    return answer.reason === 'noAnswer' ? '' : String(missingCodesOf(question)[answer.reason]);
  const write = writers[question.kind] as (asked: Question, given: Answer) => string;
  return write(question, answer);
}
