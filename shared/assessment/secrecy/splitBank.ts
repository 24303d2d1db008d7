/** A bank in two parts. References belong to the secret: their titles and facts tell what is right. */
import { z } from 'zod';
import type { BankItem, ItemBank, Reference } from '../bank';
import { itemSecretSchema, joinItem, splitItem } from './splitItem';
import type { ItemSecret } from './splitItem';

export const bankSecretsSchema = z.strictObject({
  items: z.array(
    z.strictObject({ itemId: z.string().min(1), version: z.string().min(1), secret: itemSecretSchema }),
  ),
  references: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .transform((value) => value as unknown as Readonly<Record<string, Reference>>),
});

export interface VersionSecret {
  readonly itemId: string;
  readonly version: string;
  readonly secret: ItemSecret;
}

export interface BankSecrets {
  readonly items: readonly VersionSecret[];
  readonly references: Readonly<Record<string, Reference>>;
}

export interface SplitBank {
  /** Items are question parts, references empty. */
  readonly questions: ItemBank;
  readonly secrets: BankSecrets;
}

/** Names one version of one item among the secrets. */
export const versionKey = (itemId: string, version: string): string => `${itemId}@${version}`;

export function splitBank(bank: ItemBank): SplitBank {
  const split = bank.items.map((item) => ({ item, ...splitItem(item) }));
  return {
    questions: { meta: bank.meta, items: split.map(({ question }) => question), references: {} },
    secrets: {
      items: split.map(({ item, secret }) => ({ itemId: item.id, version: item.version, secret })),
      references: bank.references,
    },
  };
}

/** The whole bank again; null when an item's secret is not among the secrets. */
export function joinBank(questions: ItemBank, secrets: BankSecrets): ItemBank | null {
  const known = new Map(
    secrets.items.map(({ itemId, version, secret }) => [versionKey(itemId, version), secret]),
  );
  const items: BankItem[] = [];
  for (const question of questions.items) {
    const secret = known.get(versionKey(question.id, question.version));
    if (secret === undefined) return null;
    items.push(joinItem(question, secret));
  }
  return { meta: questions.meta, items, references: secrets.references };
}
