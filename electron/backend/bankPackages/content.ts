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
import { jsonValue } from '../database/json';
import { isReadableQuestion } from '@shared/assessment/secrecy/questionPart';

const salt = z.string().regex(/^[0-9a-f]{64}$/);

const questionPart = z.custom<BankItem>((value) => isReadableQuestion(value));

/** A record of the form library; its document is read by the library that files it. */
const packedRecord = z.strictObject({
  formId: z.string(),
  title: z.string().min(1),
  setId: z.string(),
  seed: z.int().min(0),
  document: jsonValue,
});
export type PackedRecord = z.infer<typeof packedRecord>;

export const questionsContent = z.strictObject({
  content: z.literal('questions'),
  salt,
  meta: bankSchema,
  items: z.array(questionPart),
  blueprints: z.array(blueprintSchema),
  targets: bankTargetsSchema.nullable(),
  /** Ready forms; a station pack holds only the items of these. */
  forms: z.array(formSchema),
  /** What the form library keeps of the forms. */
  records: z.array(packedRecord),
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
  readonly records: readonly PackedRecord[];
}

/** False for ids used twice, a public bank, forms of another bank or of items that are not there, records without form. */
export function isConsistent({ meta, items, forms, records }: QuestionsContent): boolean {
  const ids = new Set(items.map(({ id }) => id));
  const versions = new Set(items.map(({ id, version }) => `${id}@${version}`));
  return (
    ids.size === items.length &&
    !meta.isPublic &&
    records.every(({ formId }) => forms.some(({ id }) => id === formId)) &&
    forms.every(
      ({ bankId, entries }) =>
        bankId === meta.id && entries.every((each) => versions.has(`${each.itemId}@${each.itemVersion}`)),
    )
  );
}
