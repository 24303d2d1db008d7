/** New items and new versions: what was typed becomes the next version, the one before stays readable for ever. */
import type { BankItem } from '@shared/assessment/bank';
import { changesMeaning, firstVersion, haveEqualContent, nextVersion } from '@shared/assessment/itemChange';
import { omit } from '@shared/domain/omit';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { sealedVersion } from '../../bankPackages/secrets';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { itemExposure } from '../../database/repositories/itemExposure';
import { saveItemVersion, setItemStatus } from '../../database/repositories/items';
import type { ItemOrigin } from '../../database/repositories/items';
import { judgeDraft } from './checkItem';
import type { ItemProblem } from './checkItem';
import { bankOfDraft, withKeys, todayOf } from './currentBank';
import type { CurrentBank, ItemState } from './currentBank';
import { itemsWithOtherMaterial } from './materials';

export interface ItemSave {
  readonly item: unknown;
  /** Version the edit started from; null for a new item. */
  readonly basedOn: string | null;
  readonly by: string;
  readonly note: string;
  /** Whether a changed material is changed for every item that shares it. */
  readonly changesShared: boolean;
}

export interface SavedItem {
  readonly itemId: string;
  readonly version: string;
}

export interface NewVersion {
  readonly bankId: string;
  readonly state: ItemState | null;
  readonly item: BankItem;
  readonly origin: ItemOrigin;
  readonly by: string;
  readonly note: string;
}

const namesWith = (names: readonly string[], name: string): string[] => [...new Set([...names, name])];

/** Bookkeeping the host answers for: version, status, authors, reviews, history. */
function withBookkeeping(
  context: HostContext,
  { state, item, by, note }: NewVersion,
  version: string,
): BankItem {
  const before = state?.item;
  const entry = {
    at: todayOf(context),
    by,
    what: note,
    ...(before === undefined ? {} : { from: before.version }),
    to: version,
  };
  return {
    ...omit(item, 'reviews', 'hash', 'status_note'),
    version,
    status: 'draft',
    authors: namesWith(before?.authors ?? item.authors, by),
    history: [...(before?.history ?? item.history ?? []), entry],
  };
}

const stepOf = (state: ItemState): 'patch' | 'minor' => (state.setStatus === 'draft' ? 'patch' : 'minor');

/** Practice tells the answers: its numbers stay out of every bank. Fails with BANK_ITEM_ID_TAKEN. */
function checkNumber({ registry }: HostContext, { state, item }: NewVersion): Result<null> {
  const { items, meta } = registry.practicePool;
  const isTaken = state === null && items.some(({ id }) => id === item.id);
  return isTaken ? fail('BANK_ITEM_ID_TAKEN', { itemId: item.id, bank: meta.title, count: 1 }) : ok(null);
}

/**
 * Records the next version of an item inside the caller's transaction; the status is left alone. Fails with
 * BANK_KEYS_CLOSED, BANK_ITEM_ID_TAKEN or ITEM_CHANGED_MEANWHILE.
 */
export function recordVersion(context: HostContext, change: NewVersion): Result<SavedItem> {
  const { bankId, state, item, origin, by, note } = change;
  const free = checkNumber(context, change);
  if (!free.ok) return free;
  const version = state === null ? firstVersion : nextVersion(state.item.version, stepOf(state));
  const document = sealedVersion(context, bankId, withBookkeeping(context, change, version));
  if (!document.ok) return document;
  const saved = saveItemVersion(context.vault.storage().db, {
    itemId: item.id,
    version,
    bankId,
    previousVersion: state?.item.version ?? null,
    origin,
    document: document.value,
    author: by,
    note,
  });
  return saved.ok ? ok({ itemId: item.id, version }) : saved;
}

/** Whether the item ever stood on a form of any survey, demo surveys included. */
export function wasAsked(context: HostContext, itemId: string): boolean {
  const exposure = itemExposure(context.vault.storage().db).get(itemId);
  return exposure !== undefined && exposure.surveyCount + exposure.demoSurveyCount > 0;
}

