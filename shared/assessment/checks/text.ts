/**
 * Text measures the checklist needs. Lengths are in 字: code points without white space and punctuation, the count
 * under which the worked samples of question-bank-spec §6.3 stay within every limit, as §7.2 states they do.
 */
import type { BankItem } from '../bank';

export const lengthOf = (text: string): number => [...text.replace(/[\s\p{P}]/gu, '')].length;

/** Without white space and punctuation, width-folded and lower-cased: what two texts are compared by. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');

export const sentencesOf = (text: string): string[] =>
  text.split(/[。！？；!?;\n]/u).filter((sentence) => sentence.trim() !== '');

/** Distinct runs of `size` neighbouring characters. */
export function gramsOf(text: string, size: number): ReadonlySet<string> {
  const characters = [...normalise(text)];
  const grams = characters
    .slice(0, Math.max(0, characters.length - size + 1))
    .map((_, index) => characters.slice(index, index + size).join(''));
  return new Set(grams);
}

export const sharedCount = (first: ReadonlySet<string>, second: ReadonlySet<string>): number =>
  [...first].filter((each) => second.has(each)).length;

/** Jaccard index of two sets; 0 when both are empty. */
export function jaccard(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  const shared = sharedCount(first, second);
  const union = first.size + second.size - shared;
  return union === 0 ? 0 : shared / union;
}

/** 1 − Levenshtein distance / longer length (Levenshtein 1966); 1 for equal texts. */
export function editSimilarity(first: string, second: string): number {
  const [left, right] = [[...first], [...second]];
  let previous = right.map((_, index) => index + 1);
  let corner = 0;
  for (const [row, character] of left.entries()) {
    let diagonal = corner;
    let before = row + 1;
    const current: number[] = [];
    for (const [column, other] of right.entries()) {
      const above = previous[column] ?? 0;
      before = Math.min(above + 1, before + 1, diagonal + (character === other ? 0 : 1));
      current.push(before);
      diagonal = above;
    }
    corner = row + 1;
    previous = current;
  }
  const longer = Math.max(left.length, right.length);
  return longer === 0 ? 1 : 1 - (previous.at(-1) ?? longer) / longer;
}

export const optionTexts = (item: BankItem): string[] => (item.options ?? []).map((option) => option.text);

export const keyedTexts = (item: BankItem): string[] =>
  (item.options ?? []).filter((option) => item.key.includes(option.id)).map((option) => option.text);

export const distractorTexts = (item: BankItem): string[] =>
  (item.options ?? []).filter((option) => !item.key.includes(option.id)).map((option) => option.text);

/** Everything of an item a respondent reads. */
export const readTexts = (item: BankItem): string[] => [
  item.stem,
  ...optionTexts(item),
  ...(item.targets ?? []).map((target) => target.text),
  ...[item.stimulus?.title, item.stimulus?.text, item.stimulus?.unit].filter((text) => text !== undefined),
  ...(item.stimulus?.table?.flat() ?? []),
];

export const isSingleChoice = (item: BankItem): boolean => item.type === 'single' || item.type === 'chart';
