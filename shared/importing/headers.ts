/**
 * Recognises one header: its name, its number and its wording. Full- and half-width, Chinese and English, and the
 * forms questionnaire platforms write (`1、您的性别`, `Q1`, `第3题`, `T01`).
 */
import { keyGroups } from '../domain/groups';
import type { ImportContext } from './context';
import { headerNames, keyGroupNames, platformNames } from './headerNames';
import { fold, foldSentence } from './normalise';
import { singleRoles, type ColumnMeaning } from './roles';

export const guessReasons = [
  'HEADER_NAME',
  'SIMILAR_NAME',
  'NUMBERED_NAME',
  'ITEM_ID',
  'ITEM_TEXT',
  'ITEM_NUMBER',
  'ITEM_ORDER',
  'QUESTION_CODE',
  'PLATFORM_COLUMN',
  'SECOND_COLUMN',
  'EMPTY_HEADER',
  'NOT_RECOGNISED',
] as const;
export type GuessReason = (typeof guessReasons)[number];

export interface HeaderGuess extends ColumnMeaning {
  /** 0..1; below 0.8 a person should confirm. */
  readonly confidence: number;
  readonly reason: GuessReason;
  /** Question number in the header, when nothing but the number says what the column is. */
  readonly number: number | null;
  /** Whether words follow the number. */
  readonly hasWording: boolean;
}

const guess = (meaning: ColumnMeaning, confidence: number, reason: GuessReason): HeaderGuess => ({
  ...meaning,
  confidence,
  reason,
  number: null,
  hasWording: false,
});

const ignored = (reason: GuessReason): HeaderGuess => guess({ role: 'ignore', target: null }, 0, reason);

type Lookup = ReadonlyMap<string, ColumnMeaning>;

export interface HeaderDictionary {
  readonly strong: Lookup;
  readonly weak: Lookup;
  readonly itemIds: Lookup;
  /** Item stems and question labels. */
  readonly wordings: Lookup;
  readonly questionCodes: Lookup;
  readonly itemCount: number;
}

function roleLookup(kind: 'strong' | 'weak'): [string, ColumnMeaning][] {
  return singleRoles.flatMap((role) =>
    headerNames[role][kind].map((name): [string, ColumnMeaning] => [name, { role, target: null }]),
  );
}

/** Everything a header may say in this survey; build once per table. */
export function createHeaderDictionary(context: ImportContext): HeaderDictionary {
  const { items } = context.form;
  const questions = context.questions ?? [];
  const groups = keyGroups.flatMap((group) =>
    keyGroupNames[group].map((name): [string, ColumnMeaning] => [name, { role: 'keyGroup', target: group }]),
  );
  const stems = items.flatMap(({ stem, itemId }): [string, ColumnMeaning][] =>
    stem === undefined ? [] : [[foldSentence(stem), { role: 'item', target: itemId }]],
  );
  const labels = questions.map(({ label, code }): [string, ColumnMeaning] => [
    foldSentence(label),
    { role: 'question', target: code },
  ]);
  return {
    strong: new Map([...roleLookup('strong'), ...groups]),
    weak: new Map(roleLookup('weak')),
    itemIds: new Map(items.map(({ itemId }) => [fold(itemId), { role: 'item', target: itemId }])),
    wordings: new Map([...labels, ...stems]),
    questionCodes: new Map(questions.map(({ code }) => [fold(code), { role: 'question', target: code }])),
    itemCount: items.length,
  };
}

/** `性别(必填)`, `*您的性别是?` and `性别` are one name. */
function nameForms(header: string): readonly string[] {
  const bare = header.replace(/^[*★]+|[*★]+$/g, '');
  const unbracketed = bare.replace(/[([【][^)\]】]*[)\]】]$/u, '');
  const polite = foldSentence(unbracketed)
    .replace(/^(请问|请选择|请填写)/, '')
    .replace(/^(您|你|被访者|受访者|本人)的?/, '')
    .replace(/^(现在|目前)?(所在|居住)的?/, '')
    .replace(/(是什么|是多少|是哪一种|是|为)$/, '');
  return [...new Set([bare, unbracketed, polite])];
}

function nameGuess(header: string, dictionary: HeaderDictionary): HeaderGuess | null {
  const forms = nameForms(header);
  for (const [index, form] of forms.entries()) {
    const strong = dictionary.strong.get(form);
    if (strong) return guess(strong, index === 0 ? 0.95 : 0.9, 'HEADER_NAME');
  }
  for (const form of forms) {
    const weak = dictionary.weak.get(form);
    if (weak) return guess(weak, 0.6, 'SIMILAR_NAME');
  }
  return forms.some((form) => platformNames.includes(form)) ? ignored('PLATFORM_COLUMN') : null;
}

interface Numbered {
  readonly number: number;
  readonly wording: string;
}

const numberForms: readonly RegExp[] = [
  /^第(\d{1,3})题(?:[.、:)_-]?(.*))$/u,
  /^(?:q|题|题目|item|测试题)[._-]?(\d{1,3})(?:[.、:)_-](.*))?$/u,
  /^t(\d{2,3})(?:[.、:)_-](.*))?$/u,
  /^t(\d)$/u,
  /^\(?(\d{1,3})(?:[.、:)](.*))?$/u,
];

/** Question number of a header and the words after it. */
export function numberedHeader(header: string): Numbered | null {
  for (const form of numberForms) {
    const match = form.exec(header);
    if (match) return { number: Number(match[1]), wording: match[2] ?? '' };
  }
  return null;
}

function numberedGuess(numbered: Numbered, dictionary: HeaderDictionary): HeaderGuess {
  const { number, wording } = numbered;
  const named = wording === '' ? null : nameGuess(wording, dictionary);
  if (named && named.role !== 'ignore') return { ...named, confidence: 0.85, reason: 'NUMBERED_NAME' };
  const worded = dictionary.wordings.get(foldSentence(wording));
  if (worded) return guess(worded, 0.98, 'ITEM_TEXT');
  return { ...ignored('NOT_RECOGNISED'), number, hasWording: wording !== '' };
}

/**
 * What one header says on its own. A header that only carries a number comes back as `ignore` with `number` set:
 * whether it is an item depends on the other columns.
 */
export function recogniseHeader(header: string, dictionary: HeaderDictionary): HeaderGuess {
  const folded = fold(header);
  if (folded === '') return ignored('EMPTY_HEADER');
  const item = dictionary.itemIds.get(folded);
  if (item) return guess(item, 1, 'ITEM_ID');
  const named = nameGuess(folded, dictionary);
  if (named) return named;
  const code = /^[a-z]\d{1,2}[a-z]?(?=$|[.、:)_-])/u.exec(folded)?.[0] ?? '';
  const coded = dictionary.strong.get(code) ?? dictionary.questionCodes.get(code);
  if (coded) return guess(coded, 0.95, 'QUESTION_CODE');
  const worded = dictionary.wordings.get(foldSentence(header));
  if (worded) return guess(worded, 0.95, 'ITEM_TEXT');
  const numbered = numberedHeader(folded);
  return numbered ? numberedGuess(numbered, dictionary) : ignored('NOT_RECOGNISED');
}
