/** Parts of private banks as they were installed, and sealed secrets of edited items. Append-only. */
import { fail, ok } from '@shared/domain/result';
import type { Result } from '@shared/domain/result';
import type { Connection, ReadableDb, WritableDb } from '../connection';
import type { EntryOf } from '../journalEntry';
import { fromJson, toJson } from '../json';
import type { JsonValue } from '../json';

export type BankPart = 'questions' | 'keys';

export interface NewBankPart {
  readonly packageId: string;
  readonly part: BankPart;
  readonly bankId: string;
  readonly bankVersion: string;
  readonly title: string;
  /** forms: a station pack. */
  readonly scope: 'whole' | 'forms';
  readonly origin: 'created' | 'installed';
  /** Fingerprint of the key that signed the package. */
  readonly signer: string;
  /** Question parts in the clear; keys only sealed. */
  readonly document: JsonValue;
  readonly installedBy: string;
}

export interface ListedBankPart extends Omit<NewBankPart, 'document'> {
  readonly installedAt: string;
}

export interface StoredBankPart extends ListedBankPart {
  readonly document: unknown;
}

export interface NewItemSecret {
  readonly itemId: string;
  /** Version of the item, or `change:` and the id of a correction. */
  readonly version: string;
  readonly bankId: string;
  readonly sealed: JsonValue;
}

const listed = `package_id AS packageId, part, bank_id AS bankId, bank_version AS bankVersion, title, origin, signer,
  scope, installed_by AS installedBy,
  installed_at AS installedAt`;

/** Stores one part; fails with BANK_ALREADY_INSTALLED {bank} when the part of this package is there. */
export function saveBankPart(db: WritableDb, part: NewBankPart): Result<null> {
  return db.transact(() => {
    const known = db.connection
      .prepare<[string, string]>('SELECT 1 FROM private_bank WHERE package_id = ? AND part = ?')
      .get(part.packageId, part.part);
    if (known !== undefined) return fail('BANK_ALREADY_INSTALLED', { bank: part.title });
    db.record({ kind: 'bankPartSaved', ...part, at: db.now() });
    return ok(null);
  });
}

/** Every part of every private bank, oldest first, without their documents. */
export function listBankParts(db: ReadableDb): readonly ListedBankPart[] {
  return db.connection.prepare<[], ListedBankPart>(`SELECT ${listed} FROM private_bank ORDER BY rowid`).all();
}

/** The parts of one kind of a bank, oldest first. */
export function loadBankParts(db: ReadableDb, bankId: string, part: BankPart): readonly StoredBankPart[] {
  return db.connection
    .prepare<[string, string], ListedBankPart & { readonly documentJson: string }>(
      `SELECT ${listed}, document_json AS documentJson
       FROM private_bank WHERE bank_id = ? AND part = ? ORDER BY rowid`,
    )
    .all(bankId, part)
    .map(({ documentJson, ...row }) => ({ ...row, document: fromJson(documentJson) }));
}

/** Stores a sealed secret; a second one of the same version changes nothing. */
export function saveItemSecret(db: WritableDb, secret: NewItemSecret): Result<null> {
  return db.transact(() => {
    if (getItemSecret(db, secret.itemId, secret.version) === null)
      db.record({ kind: 'itemSecretSaved', ...secret, at: db.now() });
    return ok(null);
  });
}

/** The sealed secret of one version, null when there is none. */
export function getItemSecret(db: ReadableDb, itemId: string, version: string): unknown {
  const row = db.connection
    .prepare<[string, string], { sealedJson: string }>(
      'SELECT sealed_json AS sealedJson FROM item_secret WHERE item_id = ? AND version = ?',
    )
    .get(itemId, version);
  return row === undefined ? null : fromJson(row.sealedJson);
}

export function applyBankPartSaved(connection: Connection, entry: EntryOf<'bankPartSaved'>): void {
  connection
    .prepare(
      `INSERT INTO private_bank (package_id, part, bank_id, bank_version, title, scope, origin, signer,
         document_json, installed_by, installed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      entry.packageId,
      entry.part,
      entry.bankId,
      entry.bankVersion,
      entry.title,
      entry.scope,
      entry.origin,
      entry.signer,
      toJson(entry.document),
      entry.installedBy,
      entry.at,
    );
}

export function applyItemSecretSaved(connection: Connection, entry: EntryOf<'itemSecretSaved'>): void {
  connection
    .prepare(
      'INSERT INTO item_secret (item_id, version, bank_id, sealed_json, recorded_at) VALUES (?, ?, ?, ?, ?)',
    )
    .run(entry.itemId, entry.version, entry.bankId, toJson(entry.sealed), entry.at);
}
