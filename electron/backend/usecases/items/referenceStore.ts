/** Sources of a bank with their versions: those of its files come first, what was recorded here follows. */
import type { ItemBank, Reference } from '@shared/assessment/bank';
import { isSuperseded } from '@shared/assessment/checks/evidence';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import { isPrivateBank } from '../../bankPackages/privateBank';
import { openValue, sealValue } from '../../bankPackages/secrets';
import type { SecretPlace } from '../../bankPackages/secrets';
import type { HostContext } from '../../context';
import type { JsonValue } from '../../database/json';
import { listReferenceVersions } from '../../database/repositories/itemReferences';
import type { ReferenceStatus, StoredReferenceVersion } from '../../database/repositories/itemReferences';
import { findBankSource } from './bankSources';

export interface ReferenceVersion {
  /** 1 is the version of the bank's files, or the first of a source added here. */
  readonly version: number;
  readonly reference: Reference;
  readonly savedBy: string;
  readonly note: string;
  /** ISO time; null for what came with the bank. */
  readonly recordedAt: string | null;
}

/** What the words of a source's file say about its being in force. */
export function statusOf(reference: Reference): ReferenceStatus {
  if (!isSuperseded(reference)) return 'current';
  return /withdrawn|废止/u.test(reference.status ?? '') ? 'withdrawn' : 'superseded';
}

/** What takes the place of a source: the id of another one, or words; null when nothing is stated. */
export const successorOf = (reference: Reference): string | null =>
  typeof reference['superseded_by'] === 'string' ? reference['superseded_by'] : null;

/** One version of one source of a bank. */
export interface ReferencePlace {
  readonly bankId: string;
  readonly referenceId: string;
  readonly version: number;
}

const placeOf = ({ referenceId, version }: ReferencePlace): SecretPlace => ({
  itemId: `reference:${referenceId}`,
  version: String(version),
});

/**
 * A source as the database may hold it: of a private bank sealed, since what an item rests on tells what is right.
 * Fails with BANK_KEYS_CLOSED {bank}.
 */
export const storedReference = (
  context: HostContext,
  place: ReferencePlace,
  reference: Reference,
): Result<JsonValue> =>
  isPrivateBank(context, place.bankId)
    ? sealValue(context, place.bankId, placeOf(place), reference)
    : ok(reference as unknown as JsonValue);

/** Null while the answers of its bank are closed; only documents that passed the schema were ever stored. */
const openedReference = (
  context: HostContext,
  bankId: string,
  stored: StoredReferenceVersion,
): Reference | null =>
  (isPrivateBank(context, bankId)
    ? openValue(context, placeOf(stored), stored.document)
    : stored.document) as Reference | null;

function linesOver(
  context: HostContext,
  bankId: string,
  shipped: ItemBank['references'],
): ReadonlyMap<string, readonly ReferenceVersion[]> {
  const lines = new Map<string, ReferenceVersion[]>(
    Object.entries(shipped).map(([id, reference]) => [
      id,
      [{ version: 1, reference, savedBy: '', note: '', recordedAt: null }],
    ]),
  );
  for (const stored of listReferenceVersions(context.vault.storage().db, bankId)) {
    const { version, savedBy, note, recordedAt } = stored;
    const reference = openedReference(context, bankId, stored);
    if (reference === null) continue;
    const line = lines.get(stored.referenceId) ?? [];
    lines.set(stored.referenceId, [...line, { version, reference, savedBy, note, recordedAt }]);
  }
  return lines;
}

/** The sources of a bank as they stand now: `currentBank` lays them over the bank's own files. */
export function referencesOf(
  context: HostContext,
  bankId: string,
  shipped: ItemBank['references'],
): ItemBank['references'] {
  const lines = linesOver(context, bankId, shipped);
  return Object.fromEntries(
    [...lines].flatMap(([id, versions]) => {
      const newest = versions.at(-1);
      return newest === undefined ? [] : [[id, newest.reference] as const];
    }),
  );
}

/** Every source of a bank with its versions, oldest first. */
export const referenceVersions = (
  context: HostContext,
  bankId: string,
): ReadonlyMap<string, readonly ReferenceVersion[]> =>
  linesOver(context, bankId, findBankSource(context, bankId)?.read().bank.references ?? {});
