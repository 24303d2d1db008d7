/** Answers as people write them: full and half width, ABC / A,B / A、B, 对/错/√/×, B>D>A>C, A2,B1. */
import { fold, foldSentence } from '../../importing/normalise';
import type { CellReading } from '../../importing/problems';
import { read, refuse } from '../../importing/problems';
import type { ItemType } from '../itemCodes';
import { falseKey, trueKey } from '../itemCodes';

export interface AnswerContext {
  readonly type: ItemType;
  readonly options: readonly { readonly id: string; readonly text: string }[];
}

const trueWords = [
  '对',
  '正确',
  '是',
  '同意',
  '真',
  '√',
  '✓',
  '✔',
  '☑',
  't',
  'true',
  'y',
  'yes',
  'right',
  '1',
];
const falseWords = [
  '错',
  '错误',
  '不正确',
  '不对',
  '否',
  '不同意',
  '假',
  '×',
  '✗',
  '✘',
  '✕',
  '❌',
  'x',
  'f',
  'false',
  'n',
  'no',
  'wrong',
  '0',
];

/** 对 or 错 by any of its names; null for anything else. */
export function verdictOf(text: string): string | null {
  const folded = foldSentence(text);
  if (trueWords.includes(folded)) return trueKey;
  return falseWords.includes(folded) ? falseKey : null;
}

/** Options 正确/错误 of a statement, as tables of choice items hold them; a letter then stands for its verdict. */
function readVerdict(answer: string, { options }: AnswerContext): CellReading<readonly string[]> {
  const named = options.find(({ id }) => fold(id) === answer);
  const verdict = verdictOf(answer) ?? (named === undefined ? null : verdictOf(named.text));
  return verdict === null ? refuse('ITEM_ANSWER_NOT_READ') : read([verdict]);
}

const marksBetween = /[,、;.·/|+&和与>→-]+/gu;

/** Option letters in the order written; marks between them do not matter. */
function readLetters(answer: string, { type, options }: AnswerContext): CellReading<readonly string[]> {
  const sentence = options.filter(({ text }) => foldSentence(text) === foldSentence(answer));
  const [only] = sentence;
  if (only !== undefined && sentence.length === 1) return read([only.id]);
  const letters = [...answer.replace(marksBetween, '').toUpperCase()];
  if (letters.length === 0 || !letters.every((letter) => /[A-Z]/.test(letter)))
    return refuse('ITEM_ANSWER_NOT_READ');
  const ids = options.map(({ id }) => id);
  const unknown = letters.find((letter) => !ids.includes(letter));
  if (unknown !== undefined) return refuse('ITEM_ANSWER_NOT_OPTION', { letter: unknown });
  const isOne = type !== 'single' && type !== 'chart';
  return isOne || letters.length === 1 ? read(letters) : refuse('ITEM_ANSWER_NOT_READ');
}

function readPairs(answer: string): CellReading<readonly string[]> {
  const plain = answer.replace(/[-:=→>]/gu, '').toUpperCase();
  const pairs = plain.replace(/[,、;./|]/gu, '').match(/[A-F][1-9]/g) ?? [];
  const isWhole = pairs.join('') === plain.replace(/[,、;./|]/gu, '');
  return pairs.length > 0 && isWhole ? read(pairs) : refuse('ITEM_ANSWER_NOT_READ');
}

/**
 * Key of an item from its answer cell.
 * @example normaliseAnswer('Ａ、ｃ', { type: 'multi', options }) → ['A', 'C']
 * @example normaliseAnswer('√', { type: 'tf', options: [] }) → ['对']
 */
export function normaliseAnswer(text: string, context: AnswerContext): CellReading<readonly string[]> {
  const answer = fold(text).replace(/^(正确)?(答案|选项)[:：]/u, '');
  if (answer === '') return refuse('ITEM_ANSWER_NOT_READ');
  if (context.type === 'tf') return readVerdict(answer, context);
  return context.type === 'match' ? readPairs(answer) : readLetters(answer, context);
}

const keyMarks: Partial<Record<ItemType, string>> = { order: '>' };

/** The answer cell of a key. */
export const answerText = (type: ItemType, key: readonly string[]): string => key.join(keyMarks[type] ?? ',');
