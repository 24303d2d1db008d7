/**
 * A form in the database carries its items whole, so that a later bank cannot change what was asked. Of a private bank
 * it carries the question parts only; what is right is joined from the bank's secrets while they are open.
 */
import { z } from 'zod';
import type { BankItem } from '@shared/assessment/bank';
import { formSchema } from '@shared/assessment/form';
import type { Form } from '@shared/assessment/form';
import { scoringBasis } from '@shared/assessment/keyChange';
import { isQuestionPart, joinItem, splitItem } from '@shared/assessment/secrecy/splitItem';
import { formId } from '@shared/domain/ids';
import type { FormId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { isPrivateBank, keysClosed } from '../bankPackages/privateBank';
import { isSealedChange, openedKeyChanges, recordSecret, secretOf } from '../bankPackages/secrets';
import type { HostContext } from '../context';
import type { ReadableDb } from '../database/connection';
import type { JsonValue } from '../database/json';
import { getForm, saveForm } from '../database/repositories/forms';

export interface StoredForm {
  readonly form: Form;
  readonly items: readonly BankItem[];
  /** closed: items are question parts, their keys empty. */
  readonly keys: 'present' | 'closed';
}

const storedForm = z
  .object({
    form: formSchema,
    items: z.array(z.custom<BankItem>()),
    /** Of a private bank: without keys. */
    sealed: z.boolean().optional(),
  })
  .transform(({ form, items, sealed }): StoredForm => ({
    form,
    items,
    keys: sealed === true ? 'closed' : 'present',
  }));

/** Secrets of items that carry them go under the bank's key, where they are not there already. */
function sealForm(
  context: HostContext,
  { form, items }: Pick<StoredForm, 'form' | 'items'>,
): Result<JsonValue> {
  const questions: BankItem[] = [];
  for (const item of items) {
    const { question, secret } = splitItem(item);
    questions.push(question);
    if (isQuestionPart(item) || secretOf(context, form.bankId, item) !== null) continue;
    const { id, version } = item;
    const recorded = recordSecret(context, form.bankId, { itemId: id, version, secret });
    if (!recorded.ok) return recorded;
  }
  return ok({ form, items: questions, sealed: true } as unknown as JsonValue);
}

/**
 * Stores a form once; of a private bank only its question parts. Fails with BANK_KEYS_CLOSED {bank} when a secret would
 * have to be sealed and cannot.
 */
export function storeForm(context: HostContext, stored: Pick<StoredForm, 'form' | 'items'>): Result<FormId> {
  const { db } = context.vault.storage();
  const id = formId.parse(stored.form.id);
  if (getForm(db, id) !== null) return ok(id);
  return db.transact(() => {
    const { form, items } = stored;
    const document: Result<JsonValue> = isPrivateBank(context, form.bankId)
      ? sealForm(context, stored)
      : ok({ form, items } as unknown as JsonValue);
    return document.ok ? saveForm(db, id, document.value) : document;
  });
}

/** For showing questions: a form of a private bank has no keys here. Fails with NOT_FOUND when there is no form. */
export function loadForm(db: ReadableDb, id: FormId | null): Result<StoredForm> {
  const document = id === null ? null : getForm(db, id);
  return document === null ? fail('NOT_FOUND', { what: 'form' }) : ok(storedForm.parse(document));
}

/** A loaded form with its keys as they were when it was made. Fails with BANK_KEYS_CLOSED {bank}. */
export function withKeys(context: HostContext, stored: StoredForm): Result<StoredForm> {
  if (stored.keys === 'present') return ok(stored);
  const { bankId } = stored.form;
  const items: BankItem[] = [];
  for (const question of stored.items) {
    const secret = secretOf(context, bankId, question);
    if (secret === null) return keysClosed(context, bankId);
    items.push(joinItem(question, secret));
  }
  return ok({ ...stored, items, keys: 'present' });
}

/**
 * As `withKeys`, corrected and without withdrawn items: what answers to the form are scored by today. Fails with
 * BANK_KEYS_CLOSED {bank}, also while a correction of one of its items is sealed with a key that is closed.
 */
export function scoringBasisOf(context: HostContext, stored: StoredForm): Result<StoredForm> {
  const whole = withKeys(context, stored);
  if (!whole.ok) return whole;
  const asked = new Set(stored.items.map(({ id }) => id));
  const changes = openedKeyChanges(context).filter(({ itemId }) => asked.has(itemId));
  if (changes.some(isSealedChange)) return keysClosed(context, stored.form.bankId);
  return ok({ ...scoringBasis(whole.value, changes), keys: 'present' });
}

/** Enough to score imported 0/1 marks without any key: the form without its withdrawn items. */
export const markingBasisOf = (context: HostContext, stored: StoredForm): StoredForm => ({
  ...scoringBasis(
    stored,
    openedKeyChanges(context).filter(({ change }) => change.kind === 'withdrawn'),
  ),
  keys: stored.keys,
});

/**
 * The form answers are scored by: keys joined when they are open in this session, corrections applied, withdrawn items
 * left out. Fails with NOT_FOUND, or BANK_KEYS_CLOSED {bank} while the keys of its bank are closed.
 */
export function scoringForm(context: HostContext, id: FormId | null): Result<StoredForm> {
  const stored = loadForm(context.vault.storage().db, id);
  return stored.ok ? scoringBasisOf(context, stored.value) : stored;
}
