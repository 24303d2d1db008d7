/**
 * Imports of items and their undo. Nothing is deleted: new items retire, known ones get their earlier content back as
 * a further version, and whatever somebody worked on since stays as it is and is named.
 */
import type { ItemImportRow } from '@shared/contract/areas/itemTransfer';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { listItemImports, saveItemImportUndo } from '../../database/repositories/itemImports';
import type { ImportedEntry, StoredItemImport } from '../../database/repositories/itemImports';
import { setItemStatus } from '../../database/repositories/items';
import { currentBank, withKeys } from './currentBank';
import type { CurrentBank, ItemState } from './currentBank';
import { recordEdit, wasAsked } from './saveItem';

/** The state an undo would take back; null when somebody worked on the item since, or asked it. */
function undoable(context: HostContext, current: CurrentBank, entry: ImportedEntry): ItemState | null {
  const state = current.states.get(entry.itemId);
  const isUntouched = state?.item.version === entry.version && state.setStatus === 'draft';
  return state !== undefined && isUntouched && !wasAsked(context, entry.itemId) ? state : null;
}

function rowOf(context: HostContext, current: CurrentBank, stored: StoredItemImport): ItemImportRow {
  const { importId, fileName, importedBy, recordedAt, document, undo } = stored;
  const { items, references } = document;
  const isOpen = undo === null;
  const undoableCount = isOpen
    ? items.filter((entry) => undoable(context, current, entry) !== null).length
    : 0;
  return {
    importId,
    fileName,
    importedBy,
    importedAt: recordedAt,
    newCount: items.filter(({ effect }) => effect === 'new').length,
    versionCount: items.filter(({ effect }) => effect === 'version').length,
    referenceCount: references.length,
    itemIds: items.map(({ itemId }) => itemId),
    undoableCount,
    keptCount: isOpen ? items.length - undoableCount : 0,
    undo:
      undo === null
        ? null
        : {
            undoneBy: undo.undoneBy,
            reason: undo.reason,
            undoneAt: undo.recordedAt,
            keptIds: [...undo.keptIds],
          },
  };
}

/** Imports into the bank in use, newest first. */
export function itemImports(context: HostContext): ItemImportRow[] {
  const current = currentBank(context);
  return listItemImports(context.vault.storage().db, current.bank.meta.id).map((stored) =>
    rowOf(context, current, stored),
  );
}

export interface ImportUndo {
  readonly importId: string;
  readonly by: string;
  readonly reason: string;
}

function takeBack(
  context: HostContext,
  bankId: string,
  { effect, itemId }: ImportedEntry,
  { state, by, reason }: { readonly state: ItemState } & Pick<ImportUndo, 'by' | 'reason'>,
): Result<unknown> {
  const note = `撤回导入：${reason}`;
  const before = state.versions.at(-2)?.item;
  if (effect === 'version' && before !== undefined)
    return recordEdit(context, { bankId, state, item: before, origin: 'edit', by, note });
  const { version } = state.item;
  const { db } = context.vault.storage();
  const set = setItemStatus(db, { itemId, version, status: 'retired', setBy: by, reason: note });
  if (!set.ok) return set;
  const detail = { version, from: 'draft', to: 'retired', by };
  return appendAudit(db, { action: 'item.status', subject: itemId, detail });
}

/** Failures: NOT_FOUND (unknown, or undone before), BANK_KEYS_CLOSED. */
export function undoItemImport(context: HostContext, undo: ImportUndo): Result<ItemImportRow[]> {
  const { importId, by, reason } = undo;
  const opened = withKeys(currentBank(context));
  if (!opened.ok) return opened;
  const current = opened.value;
  const bankId = current.bank.meta.id;
  const { db } = context.vault.storage();
  const stored = listItemImports(db, bankId).find((each) => each.importId === importId);
  if (stored === undefined || stored.undo !== null) return fail('NOT_FOUND', { what: 'itemImport' });
  const keptIds: string[] = [];
  const undone = db.transact(() => {
    for (const entry of stored.document.items) {
      const state = undoable(context, current, entry);
      if (state === null) keptIds.push(entry.itemId);
      const taken = state === null ? ok(null) : takeBack(context, bankId, entry, { state, by, reason });
      if (!taken.ok) return taken;
    }
    const saved = saveItemImportUndo(db, importId, { keptIds, undoneBy: by, reason });
    if (!saved.ok) return saved;
    const detail = { importId, kept: keptIds.length, by, reason };
    return appendAudit(db, { action: 'items.importUndone', subject: bankId, detail });
  });
  return undone.ok ? ok(itemImports(context)) : undone;
}
