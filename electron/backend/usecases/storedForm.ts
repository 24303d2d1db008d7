/** A form in the database carries its items whole, so that a later bank cannot change what was asked. */
import { z } from 'zod';
import type { BankItem } from '@shared/assessment/bank';
import { formSchema } from '@shared/assessment/form';
import type { Form } from '@shared/assessment/form';
import { scoringBasis } from '@shared/assessment/keyChange';
import { formId } from '@shared/domain/ids';
import type { FormId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { ReadableDb, WritableDb } from '../database/connection';
import type { JsonValue } from '../database/json';
import { getForm, saveForm } from '../database/repositories/forms';
import { listKeyChanges } from '../database/repositories/keyChanges';

export interface StoredForm {
  readonly form: Form;
  readonly items: readonly BankItem[];
}

const storedForm = z.object({ form: formSchema, items: z.array(z.custom<BankItem>()) });

export function storeForm(db: WritableDb, stored: StoredForm): Result<FormId> {
  const id = formId.parse(stored.form.id);
  return getForm(db, id) === null ? saveForm(db, id, stored as unknown as JsonValue) : ok(id);
}

/** Fails with NOT_FOUND when the survey has no form. */
export function loadForm(db: ReadableDb, id: FormId | null): Result<StoredForm> {
  const document = id === null ? null : getForm(db, id);
  return document === null ? fail('NOT_FOUND', { what: 'form' }) : ok(storedForm.parse(document));
}

/** What answers to a form are scored by today: corrected keys, withdrawn items left out. */
export const scoringBasisOf = (db: ReadableDb, stored: StoredForm): StoredForm =>
  scoringBasis(stored, listKeyChanges(db));
