/** The form library (卷库): filing the forms of an assembly, list, detail, 停用. */
import { formReport } from '@shared/assessment/formReport';
import { formContent } from '@shared/assessment/form';
import { verifyFormSet } from '@shared/assessment/verifyFormSet';
import type { FormUse } from '@shared/assessment/exposure';
import { formSet } from '@shared/contract/areas/forms';
import type { FormDetail, FormRecord } from '@shared/contract/areas/forms';
import type { Input } from '@shared/contract/contract';
import type { FormId } from '@shared/domain/ids';
import { formId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { z } from 'zod';
import type { HostContext } from '../../context';
import type { JsonValue } from '../../database/json';
import { appendAudit } from '../../database/repositories/audit';
import {
  fileForm,
  getFormRecord,
  listFormRecords,
  listFormStatuses,
  setFormStatus,
} from '../../database/repositories/formRecords';
import type { StoredFormRecord } from '../../database/repositories/formRecords';
import { listFormUses } from '../../database/repositories/formUses';
import { sha256 } from '../../registry/registry';
import { anchoredBank } from '../assembleForms';
import { findBank, withKeys as bankWithKeys } from '../items/currentBank';
import { keepsBank } from '../items/itemViews';
import type { StoredForm } from '../storedForm';
import { loadForm, storeForm, withKeys } from '../storedForm';
import { keptAssembly } from './assemblySession';
import type { AssembledSet } from './assemblySession';
import { restingCount, thisYear } from './exposure';
import { formItemsView } from './formItems';

/** What a record keeps beside its own columns. */
const recordDocument = z.object({
  set: formSet,
  report: formReport,
  /** Items that stand on the form as anchors: the exposure rules read this. */
  anchorIds: z.array(z.string()),
});
export type RecordDocument = z.infer<typeof recordDocument>;

export const documentOf = ({ document }: Pick<StoredFormRecord, 'document'>): RecordDocument =>
  recordDocument.parse(document);

function toRecord(stored: StoredFormRecord, uses: readonly FormUse[], year: number): FormRecord {
  const { set, report, anchorIds } = documentOf(stored);
  const own = uses.find((use) => use.formId === stored.formId)?.itemIds ?? [];
  return {
    formId: stored.formId,
    title: stored.title,
    status: stored.status,
    statusReason: stored.statusReason,
    set,
    report,
    filedBy: stored.filedBy,
    filedAt: stored.filedAt,
    surveys: [...stored.surveys],
    restingCount: restingCount(
      uses,
      year,
      own.filter((itemId) => !anchorIds.includes(itemId)),
    ),
  };
}

/** How often each key stands on a form of a private bank is told to those who keep the bank only. */
const shownTo = (context: HostContext, record: FormRecord): FormRecord =>
  record.set.isPublicBank || keepsBank(context)
    ? record
    : { ...record, report: { ...record.report, keyBalance: [] } };

/** The library, newest first; a record this version cannot read is left out. */
export function formRecords(context: HostContext): FormRecord[] {
  const { db } = context.vault.storage();
  const [uses, year] = [listFormUses(db), thisYear(context)];
  return listFormRecords(db)
    .filter(({ document }) => recordDocument.safeParse(document).success)
    .map((record) => shownTo(context, toRecord(record, uses, year)));
}

function fingerprintOf(context: HostContext, stored: StoredForm): FormDetail['fingerprint'] {
  const whole = withKeys(context, stored);
  if (!whole.ok) return 'keysClosed';
  const { form, items } = whole.value;
  return sha256(formContent(form, items)) === form.contentHash ? 'matches' : 'differs';
}

/** Failures: NOT_FOUND. */
export function formDetail(context: HostContext, id: FormId): Result<FormDetail> {
  const { db } = context.vault.storage();
  const record = getFormRecord(db, id);
  const stored = loadForm(db, id);
  if (record === null || !stored.ok) return fail('NOT_FOUND', { what: 'form' });
  const { anchorIds } = documentOf(record);
  const { form, items } = stored.value;
  return ok({
    record: shownTo(context, toRecord(record, listFormUses(db), thisYear(context))),
    items: formItemsView(context, form, { items, anchorIds }),
    fingerprint: fingerprintOf(context, stored.value),
    statuses: [...listFormStatuses(db, id)],
  });
}

/** The bank the forms were assembled from; FORM_BANK_CHANGED when they are no lawful forms of it any more. */
function bankOfSet(context: HostContext, { set, forms }: AssembledSet) {
  const found = findBank(context, set.bankId);
  if (found === null) return fail('NOT_FOUND', { what: 'bank' });
  const current = bankWithKeys(found);
  if (!current.ok) return current;
  const blueprint = current.value.blueprints.find(({ id }) => id === set.blueprintId);
  if (blueprint === undefined) return fail('NOT_FOUND', { what: 'blueprint' });
  const { bank } = anchoredBank(current.value.bank, blueprint, set.request.anchors);
  const violations = verifyFormSet(
    forms.map(({ form }) => form),
    { bank, blueprint, hash: sha256 },
  );
  return violations.length === 0 ? ok(bank) : fail('FORM_BANK_CHANGED');
}

type Filing = Input<'form/createRecords'>;

function fileOne(
  context: HostContext,
  assembled: AssembledSet & { readonly stored: StoredForm },
  { title, by }: { readonly title: string; readonly by: string },
): Result<FormId> {
  const { db } = context.vault.storage();
  const { set, forms, stored } = assembled;
  const report = forms.find(({ form }) => form.id === stored.form.id)?.report;
  if (report === undefined) return fail('NOT_FOUND', { what: 'form' });
  const kept = storeForm(context, stored);
  if (!kept.ok) return kept;
  const document: RecordDocument = { set, report, anchorIds: set.anchorIds };
  const filed = fileForm(db, {
    formId: kept.value,
    title,
    bankId: set.bankId,
    blueprintId: set.blueprintId,
    setId: set.setId,
    seed: set.request.seed,
    document: document as unknown as JsonValue,
    filedBy: by,
  });
  if (!filed.ok) return filed;
  const detail = { title, by, bankId: set.bankId, blueprintId: set.blueprintId, setId: set.setId };
  const audited = appendAudit(db, { action: 'form.filed', subject: kept.value, detail });
  return audited.ok ? filed : audited;
}

/**
 * Files chosen forms of the newest assembly, all or none. Failures: NOT_FOUND (no such assembly or form),
 * BANK_KEYS_CLOSED, FORM_BANK_CHANGED, FORM_ALREADY_FILED {title}, and those of the storage.
 */
export function fileForms(context: HostContext, { setId, forms, by }: Filing): Result<FormRecord[]> {
  const assembled = keptAssembly(context);
  if (assembled?.set.setId !== setId) return fail('NOT_FOUND', { what: 'form' });
  const bank = bankOfSet(context, assembled);
  if (!bank.ok) return bank;
  const byId = new Map(bank.value.items.map((item) => [item.id, item]));
  const filed = context.vault.storage().db.transact((): Result<null> => {
    for (const { formId: id, title } of forms) {
      const form = assembled.forms.find((each) => each.form.id === id)?.form;
      if (form === undefined) return fail('NOT_FOUND', { what: 'form' });
      const items = form.entries.flatMap(({ itemId }) => byId.get(itemId) ?? []);
      const stored: StoredForm = { form, items, keys: 'present' };
      const done = fileOne(context, { ...assembled, stored }, { title, by });
      if (!done.ok) return done;
    }
    return ok(null);
  });
  if (!filed.ok) return filed;
  const ids = new Set(forms.map(({ formId: id }) => id));
  return ok(formRecords(context).filter((record) => ids.has(record.formId)));
}

/** 停用, or 可用 again. Failures: NOT_FOUND, and those of the storage. */
export function changeFormStatus(
  context: HostContext,
  { formId: id, status, by, reason }: Input<'form/updateStatus'>,
): Result<FormDetail> {
  const { db } = context.vault.storage();
  if (getFormRecord(db, id) === null) return fail('NOT_FOUND', { what: 'form' });
  const changed = db.transact(() => {
    const set = setFormStatus(db, { formId: formId.parse(id), status, setBy: by, reason });
    if (!set.ok) return set;
    const action = status === 'retired' ? 'form.retired' : 'form.returned';
    return appendAudit(db, { action, subject: id, detail: { by, reason } });
  });
  return changed.ok ? formDetail(context, id) : changed;
}
