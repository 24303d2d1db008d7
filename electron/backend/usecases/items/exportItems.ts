/** Items out of the bank in use, with their keys: as a workbook of the template's layout, or a QTI 3 package. */
import type { BankItem } from '@shared/assessment/bank';
import { exportQti } from '@shared/assessment/exchange/qti3';
import type { ItemSet } from '@shared/assessment/exchange/writeItemTable';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { packStored } from '../../workbooks/storedZip';
import { traceKeyViews } from '../banks/keyViews';
import { itemWorkbook } from '../itemExchange';
import { currentBank, withKeys } from './currentBank';

export interface ExportRequest {
  /** All of them when null; numbers nobody knows are left out. */
  readonly itemIds: readonly string[] | null;
  /** Name of who takes the items out; '' when none was given. */
  readonly viewer: string;
}

/** Of several versions of one material the one of items still in use counts. */
const retiredFirst = (items: readonly BankItem[]): readonly BankItem[] => [
  ...items.filter(({ status }) => status === 'retired'),
  ...items.filter(({ status }) => status !== 'retired'),
];

/**
 * Items as they stand now, with keys and whole materials, and the sources they cite: only for whoever keeps the bank.
 * The export is audited, in a private bank item by item. Fails with BANK_KEYS_CLOSED.
 */
export function exportItems(context: HostContext, { itemIds, viewer }: ExportRequest): Result<ItemSet> {
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const { bank } = opened.value;
  const chosen = itemIds === null ? null : new Set(itemIds);
  const items = bank.items.filter(({ id }) => chosen?.has(id) ?? true);
  const current = new Map(
    retiredFirst(items).flatMap(({ stimulus }) => (stimulus ? [[stimulus.id, stimulus] as const] : [])),
  );
  const whole = items.map((item): BankItem => {
    const stimulus = current.get(item.stimulus?.id ?? '');
    return stimulus === undefined ? item : { ...item, stimulus };
  });
  const cited = new Set(items.flatMap(({ references }) => references.map(({ ref }) => ref)));
  const references = Object.fromEntries(Object.entries(bank.references).filter(([id]) => cited.has(id)));
  const detail = { count: items.length, role: context.session.role, by: viewer };
  const { db } = context.vault.storage();
  return db.transact(() => {
    const traced = traceKeyViews(context, { bank: bank.meta, items, via: 'export', viewer });
    if (!traced.ok) return traced;
    const audited = appendAudit(db, { action: 'items.exported', subject: bank.meta.id, detail });
    return audited.ok ? ok({ items: whole, references }) : audited;
  });
}

export interface ExportedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

const nameOf = (context: HostContext): string => currentBank(context).bank.meta.title;

/** A workbook that imports to the same items. Failures as `exportItems`. */
export function exportWorkbook(context: HostContext, request: ExportRequest): Result<ExportedFile> {
  const exported = exportItems(context, request);
  if (!exported.ok) return exported;
  return ok({ fileName: `${nameOf(context)}-题目（含答案）.xlsx`, bytes: itemWorkbook(exported.value) });
}

export interface QtiPackage extends ExportedFile {
  readonly exportedCount: number;
  /** Ordering and matching items: choice interactions cannot hold them. */
  readonly skippedIds: readonly string[];
}

/** A QTI 3.0 content package as one zip file. Failures as `exportItems`. */
export function exportQtiPackage(context: HostContext, request: ExportRequest): Result<QtiPackage> {
  const exported = exportItems(context, request);
  if (!exported.ok) return exported;
  const { items } = exported.value;
  const { files, skippedIds } = exportQti(items);
  const entries = files.map(({ name, content }) => [name, Buffer.from(content)] as const);
  return ok({
    fileName: `${nameOf(context)}-QTI（含答案）.zip`,
    bytes: packStored(new Map(entries)),
    exportedCount: items.length - skippedIds.length,
    skippedIds,
  });
}
