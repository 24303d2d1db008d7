/** Judges a question part on its own: the rules of an item, without the key that is not there. */
import { canonicalJson } from '../canonicalJson';
import { itemSchema } from '../item';
import { trueKey } from '../itemCodes';
import type { ItemType } from '../itemCodes';
import type { QuestionPart } from './splitItem';
import { joinItem, splitItem } from './splitItem';

const placeholderText = '-';
/** An active item has at least three reviews; they are in the other part. */
const placeholderReviews = 3;

/** A key of the right shape, so that the rest of the item can be judged. */
function placeholderKey(type: ItemType, letters: readonly string[], targets: readonly string[]): string[] {
  switch (type) {
    case 'tf':
      return [trueKey];
    case 'single':
    case 'chart':
      return letters.slice(0, 1);
    case 'multi':
      return letters.slice(0, 2);
    case 'order':
      return [...letters];
    case 'match':
      return letters.map((letter) => `${letter}${targets[0] ?? ''}`);
  }
}

const isObject = (value: unknown): value is QuestionPart =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const idsOf = (list: unknown): string[] =>
  Array.isArray(list)
    ? list.flatMap((each: { id?: unknown }) => (typeof each?.id === 'string' ? [each.id] : []))
    : [];

/** Whether this is a whole question part that the product can show, and nothing of a secret is left in it. */
export function isReadableQuestion(value: unknown): value is QuestionPart {
  if (!isObject(value) || !Array.isArray(value.key) || value.key.length > 0) return false;
  if (!isObject(value.difficulty) || (value.options !== undefined && !Array.isArray(value.options)))
    return false;
  const review = { by: placeholderText, role: placeholderText, verdict: placeholderText };
  const joined = joinItem(value, {
    key: placeholderKey(value.type, idsOf(value.options), idsOf(value.targets)),
    references: [{ ref: placeholderText, fact: placeholderText }],
    reviews: Array.from({ length: placeholderReviews }, () => review),
    misconceptions: {},
    basis: placeholderText,
  });
  const parsed = itemSchema.safeParse(joined);
  if (!parsed.success || canonicalJson(parsed.data) !== canonicalJson(joined)) return false;
  return canonicalJson(splitItem(joined).question) === canonicalJson(value);
}
