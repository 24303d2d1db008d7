/**
 * One cell to one answer, in every form people type: letters, texts, numbers, lists, orders and pairs. A form that
 * could mean two different options is refused, never guessed.
 */
import type { Answer } from '../questions/answer';
import type { ImportOption, ImportQuestion } from './context';
import { fold, foldSentence } from './normalise';
import { readBirth, readNumber } from './numberCells';
import { read, refuse, type CellReading } from './problems';
import { cellText, type Cell } from './table';

type MissingReason = 'dontKnow' | 'refused' | 'notApplicable';

const missingWords: Readonly<Record<MissingReason, readonly string[]>> = {
  dontKnow: ['不知道', '不清楚', '不了解', '不确定', 'dk', 'dontknow'],
  refused: ['拒答', '拒绝回答', '不愿回答', 'refused'],
  notApplicable: ['不适用', '跳过', '(跳过)', 'n/a'],
};

/** Codes of question-bank-spec §5.3. */
const missingCodes: Readonly<Record<string, MissingReason>> = {
  '98': 'dontKnow',
  '99': 'refused',
  '88': 'notApplicable',
};

const missingByWord = new Map(
  (Object.keys(missingWords) as MissingReason[]).flatMap((reason) =>
    missingWords[reason].map((word): [string, MissingReason] => [word, reason]),
  ),
);

const blankWords = new Set(['', '(空)', '空']);

function missingReason(folded: string, question: ImportQuestion): MissingReason | null {
  const byWord = missingByWord.get(folded);
  if (byWord) return byWord;
  const takesAnyNumber =
    question.type === 'number' || question.type === 'yearMonth' || question.type === 'text';
  return takesAnyNumber ? null : (missingCodes[folded] ?? null);
}

const listed = (options: readonly ImportOption[]): string => options.map(({ id }) => id).join('、');

const unknownOption = (options: readonly ImportOption[]): CellReading<never> =>
  refuse('UNKNOWN_OPTION', { allowed: listed(options).slice(0, 200) });

function onlyMatch(
  options: readonly ImportOption[],
  isMatch: (option: ImportOption) => boolean,
): ImportOption | null {
  const matches = options.filter(isMatch);
  return matches.length === 1 ? (matches[0] ?? null) : null;
}

const optionByText = (text: string, options: readonly ImportOption[]): ImportOption | null =>
  onlyMatch(options, (option) => option.text.trim() === text.trim()) ??
  onlyMatch(options, (option) => foldSentence(option.text) === foldSentence(text));

/** By stored code, else by letter when the codes themselves are not letters. */
function optionByLetter(folded: string, options: readonly ImportOption[]): ImportOption | null {
  const byId = onlyMatch(options, ({ id }) => fold(id) === folded);
  if (byId || !/^[a-z]$/.test(folded)) return byId;
  const lettersAreIds = options.some(({ id }) => /^[a-z]$/i.test(id));
  return lettersAreIds ? null : (options[folded.charCodeAt(0) - 97] ?? null);
}

const optionByNumber = (folded: string, options: readonly ImportOption[]): ImportOption | null =>
  /^\d{1,2}$/.test(folded) ? (options[Number(folded) - 1] ?? null) : null;

/** `A.氧气` or `1、氧气`: the letter and the words must name the same option. */
function optionByPrefix(folded: string, options: readonly ImportOption[]): ImportOption | null {
  const match = /^([a-z]|\d{1,2})[.、:)](.+)$/u.exec(folded);
  const key = match?.[1] ?? '';
  const option = optionByLetter(key, options) ?? optionByNumber(key, options);
  return option && foldSentence(option.text) === foldSentence(match?.[2] ?? '') ? option : null;
}

/** Code of the option a text names: code, letter, wording, 1-based number, or letter with wording. */
export function findOption(text: string, options: readonly ImportOption[]): CellReading<string> {
  const folded = fold(text);
  const lettered = optionByLetter(folded, options);
  if (lettered) return read(lettered.id);
  const worded = optionByText(text, options);
  const numbered = optionByNumber(folded, options);
  if (worded && numbered && worded !== numbered) {
    return refuse('AMBIGUOUS_OPTION', { first: worded.id, second: numbered.id });
  }
  const option = worded ?? numbered ?? optionByPrefix(folded, options);
  return option ? read(option.id) : unknownOption(options);
}

const separators = /[,，、;；|┋+＋\s]+/u;
const orderSeparators = /[,，、;；|┋+＋\s>＞→-]+/u;

/** Parts of a list: platform bars first (texts may hold commas), then a run of letters, then any separator. */
function splitOptions(text: string, options: readonly ImportOption[], separator: RegExp): readonly string[] {
  if (/[┋|]/.test(text)) return text.split(/[┋|]/).map((part) => part.trim());
  if (findOption(text, options).ok) return [text];
  const parts = text.split(separator).filter((part) => part !== '');
  const run = fold(text);
  const isRun = parts.length === 1 && /^[a-z]{2,}$/.test(run);
  return isRun ? [...run] : parts;
}

function findOptions(
  text: string,
  options: readonly ImportOption[],
  separator: RegExp,
): CellReading<readonly string[]> {
  const codes: string[] = [];
  for (const part of splitOptions(text, options, separator)) {
    const found = findOption(part, options);
    if (!found.ok) return found;
    if (codes.includes(found.value)) return refuse('REPEATED_OPTION', { option: found.value });
    codes.push(found.value);
  }
  return codes.length === 0 ? unknownOption(options) : read(codes);
}

