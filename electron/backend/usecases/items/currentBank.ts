/**
 * A bank as it stands now: the shipped or installed files are the first version of every item, what was recorded here
 * lies on top. Every form, list and check of the product reads banks through this file. Statuses, reviews and
 * corrections are kept by item number alone: a number belongs to one bank only, which installation enforces.
 */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { Finding } from '@shared/assessment/bankCheck';
import type { WorkflowFacts } from '@shared/assessment/workflow';
import { reviewRoles } from '@shared/assessment/workflow';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import type { HostContext } from '../../context';
import { bankRevision } from '../../database/repositories/items';
import type { StoredItemReview } from '../../database/repositories/items';
import type { BankFolder } from '../../registry/bankFolder';
import { checkItemBank } from '../checkItemBank';
import type { CheckedBank } from '../checkItemBank';
import { localDate } from '../interviewSession';
import { bankInUse, bankSources, findBankSource } from './bankSources';
import type { BankSource, KeyState } from './bankSources';
import type { CheckSetting } from './checkItem';
import { buildStates } from './itemStates';
import type { ItemState } from './itemStates';
import { referencesOf } from './referenceStore';

export type { ItemState } from './itemStates';

export interface CurrentBank {
  readonly bank: ItemBank;
  readonly states: ReadonlyMap<string, ItemState>;
  /** 'closed': items carry neither key nor anything that gives it away. */
  readonly keys: KeyState;
  /** Blueprints that came with the bank. */
  readonly blueprints: BankFolder['blueprints'];
  readonly bankTargets: BankFolder['bankTargets'];
  /** Whole checklist with its reasons, and the composition; computed once per state of the bank. */
  checked(): CheckedBank;
}

/** Changes recorded here to the items of one bank. */
const changeCount = (states: ReadonlyMap<string, ItemState>): number =>
  [...states.values()].reduce(
    (sum, { versions, statuses, allReviewCount }) =>
      sum + versions.filter(({ origin }) => origin !== 'shipped').length + statuses.length + allReviewCount,
    0,
  );

/** The checklist reads keys and sources: without them it has nothing to say. */
const notChecked: CheckedBank = {
  findings: [],
  errorCount: 0,
  warningCount: 0,
  unexplainedCount: 0,
  passes: false,
  summary: [],
};

function build(context: HostContext, source: BankSource, today: string): CurrentBank {
  const folder = source.read();
  const { meta } = folder.bank;
  const references = referencesOf(context, meta.id, folder.bank.references);
  const states = buildStates(context, { ...folder.bank, references }, today);
  const changes = changeCount(states);
  const bank: ItemBank = {
    ...folder.bank,
    references,
    meta: { ...meta, version: changes === 0 ? meta.version : `${meta.version}+${changes}` },
    items: [...states.values()].map(({ item }) => item),
  };
  let checked: CheckedBank | null = source.keys === 'closed' ? notChecked : null;
  const { bankTargets, blueprints, warningReasons } = folder;
  const { checkLists } = context.registry;
  return {
    bank,
    states,
    keys: source.keys,
    blueprints,
    bankTargets,
    checked: () =>
      (checked ??= checkItemBank({ bank, bankTargets, checkLists, warningReasons }, context.clock())),
  };
}

interface Kept {
  /** What the value was built from. */
  readonly basis: string;
  readonly value: CurrentBank;
}

const kept = new WeakMap<HostContext, Map<string, Kept>>();

/** Lets go of everything read from the banks, so that no key stays in memory after its bank was closed. */
export const forgetBanks = (context: HostContext): boolean => kept.delete(context);

function keptBanks(context: HostContext): Map<string, Kept> {
  const known = kept.get(context) ?? new Map<string, Kept>();
  kept.set(context, known);
  return known;
}

/** ISO date on the wall of the host: the day review dates are compared with. */
export function todayOf(context: HostContext): string {
  const { year, month, day } = localDate(context.clock());
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}

