/** 依据 of the bank in use: who cites what, editing with history, and taking a source out of force. */
import type { ItemBank, Reference } from '@shared/assessment/bank';
import { automaticHold } from '@shared/assessment/workflow';
import type {
  CitingItem,
  ReferenceFields,
  ReferenceRow,
  ReferenceView,
} from '@shared/contract/areas/itemReferences';
import { omit } from '@shared/domain/omit';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { isPrivateBank } from '../../bankPackages/privateBank';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { itemExposure } from '../../database/repositories/itemExposure';
import { saveReferenceVersion } from '../../database/repositories/itemReferences';
import type { ReferenceStatus } from '../../database/repositories/itemReferences';
import { currentBank, todayOf, withKeys } from './currentBank';
import type { CurrentBank, ItemState } from './currentBank';
import { referenceVersions, statusOf, storedReference, successorOf } from './referenceStore';
import type { ReferenceVersion } from './referenceStore';

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

const fieldsOf = ({ title, issuer, type, ...rest }: Reference): ReferenceFields => ({
  title,
  issuer,
  type,
  date: words(rest['date']),
  clause: words(rest['clause']),
});

function rowOf(
  id: string,
  versions: readonly ReferenceVersion[],
  bank: ItemBank,
  itemCount: number,
): ReferenceRow[] {
  const newest = versions.at(-1);
  if (newest === undefined) return [];
  const { reference, version } = newest;
  const successor = successorOf(reference) ?? '';
  return [
    {
      referenceId: id,
      ...fieldsOf(reference),
      status: statusOf(reference),
      successor: bank.references[successor]?.title ?? successor,
      itemCount,
      version,
    },
  ];
}

/** How many items cite each source. */
function citationCounts({ items }: ItemBank): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { references } of items)
    for (const ref of new Set(references.map((each) => each.ref)))
      counts.set(ref, (counts.get(ref) ?? 0) + 1);
  return counts;
}

/** Every source of the bank in use, in the order of the bank, those added here last. Failures: BANK_KEYS_CLOSED. */
export function referenceList(context: HostContext): Result<ReferenceRow[]> {
  const open = withKeys(currentBank(context));
  if (!open.ok) return open;
  const { bank } = open.value;
  const counts = citationCounts(bank);
  const lines = referenceVersions(context, bank.meta.id);
  return ok([...lines].flatMap(([id, versions]) => rowOf(id, versions, bank, counts.get(id) ?? 0)));
}

/** Whether the item would rest were the source not in force, and does not rest now. */
function wouldRest(state: ItemState, referenceId: string, bank: ItemBank, today: string): boolean {
  if (state.holdReason !== null) return false;
  const reference = bank.references[referenceId];
  if (reference === undefined || statusOf(reference) !== 'current') return false;
  const references = { ...bank.references, [referenceId]: { ...reference, status: 'superseded' } };
  return automaticHold(state.item, references, today) !== null;
}

function citingItems(context: HostContext, { bank, states }: CurrentBank, referenceId: string): CitingItem[] {
  const exposure = itemExposure(context.vault.storage().db);
  const today = todayOf(context);
  return [...states.values()].flatMap((state) => {
    const { item } = state;
    const cited = item.references.find(({ ref }) => ref === referenceId);
    if (cited === undefined) return [];
    const counts = exposure.get(item.id);
    return [
      {
        itemId: item.id,
        stem: item.stem,
        status: item.status,
        fact: cited.fact,
        clause: cited.clause ?? '',
        wouldRest: wouldRest(state, referenceId, bank, today),
        surveyCount: (counts?.surveyCount ?? 0) + (counts?.demoSurveyCount ?? 0),
      },
    ];
  });
}

/** One source with the items that cite it and its versions. Failures: NOT_FOUND, BANK_KEYS_CLOSED. */
export function referenceView(context: HostContext, referenceId: string): Result<ReferenceView> {
  const open = withKeys(currentBank(context));
  if (!open.ok) return open;
  const { bank } = open.value;
  const versions = referenceVersions(context, bank.meta.id).get(referenceId) ?? [];
  const items = citingItems(context, open.value, referenceId);
  const [row] = rowOf(referenceId, versions, bank, items.length);
  const reference = versions.at(-1)?.reference;
  if (row === undefined || reference === undefined) return fail('NOT_FOUND', { what: 'reference' });
  const successor = successorOf(reference);
  return ok({
    ...row,
    successorId: successor !== null && bank.references[successor] !== undefined ? successor : null,
    items,
    versions: [...versions].reverse().map(({ version, reference: then, savedBy, note, recordedAt }) => ({
      ...fieldsOf(then),
      version,
      status: statusOf(then),
      savedBy,
      note,
      recordedAt,
    })),
  });
}

/** Ids of sources added here: REF-U001, REF-U002, … */
function newReferenceId(references: ItemBank['references']): string {
  for (let number = 1; ; number += 1) {
    const id = `REF-U${String(number).padStart(3, '0')}`;
    if (references[id] === undefined) return id;
  }
}

export interface ReferenceChange {
  readonly referenceId: string;
  /** Version in force; null for a new source. */
  readonly previousVersion: number | null;
  readonly reference: Reference;
  readonly by: string;
  readonly note: string;
}

