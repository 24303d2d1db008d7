/**
 * Order of options and rows for one respondent. Fixed and exclusive options, 其他 (97) and ordered numbers keep
 * their places; everything else follows the seed. The same seed gives the same order on every machine.
 */
import { omit } from '../domain/omit';
import { createRandom } from '../numeric/seededRandom';
import type { SeededRandom } from '../numeric/seededRandom';
import type { Option, Row } from '../questions/base';
import type { Question } from '../questions/kinds';
import { otherCode } from '../questions/missing';
import type { ScaleQuestion } from '../questions/scale';

/** First number in a text, Chinese thousands separators removed; null when there is none. */
function firstNumber(text: string): number | null {
  const match = /-?\d+(\.\d+)?/.exec(text.replaceAll(/[,，](?=\d{3})/g, ''));
  return match ? Number(match[0]) : null;
}

/** Whether the options are numbers in order, which must not be shuffled. */
export function areOrderedNumbers(options: readonly Option[]): boolean {
  const numbers = options.filter((option) => !isFixed(option)).map((option) => firstNumber(option.text));
  if (numbers.length < 2 || numbers.includes(null)) return false;
  const steps = numbers.slice(1).map((value, index) => Math.sign((value ?? 0) - (numbers[index] ?? 0)));
  return steps.every((step) => step > 0) || steps.every((step) => step < 0);
}

const isFixed = (option: Option): boolean =>
  option.fixed === true || option.exclusive === true || option.code === otherCode;

function shuffleOptions(options: readonly Option[], random: SeededRandom): Option[] {
  if (areOrderedNumbers(options)) return [...options];
  const moved = random.shuffle(options.filter((option) => !isFixed(option)))[Symbol.iterator]();
  return options.map((option) => (isFixed(option) ? option : (moved.next().value ?? option)));
}

function arrangeRows(question: ScaleQuestion, random: SeededRandom): Row[] {
  const shuffled = random.shuffle(question.rows);
  const drawn = new Set(shuffled.slice(0, question.askRows ?? shuffled.length).map((row) => row.code));
  const order = question.shuffleRows === true ? shuffled : question.rows;
  return order.filter((row) => drawn.has(row.code));
}

/**
 * The question as it stands on paper: one order for everybody, every row, and it may be left empty. Codes are as in an
 * interview, so the answers are.
 */
export function questionOnPaper(question: Question): Question {
  const { mayBeBlank } = { mayBeBlank: true } as const;
  if (question.kind !== 'scale') return { ...question, mayBeBlank };
  return { ...omit(question, 'askRows', 'maximumRows'), mayBeBlank };
}

/** The question in the order, and with the random subset of rows, that this seed gives. */
export function arrangeQuestion(question: Question, seed: number | string): Question {
  const random = createRandom(`${seed}/${question.code}`);
  if (question.kind === 'scale') return { ...question, rows: arrangeRows(question, random) };
  if ('shuffle' in question && question.shuffle === true) {
    return { ...question, options: shuffleOptions(question.options, random) };
  }
  return question;
}
