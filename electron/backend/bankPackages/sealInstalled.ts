/** An installed bank, as it stands now, into the two files that leave this folder. */
import type { Form } from '@shared/assessment/form';
import { formId } from '@shared/domain/ids';
import type { FormId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import { signingKeyOf } from '../federation/signingKey';
import { findBank } from '../usecases/items/currentBank';
import { loadForm, withKeys } from '../usecases/storedForm';
import type { StoredForm } from '../usecases/storedForm';
import type { Passphrases } from './passphraseRule';
import { keysClosed, readPrivateBank } from './privateBank';
import { sealPackage } from './sealPackage';
import type { SealRequest, SealedBank } from './sealPackage';

export interface SealChoice {
  /** whole: every item; otherwise a station pack of these stored forms. */
  readonly what: 'whole' | { readonly formIds: readonly string[] };
  readonly passphrases: Passphrases;
}

function loadForms(
  context: HostContext,
  bankId: string,
  ids: readonly string[],
): Result<readonly StoredForm[]> {
  const forms: StoredForm[] = [];
  for (const id of ids) {
    const stored = loadForm(context.vault.storage().db, formId.parse(id) satisfies FormId);
    if (!stored.ok) return stored;
    if (stored.value.form.bankId !== bankId) return fail('NOT_FOUND', { what: 'form' });
    const whole = withKeys(context, stored.value);
    if (!whole.ok) return whole;
    forms.push(whole.value);
  }
  return forms.length === 0 ? fail('NOT_FOUND', { what: 'form' }) : ok(forms);
}

/** What is sealed: of a station pack the items as their forms hold them, not as they were edited since. */
function requestOf(
  context: HostContext,
  bankId: string,
  choice: SealChoice,
): Result<Omit<SealRequest, 'signingKey' | 'createdAt'>> {
  const current = findBank(context, bankId);
  const folder = readPrivateBank(context, bankId);
  if (current === null || folder === null) return fail('NOT_FOUND', { what: 'bank' });
  if (current.keys === 'closed') return keysClosed(context, bankId);
  const { bank, blueprints, bankTargets: targets } = current;
  const { warningReasons } = folder;
  const { passphrases, what } = choice;
  const common = { blueprints, warningReasons, passphrases };
  if (what === 'whole') return ok({ ...common, bank, targets, forms: [], scope: 'whole' });
  const stored = loadForms(context, bankId, what.formIds);
  if (!stored.ok) return stored;
  const items = new Map(stored.value.flatMap((each) => each.items.map((item) => [item.id, item])));
  const forms = stored.value.map(({ form }): Form => form);
  return ok({
    ...common,
    bank: { ...bank, items: [...items.values()] },
    targets: null,
    forms,
    scope: 'forms',
  });
}

/**
 * Both files of an installed bank, signed with this folder's key, audited. Fails with NOT_FOUND {what}, BANK_KEYS_CLOSED
 * {bank}, BANK_PASSPHRASE_WEAK, BANK_PASSPHRASES_EQUAL or BANK_TOO_LARGE.
 */
export function sealInstalledBank(
  context: HostContext,
  bankId: string,
  choice: SealChoice,
): Result<SealedBank> {
  const request = requestOf(context, bankId, choice);
  if (!request.ok) return request;
  const storage = context.vault.storage();
  const sealed = sealPackage({
    ...request.value,
    signingKey: signingKeyOf(storage.dataKey),
    createdAt: context.clock().toISOString(),
  });
  if (!sealed.ok) return sealed;
  const { packageId, itemCount, formCount, fingerprint } = sealed.value;
  const detail = { packageId, scope: request.value.scope, itemCount, formCount, signer: fingerprint };
  const audited = appendAudit(storage.db, { action: 'bank.sealed', subject: bankId, detail });
  return audited.ok ? sealed : audited;
}
