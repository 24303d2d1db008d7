/** The bank as it was changed here: item versions, statuses, reviews. Append-only; the newest line counts. */
import { randomUUID } from 'node:crypto';
import type { ItemStatus } from '@shared/assessment/itemCodes';
import type { ReviewRole, ReviewVerdict } from '@shared/assessment/workflow';
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

export type ItemOrigin = 'edit' | 'import' | 'correction';

export interface NewItemVersion {
  readonly itemId: string;
  readonly version: string;
  readonly bankId: string;
  /** Version this one was made from; null for a new item. */
  readonly previousVersion: string | null;
  readonly origin: ItemOrigin;
  readonly document: JsonValue;
  readonly author: string;
  readonly note: string;
}

export interface StoredItemVersion extends Omit<NewItemVersion, 'document'> {
  /** Parse it with the schema of items. */
  readonly document: unknown;
  readonly recordedAt: string;
}

export interface NewItemStatus {
  readonly itemId: string;
  readonly version: string;
  readonly status: ItemStatus;
  readonly setBy: string;
  readonly reason: string;
}

export interface StoredItemStatus extends NewItemStatus {
  readonly recordedAt: string;
}

export interface NewItemReview {
  readonly itemId: string;
  readonly version: string;
  readonly reviewer: string;
  readonly role: ReviewRole;
  readonly verdict: ReviewVerdict;
  readonly note: string;
}

export interface StoredItemReview extends NewItemReview {
  readonly recordedAt: string;
}

/** Stores a version. Fails with ITEM_CHANGED_MEANWHILE when somebody else followed the same version first. */
export function saveItemVersion(db: WritableDb, item: NewItemVersion): Result<null> {
  return db.transact(() => {
    const rival = db.connection
      .prepare<[string, string, string | null]>(
        'SELECT 1 FROM item_version WHERE item_id = ? AND (version = ? OR previous_version = ?)',
      )
      .get(item.itemId, item.version, item.previousVersion);
    if (rival !== undefined) return fail('ITEM_CHANGED_MEANWHILE', { itemId: item.itemId });
    db.record({ kind: 'itemVersionSaved', ...item, at: db.now() });
    return ok(null);
  });
}

export function setItemStatus(db: WritableDb, status: NewItemStatus): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'itemStatusSet', statusId: randomUUID(), ...status, at: db.now() });
    return ok(null);
  });
}

export function saveItemReview(db: WritableDb, review: NewItemReview): Result<null> {
  return db.transact(() => {
    db.record({ kind: 'itemReviewed', reviewId: randomUUID(), ...review, at: db.now() });
    return ok(null);
  });
}

/** Grows with every recorded change of the bank; equal numbers mean an equal bank. */
export function bankRevision(db: ReadableDb): number {
  const row = db.connection
    .prepare<[], { revision: number }>(
      'SELECT (SELECT count(*) FROM item_version) + (SELECT count(*) FROM item_status) + (SELECT count(*) FROM item_review) + (SELECT count(*) FROM item_reference) AS revision',
    )
    .get();
  return row?.revision ?? 0;
}

/** Every version in the order it was recorded. */
export function listItemVersions(db: ReadableDb, bankId: string): readonly StoredItemVersion[] {
  return db.connection
    .prepare<[string], Omit<StoredItemVersion, 'document'> & { readonly documentJson: string }>(
      `SELECT item_id AS itemId, version, bank_id AS bankId, previous_version AS previousVersion, origin,
         document_json AS documentJson, author, note, recorded_at AS recordedAt
       FROM item_version WHERE bank_id = ? ORDER BY rowid`,
    )
    .all(bankId)
    .map(({ documentJson, ...row }) => ({ ...row, document: fromJson(documentJson) }));
}

/** Every status set, in order. */
export function listItemStatuses(db: ReadableDb): readonly StoredItemStatus[] {
  return db.connection
    .prepare<[], StoredItemStatus>(
      `SELECT item_id AS itemId, version, status, set_by AS setBy, reason, recorded_at AS recordedAt
       FROM item_status ORDER BY rowid`,
    )
    .all();
}

/** Every review, in order. */
export function listItemReviews(db: ReadableDb): readonly StoredItemReview[] {
  return db.connection
    .prepare<[], StoredItemReview>(
      `SELECT item_id AS itemId, version, reviewer, role, verdict, note, recorded_at AS recordedAt
       FROM item_review ORDER BY rowid`,
    )
    .all();
}

export function applyItemVersionSaved(connection: Connection, entry: EntryOf<'itemVersionSaved'>): void {
  connection
    .prepare(
      `INSERT INTO item_version (item_id, version, bank_id, previous_version, origin, document_json, author, note,
         recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.itemId,
      entry.version,
      entry.bankId,
      entry.previousVersion,
      entry.origin,
      toJson(entry.document),
      entry.author,
      entry.note,
      entry.at,
    );
}

export function applyItemStatusSet(connection: Connection, entry: EntryOf<'itemStatusSet'>): void {
  connection
    .prepare(
      `INSERT INTO item_status (status_id, item_id, version, status, set_by, reason, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(entry.statusId, entry.itemId, entry.version, entry.status, entry.setBy, entry.reason, entry.at);
}

export function applyItemReviewed(connection: Connection, entry: EntryOf<'itemReviewed'>): void {
  connection
    .prepare(
      `INSERT INTO item_review (review_id, item_id, version, reviewer, role, verdict, note, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.reviewId,
      entry.itemId,
      entry.version,
      entry.reviewer,
      entry.role,
      entry.verdict,
      entry.note,
      entry.at,
    );
}