function readSingle(text: string, question: ImportQuestion): CellReading<Answer> {
  const found = findOption(text, question.options);
  if (found.ok) return read({ kind: 'single', code: found.value });
  const several = findOptions(text, question.options, separators);
  const hasSeveral = several.ok && several.value.length > 1;
  return hasSeveral ? refuse('TOO_MANY_OPTIONS', { count: several.value.length }) : found;
}

const trueWords = new Set(['对', '正确', '√', '✓', '✔', '是', 'true', 't', 'yes', 'y', '1', 'a']);
const falseWords = new Set(['错', '错误', '×', '✗', '✘', 'x', '否', 'false', 'f', 'no', 'n', '0', '2', 'b']);

/** 1/0 and the option numbers 1/2 both mean 对/错, as do the letters A/B. */
function readTrueFalse(text: string): CellReading<Answer> {
  const folded = foldSentence(text).replace(/^[ab12][.、:)]/u, '');
  if (trueWords.has(folded)) return read({ kind: 'trueFalse', value: true });
  if (falseWords.has(folded)) return read({ kind: 'trueFalse', value: false });
  return refuse('UNKNOWN_OPTION', { allowed: '对、错' });
}

/** `A1,B3`, `A-1；B-3` or `A1B3` as left and right parts. */
function splitPairs(text: string): readonly (readonly [string, string])[] {
  const parts = text
    .normalize('NFKC')
    .split(separators)
    .filter((part) => part !== '');
  const run = /^(?:[a-z]\d{1,2}){2,}$/i.test(parts[0] ?? '')
    ? (parts[0]?.match(/[a-z]\d{1,2}/gi) ?? parts)
    : parts;
  return run.map((part): readonly [string, string] => {
    const match = /^(.+?)[-:=→](.+)$/u.exec(part) ?? /^([a-z])(\w+)$/i.exec(part);
    return [match?.[1] ?? part, match?.[2] ?? ''];
  });
}

function readMatching(text: string, question: ImportQuestion): CellReading<Answer> {
  const pairs = new Map<string, string>();
  for (const [left, right] of splitPairs(text)) {
    const option = findOption(left, question.options);
    if (!option.ok) return option;
    const target = findOption(right, question.targets ?? []);
    if (!target.ok) return target;
    if (pairs.has(option.value)) return refuse('REPEATED_OPTION', { option: option.value });
    pairs.set(option.value, target.value);
  }
  return read({ kind: 'matching', pairs: Object.fromEntries(pairs) });
}

function mapReading<T, U>(reading: CellReading<T>, change: (value: T) => U): CellReading<U> {
  return reading.ok ? read(change(reading.value)) : reading;
}

function readByKind(cell: Cell, question: ImportQuestion): CellReading<Answer> {
  const text = cellText(cell);
  switch (question.type) {
    case 'single':
      return readSingle(text, question);
    case 'multi':
      return mapReading(findOptions(text, question.options, separators), (codes) => ({
        kind: 'multi',
        codes: [...codes],
      }));
    case 'ordering':
      return mapReading(findOptions(text, question.options, orderSeparators), (codes) => ({
        kind: 'ordering',
        codes: [...codes],
      }));
    case 'matching':
      return readMatching(text, question);
    case 'trueFalse':
      return readTrueFalse(text);
    case 'number':
      return mapReading(readNumber(cell), (value) => ({ kind: 'number', value }));
    case 'yearMonth':
      return mapReading(readBirth(cell), (value) => ({ kind: 'yearMonth', ...value }));
    case 'text':
      return text.length > 2000 ? refuse('TEXT_TOO_LONG', { limit: 2000 }) : read({ kind: 'text', text });
  }
}

/**
 * Answer of one cell; null for a blank cell (no answer at all). 不知道/98, 拒答/99 and 不适用/88 become missing
 * answers with their reason.
 * @example readAnswerCell('ａ、C', multiQuestion) → { kind: 'multi', codes: ['A', 'C'] }
 */
export function readAnswerCell(cell: Cell, question: ImportQuestion): CellReading<Answer | null> {
  const folded = fold(cellText(cell));
  if (blankWords.has(folded)) return read(null);
  const reason = missingReason(folded, question);
  return reason ? read({ kind: 'missing', reason }) : readByKind(cell, question);
}

const cacheLimit = 5000;

/**
 * `readAnswerCell` for one column: equal cells are read once, since thousands of rows share a few answers. Rows with
 * equal cells share one answer object.
 */
export function createAnswerReader(question: ImportQuestion): (cell: Cell) => CellReading<Answer | null> {
  const cache = new Map<Cell, CellReading<Answer | null>>();
  return (cell) => {
    const held = cache.get(cell);
    if (held) return held;
    const reading = readAnswerCell(cell, question);
    if (cache.size < cacheLimit) cache.set(cell, reading);
    return reading;
  };
}

/** A mark given elsewhere: 1 right, 0 wrong, null blank. Anything else means the column is not all marks. */
export function readMarkCell(cell: Cell): CellReading<0 | 1 | null> {
  const folded = fold(cellText(cell));
  if (blankWords.has(folded)) return read(null);
  if (folded === '1' || folded === '0') return read(folded === '1' ? 1 : 0);
  return refuse('MIXED_MARKS');
}
