/** What the two parts of a bank package hold, inside the encryption. A random salt keeps equal contents unlike. */
import { z } from 'zod';
import type { BankItem, BankMeta } from '@shared/assessment/bank';
import { bankSchema } from '@shared/assessment/bank';
import { warningReasonsSchema } from '@shared/assessment/bankReport';
import type { BankTargets } from '@shared/assessment/bankSummary';
import { bankTargetsSchema } from '@shared/assessment/bankSummary';
import type { Blueprint } from '@shared/assessment/blueprint';
import { blueprintSchema } from '@shared/assessment/blueprint';
import { formSchema } from '@shared/assessment/form';
import type { Form } from '@shared/assessment/form';
import { bankSecretsSchema } from '@shared/assessment/secrecy/splitBank';
import { isReadableQuestion } from '@shared/assessment/secrecy/questionPart';

const salt = z.string().regex(/^[0-9a-f]{64}$/);

const questionPart = z.custom<BankItem>((value) => isReadableQuestion(value));

export const questionsContent = z.strictObject({
  content: z.literal('questions'),
  salt,
  meta: bankSchema,
  items: z.array(questionPart),
  blueprints: z.array(blueprintSchema),
  targets: bankTargetsSchema.nullable(),
  /** Ready forms; a station pack holds only the items of these. */
  forms: z.array(formSchema),
});

export const keysContent = z.strictObject({
  content: z.literal('keys'),
  salt,
  secrets: bankSecretsSchema,
  /** Why warnings of the checklist are accepted; the reasons may speak of keys. */
  warningReasons: warningReasonsSchema,
});
export type KeysContent = z.infer<typeof keysContent>;

export interface QuestionsContent {
  readonly content: 'questions';
  readonly salt: string;
  readonly meta: BankMeta;
  readonly items: readonly BankItem[];
  readonly blueprints: readonly Blueprint[];
  readonly targets: BankTargets | null;
  readonly forms: readonly Form[];
}

/** Items of forms that the content does not hold, ids used twice, and forms of another bank. */
export function isConsistent({ meta, items, forms }: QuestionsContent): boolean {
  const ids = new Set(items.map(({ id }) => id));
  const versions = new Set(items.map(({ id, version }) => `${id}@${version}`));
  return (
    ids.size === items.length &&
    !meta.isPublic &&
    forms.every(
      ({ bankId, entries }) =>
        bankId === meta.id && entries.every((each) => versions.has(`${each.itemId}@${each.itemVersion}`)),
    )
  );
}