/** Whether this content may follow the version in force: ITEM_STATUS_NOT_ALLOWED, ITEM_KEY_NEEDS_CORRECTION. */
export function checkEdit(context: HostContext, item: BankItem, state: ItemState): Result<null> {
  const { id } = item;
  if (state.setStatus === 'retired')
    return fail('ITEM_STATUS_NOT_ALLOWED', { itemId: id, status: '草稿', problems: '退役的题不再修改' });
  if (!changesMeaning(state.item, item)) return ok(null);
  const mayRewrite = state.setStatus === 'draft' && !wasAsked(context, id);
  return mayRewrite ? ok(null) : fail('ITEM_KEY_NEEDS_CORRECTION', { itemId: id });
}

const notValid = (problems: readonly ItemProblem[]) =>
  fail('ITEM_NOT_VALID', { count: problems.length, problem: problems[0]?.text ?? '' });

/** Records a judged item with its status and audit event inside the caller's transaction. */
export function recordEdit(context: HostContext, change: NewVersion): Result<SavedItem> {
  const { state, by, note } = change;
  const { db } = context.vault.storage();
  const saved = recordVersion(context, change);
  if (!saved.ok) return saved;
  const { itemId, version } = saved.value;
  if (state !== null && state.setStatus !== 'draft') {
    const set = setItemStatus(db, { itemId, version, status: 'draft', setBy: by, reason: note });
    if (!set.ok) return set;
  }
  const detail = { version, previousVersion: state?.item.version ?? null, origin: change.origin, by };
  const audited = appendAudit(db, { action: 'item.saved', subject: itemId, detail });
  return audited.ok ? saved : audited;
}

const versionOf = (state: ItemState | undefined): string | null => state?.item.version ?? null;

/** Whether the edit may be made, and the items its changed material reaches. */
function siblingsOf(
  context: HostContext,
  current: CurrentBank,
  item: BankItem,
  { changesShared }: ItemSave,
): Result<readonly ItemState[]> {
  const state = current.states.get(item.id);
  const allowed = state === undefined ? ok(null) : checkEdit(context, item, state);
  if (!allowed.ok) return allowed;
  const siblings = itemsWithOtherMaterial(item, current);
  return siblings.length > 0 && !changesShared
    ? fail('ITEM_STIMULUS_SHARED', { count: siblings.length + 1 })
    : ok(siblings);
}

/** The item and everything its changed material reaches, in the caller's transaction. */
function recordAll(
  context: HostContext,
  edit: NewVersion,
  siblings: readonly ItemState[],
): Result<SavedItem & { readonly alsoChanged: string[] }> {
  const saved = recordEdit(context, edit);
  if (!saved.ok) return saved;
  const { stimulus } = edit.item;
  for (const state of siblings) {
    const item = stimulus === undefined ? state.item : { ...state.item, stimulus };
    const also = recordEdit(context, { ...edit, state, item });
    if (!also.ok) return also;
  }
  return ok({ ...saved.value, alsoChanged: siblings.map(({ item }) => item.id) });
}

/**
 * Stores a new item in the bank in use or the next version of one in its own, always as 草稿. Failures:
 * BANK_KEYS_CLOSED, ITEM_NOT_VALID {count, problem},
 * ITEM_CHANGED_MEANWHILE, ITEM_KEY_NEEDS_CORRECTION, ITEM_STIMULUS_SHARED, ITEM_STATUS_NOT_ALLOWED.
 */
export function saveItem(
  context: HostContext,
  save: ItemSave,
  origin: ItemOrigin = 'edit',
): Result<SavedItem & { readonly alsoChanged: string[] }> {
  const opened = withKeys(bankOfDraft(context, save.item));
  if (!opened.ok) return opened;
  const current = opened.value;
  const judged = judgeDraft(save.item, current.bank);
  if (!judged.ok) return notValid(judged.problems);
  const { item } = judged;
  const state = current.states.get(item.id);
  if (versionOf(state) !== save.basedOn) return fail('ITEM_CHANGED_MEANWHILE', { itemId: item.id });
  if (state !== undefined && haveEqualContent(state.item, item))
    return ok({ itemId: item.id, version: state.item.version, alsoChanged: [] });
  const siblings = siblingsOf(context, current, item, save);
  if (!siblings.ok) return siblings;
  const { by, note } = save;
  const bankId = current.bank.meta.id;
  const edit = { bankId, state: state ?? null, item, origin, by, note };
  return context.vault.storage().db.transact(() => recordAll(context, edit, siblings.value));
}