/** Built again only after something was recorded, keys were opened or closed, or the day has changed. */
function bankOf(context: HostContext, source: BankSource): CurrentBank {
  const banks = keptBanks(context);
  const today = todayOf(context);
  const basis = JSON.stringify([bankRevision(context.vault.storage().db), today, source.stamp, source.keys]);
  const known = banks.get(source.id);
  if (known?.basis === basis) return known.value;
  const value = build(context, source, today);
  banks.set(source.id, { basis, value });
  return value;
}

/** Null when no bank of this id is installed. */
export function findBank(context: HostContext, bankId: string): CurrentBank | null {
  const source = findBankSource(context, bankId);
  return source === null ? null : bankOf(context, source);
}

/**
 * The bank in use, or the one named; a bank that is not installed is never asked for by id: ids from outside go
 * through `findBank`.
 */
export function currentBank(context: HostContext, bankId: string = bankInUse(context)): CurrentBank {
  const bank = findBank(context, bankId);
  if (bank === null) throw new Error(`bank ${bankId} is not installed`);
  return bank;
}

/** The bank an item belongs to, whichever is in use; null for a number no bank knows. */
export function findItemBank(context: HostContext, itemId: string): CurrentBank | null {
  const inUse = currentBank(context);
  if (inUse.states.has(itemId)) return inUse;
  for (const source of bankSources(context)) {
    const bank = bankOf(context, source);
    if (bank.states.has(itemId)) return bank;
  }
  return null;
}

/** Where a typed item belongs: the bank that knows its number, the bank in use when none does. */
export function bankOfDraft(context: HostContext, draft: unknown): CurrentBank {
  const id = typeof draft === 'object' && draft !== null && 'id' in draft ? draft.id : null;
  const known = typeof id === 'string' ? findItemBank(context, id) : null;
  return known ?? currentBank(context);
}

/** Fails with BANK_KEYS_CLOSED {bank} while the keys of a private bank are closed. */
export const withKeys = (current: CurrentBank): Result<CurrentBank> =>
  current.keys === 'present' ? ok(current) : fail('BANK_KEYS_CLOSED', { bank: current.bank.meta.title });

/** An item for a step that reads its key. Failures: NOT_FOUND {what: 'item'}, BANK_KEYS_CLOSED {bank}. */
export function itemWithKey(
  context: HostContext,
  itemId: string,
): Result<{ readonly current: CurrentBank; readonly state: ItemState }> {
  const current = findItemBank(context, itemId);
  const state = current?.states.get(itemId);
  if (current === null || state === undefined) return fail('NOT_FOUND', { what: 'item' });
  const open = withKeys(current);
  return open.ok ? ok({ current, state }) : open;
}

/** What one item is judged against today: its own bank, the bank in use for a new item. */
export const checkSetting = (context: HostContext, current = currentBank(context)): CheckSetting => ({
  bank: current.bank,
  today: todayOf(context),
  lists: context.registry.checkLists,
});

/** Reviews of a version as the workflow knows them: those the shipped file carries, then those recorded here. */
function reviewFacts(item: BankItem, reviews: readonly StoredItemReview[]): WorkflowFacts['reviews'] {
  const carried = (item.reviews ?? []).flatMap(({ by, role, verdict }) => {
    const known = reviewRoles.find((each) => each === role);
    return known === undefined
      ? []
      : [{ by, role: known, verdict: verdict === 'accept' ? verdict : 'revise' } as const];
  });
  return [...carried, ...reviews.map(({ reviewer, role, verdict }) => ({ by: reviewer, role, verdict }))];
}

const blockingRulesOf = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(findings.filter(({ level }) => level === 'error').map(({ rule }) => rule)),
];

/** What the workflow judges an item by; `findings` are those of this item. */
export const workflowFacts = (state: ItemState, findings: readonly Finding[]): WorkflowFacts => ({
  status: state.item.status,
  authors: state.item.authors,
  reviews: reviewFacts(state.versions.at(-1)?.item ?? state.item, state.reviews),
  blockingRules: blockingRulesOf(findings),
});
