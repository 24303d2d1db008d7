/**
 * The bank as it stands now: the shipped files are the first version of every item, what was recorded here lies on
 * top. Every form, list and check of the product reads the bank through this file.
 */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { Finding } from '@shared/assessment/bankCheck';
import type { ItemStatus } from '@shared/assessment/itemCodes';
import type { HoldReason, WorkflowFacts } from '@shared/assessment/workflow';
import { automaticHold, reviewRoles } from '@shared/assessment/workflow';
import type { HostContext } from '../../context';
import {
  bankRevision,
  listItemReviews,
  listItemStatuses,
  listItemVersions,
} from '../../database/repositories/items';
import type {
  ItemOrigin,
  StoredItemReview,
  StoredItemStatus,
  StoredItemVersion,
} from '../../database/repositories/items';
import { checkItemBank } from '../checkItemBank';
import type { CheckedBank } from '../checkItemBank';
import { localDate } from '../interviewSession';
import type { CheckSetting } from './checkItem';

export interface ItemVersion {
  readonly version: string;
  readonly item: BankItem;
  readonly previousVersion: string | null;
  readonly origin: ItemOrigin | 'shipped';
  readonly author: string;
  readonly note: string;
  /** ISO time; null for what came with the product. */
  readonly recordedAt: string | null;
}

export interface ItemState {
  /** The version in force, with its status and the reviews recorded for it. */
  readonly item: BankItem;
  /** Status somebody set; differs from `item.status` while `holdReason` is not null. */
  readonly setStatus: ItemStatus;
  readonly holdReason: HoldReason | null;
  /** Oldest first; never empty. */
  readonly versions: readonly ItemVersion[];
  readonly statuses: readonly StoredItemStatus[];
  /** Reviews of the version in force. */
  readonly reviews: readonly StoredItemReview[];
}

export interface CurrentBank {
  readonly bank: ItemBank;
  readonly states: ReadonlyMap<string, ItemState>;
  /** Whole checklist with its reasons, and the composition; computed once per state of the bank. */
  checked(): CheckedBank;
}

const groupBy = <T extends { readonly itemId: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.itemId);
    if (group === undefined) groups.set(row.itemId, [row]);
    else group.push(row);
  }
  return groups;
};

const shippedVersion = (item: BankItem): ItemVersion => ({
  version: item.version,
  item,
  previousVersion: null,
  origin: 'shipped',
  author: item.authors.join('、'),
  note: '',
  recordedAt: null,
});

const toVersion = ({
  version,
  document,
  previousVersion,
  origin,
  ...row
}: StoredItemVersion): ItemVersion => ({
  version,
  // Only documents that passed the schema of items are ever stored.
  item: document as BankItem,
  previousVersion,
  origin,
  author: row.author,
  note: row.note,
  recordedAt: row.recordedAt,
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

interface Recorded {
  readonly statuses: readonly StoredItemStatus[];
  readonly reviews: readonly StoredItemReview[];
}

function stateOf(
  versions: readonly ItemVersion[],
  recorded: Recorded,
  bank: ItemBank,
  today: string,
): ItemState | null {
  const newest = versions.at(-1);
  if (newest === undefined) return null;
  const reviews = recorded.reviews.filter(({ version }) => version === newest.version);
  const setStatus = recorded.statuses.at(-1)?.status ?? newest.item.status;
  const item: BankItem = {
    ...newest.item,
    status: setStatus,
    reviews: [
      ...(newest.item.reviews ?? []),
      ...reviews.map(({ reviewer, role, verdict, note, recordedAt }) => ({
        by: reviewer,
        role,
        at: recordedAt.slice(0, 10),
        verdict,
        ...(note === '' ? {} : { note }),
      })),
    ],
  };
  const holdReason = automaticHold(item, bank.references, today);
  return {
    item: holdReason === null ? item : { ...item, status: 'hold' },
    setStatus,
    holdReason,
    versions,
    statuses: recorded.statuses,
    reviews,
  };
}

function buildStates(context: HostContext, today: string): ReadonlyMap<string, ItemState> {
  const { db } = context.vault.storage();
  const shipped = context.registry.bank;
  const versions = groupBy(listItemVersions(db, shipped.meta.id));
  const statuses = groupBy(listItemStatuses(db));
  const reviews = groupBy(listItemReviews(db));
  const shippedById = new Map(shipped.items.map((item) => [item.id, item]));
  const states = new Map<string, ItemState>();
  for (const id of new Set([...shippedById.keys(), ...versions.keys()])) {
    const first = shippedById.get(id);
    const line = [
      ...(first === undefined ? [] : [shippedVersion(first)]),
      ...(versions.get(id) ?? []).map(toVersion),
    ];
    const recorded = { statuses: statuses.get(id) ?? [], reviews: reviews.get(id) ?? [] };
    const state = stateOf(line, recorded, shipped, today);
    if (state !== null) states.set(id, state);
  }
  return states;
}

function build(context: HostContext, revision: number, today: string): CurrentBank {
  const shipped = context.registry.bank;
  const states = buildStates(context, today);
  const version = revision === 0 ? shipped.meta.version : `${shipped.meta.version}+${revision}`;
  const bank: ItemBank = {
    ...shipped,
    meta: { ...shipped.meta, version },
    items: [...states.values()].map(({ item }) => item),
  };
  let checked: CheckedBank | null = null;
  return {
    bank,
    states,
    checked: () => (checked ??= checkItemBank({ ...context.registry, bank }, context.clock())),
  };
}

interface Kept {
  readonly revision: number;
  readonly today: string;
  readonly value: CurrentBank;
}

const kept = new WeakMap<HostContext, Kept>();

/** ISO date on the wall of the host: the day review dates are compared with. */
export function todayOf(context: HostContext): string {
  const { year, month, day } = localDate(context.clock());
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
}

/** Built again only after something was recorded or the day has changed. */
export function currentBank(context: HostContext): CurrentBank {
  const revision = bankRevision(context.vault.storage().db);
  const today = todayOf(context);
  const known = kept.get(context);
  if (known?.revision === revision && known.today === today) return known.value;
  const value = build(context, revision, today);
  kept.set(context, { revision, today, value });
  return value;
}

/** What one item is judged against today. */
export const checkSetting = (context: HostContext): CheckSetting => ({
  bank: currentBank(context).bank,
  today: todayOf(context),
  lists: context.registry.checkLists,
});

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
