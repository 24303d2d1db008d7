/**
 * A short practice run (练习模式) from a public pool: which items, and what the key is in words. The pool is apart from
 * every bank a form is drawn from, so that its keys may be told at once.
 */
import { createRandom } from '../numeric/seededRandom';
import type { BankItem } from './bank';
import type { ItemType } from './itemCodes';

type Place = (item: BankItem) => boolean;

const ofType =
  (type: ItemType): Place =>
  ({ type: own, stimulus }) =>
    own === type && (type === 'chart' || stimulus === undefined);
const withText: Place = ({ type, stimulus }) => type === 'single' && stimulus?.kind === 'text';

/** One item for each place, from the familiar to the unfamiliar: every kind of answer, one text and one table to read. */
const places: readonly Place[] = [
  ofType('tf'),
  ofType('single'),
  ofType('multi'),
  withText,
  ofType('chart'),
  ofType('order'),
  ofType('match'),
  ofType('tf'),
];

/**
 * At most eight items in the order they are shown; the same seed gives the same items. A place the pool has nothing for
 * is left out.
 */
export function drawPractice(pool: readonly BankItem[], seed: number): readonly BankItem[] {
  const shuffled = createRandom(`practice/${seed}`).shuffle(pool);
  return places.reduce<readonly BankItem[]>((drawn, fits) => {
    const found = shuffled.find((item) => fits(item) && !drawn.includes(item));
    return found === undefined ? drawn : [...drawn, found];
  }, []);
}

/**
 * The key as the words on the screen, never as letters, which differ from person to person.
 * @example a tf item → ['错']; an order item → its options from first to last; a match item → ['左 → 右', …]
 */
export function keyInWords({ type, key, options = [], targets = [] }: BankItem): readonly string[] {
  const textOf = (entries: readonly { readonly id: string; readonly text: string }[], id: string): string =>
    entries.find((entry) => entry.id === id)?.text ?? id;
  if (type === 'match')
    return key.map((pair) => `${textOf(options, pair.slice(0, 1))} → ${textOf(targets, pair.slice(1))}`);
  return key.map((id) => textOf(options, id));
}