/** Records the next version of a source with its audit event inside the caller's transaction. */
export function recordReference(
  context: HostContext,
  bankId: string,
  change: ReferenceChange,
): Result<number> {
  const { referenceId, previousVersion, reference, by, note } = change;
  const { db } = context.vault.storage();
  const version = (previousVersion ?? 0) + 1;
  const document = storedReference(context, { bankId, referenceId, version }, reference);
  if (!document.ok) return document;
  const saved = saveReferenceVersion(db, {
    bankId,
    referenceId,
    version,
    previousVersion,
    document: document.value,
    status: statusOf(reference),
    supersededBy: isPrivateBank(context, bankId) ? null : successorOf(reference),
    savedBy: by,
    note,
  });
  if (!saved.ok) return saved;
  const detail = { bankId, version, status: statusOf(reference), by };
  const audited = appendAudit(db, { action: 'reference.saved', subject: referenceId, detail });
  return audited.ok ? ok(version) : audited;
}

/** The source as it was, with what a person wrote; blank fields go. */
function withFields(before: Reference | null, { date, clause, ...fields }: ReferenceFields): Reference {
  return {
    ...omit<Reference, string>(before ?? fields, 'date', 'clause'),
    ...fields,
    ...(date === '' ? {} : { date }),
    ...(clause === '' ? {} : { clause }),
  };
}

/** The source with a status; `supersededBy` is '' when nothing takes its place. */
function withStatus(before: Reference, status: ReferenceStatus, supersededBy: string): Reference {
  const { title, issuer, type } = before;
  const plain = { ...omit<Reference, string>(before, 'status', 'superseded_by'), title, issuer, type };
  if (status === 'current') return plain;
  return { ...plain, status, ...(supersededBy === '' ? {} : { superseded_by: supersededBy }) };
}

const nameOf = ({ title, issuer }: Pick<Reference, 'title' | 'issuer'>): string =>
  `${title}\n${issuer}`.normalize('NFKC').replace(/\s/gu, '');

export interface ReferenceSave {
  readonly referenceId: string | null;
  readonly basedOn: number | null;
  readonly fields: ReferenceFields;
  readonly by: string;
  readonly note: string;
}

const newestVersion = (context: HostContext, bankId: string, referenceId: string) =>
  referenceVersions(context, bankId).get(referenceId)?.at(-1);

/** Another source of this name and issuer; null when there is none. */
function twinOf(bank: ItemBank, referenceId: string, fields: ReferenceFields): string | null {
  const twin = Object.entries(bank.references).find(
    ([id, reference]) => id !== referenceId && nameOf(reference) === nameOf(fields),
  );
  return twin?.[0] ?? null;
}

/**
 * Stores a new source or the next version of one. Failures: REFERENCE_CHANGED_MEANWHILE, REFERENCE_NOT_VALID
 * (another source of this name and issuer), BANK_KEYS_CLOSED.
 */
export function saveReference(context: HostContext, save: ReferenceSave): Result<ReferenceView> {
  const open = withKeys(currentBank(context));
  if (!open.ok) return open;
  const { bank } = open.value;
  const referenceId = save.referenceId ?? newReferenceId(bank.references);
  const twin = twinOf(bank, referenceId, save.fields);
  if (twin !== null)
    return fail('REFERENCE_NOT_VALID', { problem: `已有同名同单位的依据（编号 ${twin}），请直接选用` });
  const newest = newestVersion(context, bank.meta.id, referenceId);
  if (save.basedOn !== (newest?.version ?? null)) return fail('REFERENCE_CHANGED_MEANWHILE', { referenceId });
  const { by, note } = save;
  const change = {
    referenceId,
    previousVersion: save.basedOn,
    reference: withFields(newest?.reference ?? null, save.fields),
    by,
    note,
  };
  const saved = context.vault.storage().db.transact(() => recordReference(context, bank.meta.id, change));
  return saved.ok ? referenceView(context, referenceId) : saved;
}

export interface ReferenceStatusChange {
  readonly referenceId: string;
  readonly basedOn: number;
  readonly status: ReferenceStatus;
  readonly supersededBy: string;
  readonly by: string;
  readonly note: string;
}

/**
 * Takes a source out of force, or back into it. Its items rest from now on, or no longer: `automaticHold` reads the
 * source. Failures: NOT_FOUND, REFERENCE_CHANGED_MEANWHILE, REFERENCE_NOT_VALID, BANK_KEYS_CLOSED.
 */
export function setReferenceStatus(
  context: HostContext,
  change: ReferenceStatusChange,
): Result<ReferenceView> {
  const { referenceId, basedOn, status, supersededBy, by, note } = change;
  const open = withKeys(currentBank(context));
  if (!open.ok) return open;
  const { bank } = open.value;
  const newest = newestVersion(context, bank.meta.id, referenceId);
  if (newest === undefined) return fail('NOT_FOUND', { what: 'reference' });
  if (newest.version !== basedOn) return fail('REFERENCE_CHANGED_MEANWHILE', { referenceId });
  if (supersededBy === referenceId)
    return fail('REFERENCE_NOT_VALID', { problem: '一条依据不能由它自己替代' });
  const reference = withStatus(newest.reference, status, supersededBy);
  const recorded = { referenceId, previousVersion: basedOn, reference, by, note };
  const saved = context.vault.storage().db.transact(() => recordReference(context, bank.meta.id, recorded));
  return saved.ok ? referenceView(context, referenceId) : saved;
}
