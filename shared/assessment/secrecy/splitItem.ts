/**
 * An item in two parts: the question, which a station shows, and the secret, which tells what is right. Every field of
 * an item stands in the table below; a field added to the item does not compile before somebody decides about it.
 */
import { z } from 'zod';
import { omit } from '../../domain/omit';
import type { BankItem } from '../bank';
import type { Item } from '../item';

/**
 * Where a field goes. question: what is shown, what a form is assembled by (place, type, difficulty, time, coverage)
 * and who wrote it. secret: the key, what explains it,, every free text or digest a key could be read from, and
 * the enemies, which name items of the bank a station does not hold. both: options lose their misconceptions, difficulty its reasons.
 */
const parts = {
  id: 'question',
  version: 'question',
  lang: 'question',
  status: 'question',
  dimension: 'question',
  benchmark: 'question',
  area: 'question',
  topics: 'question',
  cognitive: 'question',
  knowledge: 'question',
  type: 'question',
  stimulus: 'question',
  stem: 'question',
  options: 'both',
  targets: 'question',
  dk: 'question',
  shuffle: 'question',
  scoring: 'question',
  difficulty: 'both',
  irt: 'question',
  time_sec: 'question',
  anchor: 'question',
  exposure: 'question',
  authors: 'question',
  review_due: 'question',
  pisa: 'question',
  key: 'secret',
  enemies: 'secret',
  rationale: 'secret',
  references: 'secret',
  status_note: 'secret',
  access: 'secret',
  sensitivity: 'secret',
  reviews: 'secret',
  history: 'secret',
  stats: 'secret',
  hash: 'secret',
} as const satisfies Record<keyof Item, 'question' | 'secret' | 'both'>;

/** An item without anything that tells its key: `key` and `references` empty, the other secret fields absent. */
export type QuestionPart = BankItem;

type SecretFields = Pick<
  Item,
  | 'key'
  | 'rationale'
  | 'references'
  | 'enemies'
  | 'status_note'
  | 'access'
  | 'sensitivity'
  | 'reviews'
  | 'history'
  | 'stats'
  | 'hash'
>;

export interface ItemSecret extends SecretFields {
  /** By option letter; options without one are left out. */
  readonly misconceptions: Readonly<Record<string, string>>;
  /** Reasons of the difficulty prior. */
  readonly basis: string;
}

export interface SplitItem {
  readonly question: QuestionPart;
  readonly secret: ItemSecret;
}

const secretFields = Object.entries(parts).flatMap(([field, part]) =>
  part === 'secret' ? [field as keyof SecretFields] : [],
);

/** Shape of a stored secret; the item joined from it is what `itemSchema` judges. */
export const itemSecretSchema = z
  .looseObject({
    key: z.array(z.string()).min(1),
    references: z.array(z.unknown()),
    misconceptions: z.record(z.string(), z.string()),
    basis: z.string(),
  })
  .transform((value) => value as unknown as ItemSecret);

/** Takes an item apart; `joinItem` gives it back unchanged. */
export function splitItem(item: BankItem): SplitItem {
  const { options, difficulty } = item;
  const question: QuestionPart = {
    ...omit(item, ...secretFields, 'options'),
    key: [],
    references: [],
    difficulty: { ...difficulty, basis: '' },
    ...(options === undefined ? {} : { options: options.map(({ id, text }) => ({ id, text })) }),
  };
  const own = Object.fromEntries(
    secretFields.flatMap((field) => (item[field] === undefined ? [] : [[field, item[field]]])),
  ) as unknown as SecretFields;
  const misconceptions = Object.fromEntries(
    (options ?? []).flatMap(({ id, misconception }) =>
      misconception === undefined ? [] : [[id, misconception]],
    ),
  );
  return { question, secret: { ...own, misconceptions, basis: difficulty.basis } };
}

/** The whole item again. */
export function joinItem(question: QuestionPart, secret: ItemSecret): BankItem {
  const { misconceptions, basis, ...own } = secret;
  const { options } = question;
  return {
    ...omit(question, 'options'),
    ...own,
    difficulty: { ...question.difficulty, basis },
    ...(options === undefined
      ? {}
      : {
          options: options.map((option) => {
            const misconception = misconceptions[option.id];
            return misconception === undefined ? option : { ...option, misconception };
          }),
        }),
  };
}

/** Whether this is a question part: nothing in it belongs to the secret. */
export function isQuestionPart(item: BankItem): boolean {
  const hasSecret = secretFields.some((field) => {
    const value = item[field];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  const tells = (item.options ?? []).some(({ misconception }) => misconception !== undefined);
  return !hasSecret && !tells && item.difficulty.basis === '';
}
