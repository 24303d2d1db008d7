/** An installed bank, as it stands now, into the two files that leave this folder. */
import { releaseVersion } from '@shared/assessment/secrecy/bankVersions';
import { formId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../context';
import { appendAudit } from '../database/repositories/audit';
import { getFormRecord } from '../database/repositories/formRecords';
import { signingKeyOf } from '../federation/signingKey';
import { findBank } from '../usecases/items/currentBank';
import { loadForm, withKeys } from '../usecases/storedForm';
import type { StoredForm } from '../usecases/storedForm';
import type { PackedRecord } from './content';
import type { Passphrases } from './passphraseRule';
import { keysClosed, readPrivateBank } from './privateBank';
import { sealPackage } from './sealPackage';
import type { SealRequest, SealedBank } from './sealPackage';
import { stationRecord } from './stationRecord';

export interface SealChoice {
  /** whole: every item; otherwise a station pack of these forms of the form library. */
  readonly what: 'whole' | { readonly formIds: readonly string[] };
  readonly passphrases: Passphrases;
}

interface PackedForm {
  readonly stored: StoredForm;
  readonly record: PackedRecord;
}

/** Only filed forms leave the folder: a station takes its forms from its own library. */
function loadForms(
  context: HostContext,
  bankId: string,
  ids: readonly string[],
): Result<readonly PackedForm[]> {
  const { db } = context.vault.storage();
  const forms: PackedForm[] = [];
  for (const id of ids.map((each) => formId.parse(each))) {
    const record = getFormRecord(db, id);
    const stored = loadForm(db, id);
    if (record?.bankId !== bankId || !stored.ok) return fail('NOT_FOUND', { what: 'form' });
    const whole = withKeys(context, stored.value);
    if (!whole.ok) return whole;
    forms.push({ stored: whole.value, record: stationRecord(record, stored.value.form) });
  }
  return forms.length === 0 ? fail('NOT_FOUND', { what: 'form' }) : ok(forms);
}

type Content = Omit<SealRequest, 'signingKey' | 'createdAt'>;

/** Of a station pack the items as their forms hold them, not as they were edited since. */
function packed(content: Content, forms: readonly PackedForm[]): Content {
  const items = new Map(forms.flatMap(({ stored }) => stored.items.map((item) => [item.id, item])));
  return {
    ...content,
    bank: { ...content.bank, items: [...items.values()] },
    forms: forms.map(({ stored }) => stored.form),
    records: forms.map(({ record }) => record),
    scope: 'forms',
  };
}

function contentOf(context: HostContext, bankId: string, { what, passphrases }: SealChoice): Result<Content> {
  const current = findBank(context, bankId);
  const folder = readPrivateBank(context, bankId);
  if (current === null || folder === null) return fail('NOT_FOUND', { what: 'bank' });
  if (current.keys === 'closed') return keysClosed(context, bankId);
  const { blueprints, bankTargets: targets } = current;
  const { warningReasons } = folder;
  const { meta } = current.bank;
  const bank = { ...current.bank, meta: { ...meta, version: releaseVersion(meta.version) } };
  const whole = { bank, blueprints, targets, warningReasons, passphrases, forms: [], records: [] };
  if (what === 'whole') return ok({ ...whole, scope: 'whole' });
  const forms = loadForms(context, bankId, what.formIds);
  return forms.ok ? ok(packed({ ...whole, scope: 'forms' }, forms.value)) : forms;
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
  const request = contentOf(context, bankId, choice);
  if (!request.ok) return request;
  const storage = context.vault.storage();
  const sealed = sealPackage({
    ...request.value,
    signingKey: signingKeyOf(storage.dataKey),
    createdAt: context.clock().toISOString(),
  });
  if (!sealed.ok) return sealed;
  const { packageId, itemCount, formCount, fingerprint } = sealed.value;
  const detail = {
    packageId,
    scope: request.value.scope,
    itemCount,
    formCount,
    signer: fingerprint,
    role: context.session.role,
  };
  const audited = appendAudit(storage.db, { action: 'bank.sealed', subject: bankId, detail });
  return audited.ok ? sealed : audited;
}
