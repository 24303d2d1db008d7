/**
 * Many items into the bank in use: judged in slices so that the host stays awake, stored all or none with their
 * sources in one transaction, and an import is a record of its own that an undo can refer to.
 */
import { randomUUID } from 'node:crypto';
import type { ItemBank, Reference } from '@shared/assessment/bank';
import { canonicalJson } from '@shared/assessment/canonicalJson';
import { missingReferenceId } from '@shared/assessment/exchange/completeItem';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { saveItemImport } from '../../database/repositories/itemImports';
import type { ImportedEntry, ItemImportDocument } from '../../database/repositories/itemImports';
import type { JobHandle } from '../../host/jobs';
import { currentBank, withKeys } from './currentBank';
import type { CurrentBank } from './currentBank';
import { judgeTransferred, transferSetting } from './judgeTransfer';
import type { ItemTransfer, JudgedItem } from './judgeTransfer';
import { recordReference } from './references';
import { referenceVersions } from './referenceStore';
import { recordEdit } from './saveItem';

/** Items judged between two looks at 取消. */
const sliceLength = 10;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A list judged against the bank as it stood; fails with CANCELLED. */
async function judgeAll(
  context: HostContext,
  current: CurrentBank,
  transfer: ItemTransfer,
  job: JobHandle | null,
): Promise<Result<readonly JudgedItem[]>> {
  const setting = transferSetting(context, current, transfer);
  const judged: JudgedItem[] = [];
  for (const [place, value] of transfer.items.entries()) {
    if (place % sliceLength === 0) {
      await breathe();
      if (job?.signal.aborted === true) return fail('CANCELLED');
      job?.report('judging', place / transfer.items.length);
    }
    judged.push(judgeTransferred(setting, value, place));
  }
  return ok(judged);
}

export interface TransferredReference {
  readonly referenceId: string;
  readonly reference: Reference;
  readonly effect: 'new' | 'version';
}

/** Sources of the list that the bank lacks or has otherwise; the stand-in for a missing source stays as it is. */
function newReferences(bank: ItemBank, references: ItemBank['references']): readonly TransferredReference[] {
  return Object.entries(references).flatMap(([referenceId, reference]): TransferredReference[] => {
    const known = bank.references[referenceId];
    if (known === undefined) return [{ referenceId, reference, effect: 'new' }];
    const isSame = referenceId === missingReferenceId || canonicalJson(known) === canonicalJson(reference);
    return isSame ? [] : [{ referenceId, reference, effect: 'version' }];
  });
}

export interface CheckedTransfer {
  readonly items: readonly JudgedItem[];
  readonly references: readonly TransferredReference[];
  /** The bank it was judged against. */
  readonly current: CurrentBank;
}

/**
 * What an import of these items would do, item by item and source by source; nothing is stored. Fails with
 * BANK_KEYS_CLOSED or CANCELLED.
 */
export async function checkItems(
  context: HostContext,
  transfer: ItemTransfer,
  job: JobHandle | null = null,
): Promise<Result<CheckedTransfer>> {
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const current = opened.value;
  const items = await judgeAll(context, current, transfer, job);
  if (!items.ok) return items;
  return ok({ items: items.value, references: newReferences(current.bank, transfer.references), current });
}

export interface ItemImport extends ItemTransfer {
  /** Where they came from, for the history of every item, e.g. the name of a file. */
  readonly origin: string;
  readonly by: string;
}

export interface ImportedItems {
  readonly importId: string;
  readonly newCount: number;
  readonly versionCount: number;
  readonly sameCount: number;
  /** Sources added or changed. */
  readonly referenceCount: number;
}

type Origin = Pick<ItemImport, 'origin' | 'by'>;

function storeReferences(
  context: HostContext,
  { references, current }: CheckedTransfer,
  { origin, by }: Origin,
): Result<ItemImportDocument['references']> {
  const bankId = current.bank.meta.id;
  const known = referenceVersions(context, bankId);
  const stored: { referenceId: string; version: number }[] = [];
  for (const { referenceId, reference } of references) {
    const previousVersion = known.get(referenceId)?.at(-1)?.version ?? null;
    const change = { referenceId, previousVersion, reference, by, note: `导入：${origin}` };
    const version = recordReference(context, bankId, change);
    if (!version.ok) return version;
    stored.push({ referenceId, version: version.value });
  }
  return ok(stored);
}

function storeItems(
  context: HostContext,
  { items, current }: CheckedTransfer,
  { origin, by }: Origin,
): Result<readonly ImportedEntry[]> {
  const bankId = current.bank.meta.id;
  const stored: ImportedEntry[] = [];
  for (const { item, effect } of items) {
    if (item === null || effect === 'same' || effect === 'refused') continue;
    const state = current.states.get(item.id) ?? null;
    const edit = { bankId, state, item, origin: 'import', by, note: `导入：${origin}` } as const;
    const saved = recordEdit(context, edit);
    if (!saved.ok) return saved;
    stored.push({ ...saved.value, effect });
  }
  return ok(stored);
}

/** Everything of a checked list in one transaction. */
function store(context: HostContext, checked: CheckedTransfer, origin: Origin): Result<ImportedItems> {
  const { db } = context.vault.storage();
  const bankId = checked.current.bank.meta.id;
  const importId = randomUUID();
  const countOf = (wanted: JudgedItem['effect']): number =>
    checked.items.filter(({ effect }) => effect === wanted).length;
  return db.transact(() => {
    const references = storeReferences(context, checked, origin);
    if (!references.ok) return references;
    const items = storeItems(context, checked, origin);
    if (!items.ok) return items;
    const document = { items: items.value, references: references.value };
    const { origin: fileName, by } = origin;
    const saved = saveItemImport(db, { importId, bankId, fileName, document, importedBy: by });
    if (!saved.ok) return saved;
    const counts = {
      newCount: countOf('new'),
      versionCount: countOf('version'),
      sameCount: countOf('same'),
      referenceCount: references.value.length,
    };
    const detail = { importId, ...counts, ...origin };
    const audited = appendAudit(db, { action: 'items.imported', subject: bankId, detail });
    return audited.ok ? ok({ importId, ...counts }) : audited;
  });
}

/**
 * Stores all items as 草稿 with their sources, or nothing: new items as 1.0.0, known ones as their next version,
 * equal ones not at all. Fails with BANK_KEYS_CLOSED, CANCELLED, IMPORT_HAS_ERRORS {count} (`checkItems` says which
 * and why), or ITEM_CHANGED_MEANWHILE when somebody saved one of them while they were judged.
 */
export async function importItems(
  context: HostContext,
  { origin, by, ...transfer }: ItemImport,
  job: JobHandle | null = null,
): Promise<Result<ImportedItems>> {
  const checked = await checkItems(context, transfer, job);
  if (!checked.ok) return checked;
  const count = checked.value.items.filter(({ effect }) => effect === 'refused').length;
  if (count > 0) return fail('IMPORT_HAS_ERRORS', { count });
  job?.report('storing', 1);
  await breathe();
  return store(context, checked.value, { origin, by });
}
