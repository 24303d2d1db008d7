/** Imports of items: what each brought, and its recorded undo. Append-only. */
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

export interface ImportedEntry {
  readonly itemId: string;
  /** Version the import made. */
  readonly version: string;
  readonly effect: 'new' | 'version';
}

export interface ItemImportDocument {
  readonly items: readonly ImportedEntry[];
  readonly references: readonly { readonly referenceId: string; readonly version: number }[];
}

export interface NewItemImport {
  readonly importId: string;
  readonly bankId: string;
  readonly fileName: string;
  readonly document: ItemImportDocument;
  readonly importedBy: string;
}

export interface ItemImportUndo {
  /** Items left as they are, because somebody worked on them since. */
  readonly keptIds: readonly string[];
  readonly undoneBy: string;
  readonly reason: string;
  readonly recordedAt: string;
}

export interface StoredItemImport extends NewItemImport {
  readonly recordedAt: string;
  readonly undo: ItemImportUndo | null;
}

export function saveItemImport(db: WritableDb, { document, ...row }: NewItemImport): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'itemsImported', ...row, document: document as unknown as JsonValue, at: db.now() });
    return ok(null);
  });
}

/** Fails with NOT_FOUND when the import was undone before. */
export function saveItemImportUndo(
  db: WritableDb,
  importId: string,
  { keptIds, undoneBy, reason }: Omit<ItemImportUndo, 'recordedAt'>,
): Result<null> {
  return db.transact(() => {
    const known = db.connection
      .prepare<[string]>('SELECT 1 FROM item_import_undo WHERE import_id = ?')
      .get(importId);
    if (known !== undefined) return fail('NOT_FOUND', { what: 'itemImport' });
    db.record({ kind: 'itemImportUndone', importId, document: { keptIds }, undoneBy, reason, at: db.now() });
    return ok(null);
  });
}

interface ImportRow extends Omit<NewItemImport, 'document'> {
  readonly documentJson: string;
  readonly recordedAt: string;
  readonly undoJson: string | null;
  readonly undoneBy: string | null;
  readonly reason: string | null;
  readonly undoneAt: string | null;
}

function toImport({
  documentJson,
  undoJson,
  undoneBy,
  reason,
  undoneAt,
  ...row
}: ImportRow): StoredItemImport {
  const undo =
    undoJson === null
      ? null
      : {
          ...(fromJson(undoJson) as Pick<ItemImportUndo, 'keptIds'>), // written by `saveItemImportUndo` only
          undoneBy: undoneBy ?? '',
          reason: reason ?? '',
          recordedAt: undoneAt ?? '',
        };
  return { ...row, document: fromJson(documentJson) as ItemImportDocument, undo }; // written by `saveItemImport` only
}

/** Newest first. */
export function listItemImports(db: ReadableDb, bankId: string): readonly StoredItemImport[] {
  return db.connection
    .prepare<[string], ImportRow>(
      `SELECT item_import.import_id AS importId, bank_id AS bankId, file_name AS fileName,
         item_import.document_json AS documentJson, imported_by AS importedBy, item_import.recorded_at AS recordedAt,
         undo.document_json AS undoJson, undone_by AS undoneBy, reason, undo.recorded_at AS undoneAt
       FROM item_import LEFT JOIN item_import_undo AS undo USING (import_id)
       WHERE bank_id = ? ORDER BY item_import.rowid DESC`,
    )
    .all(bankId)
    .map(toImport);
}

export function applyItemsImported(connection: Connection, entry: EntryOf<'itemsImported'>): void {
  connection
    .prepare(
      `INSERT INTO item_import (import_id, bank_id, file_name, document_json, imported_by, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(entry.importId, entry.bankId, entry.fileName, toJson(entry.document), entry.importedBy, entry.at);
}

export function applyItemImportUndone(connection: Connection, entry: EntryOf<'itemImportUndone'>): void {
  connection
    .prepare(
      `INSERT INTO item_import_undo (import_id, document_json, undone_by, reason, recorded_at)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .run(entry.importId, toJson(entry.document), entry.undoneBy, entry.reason, entry.at);
}
