/** Every item of a bank with its versions, status and reviews, and what follows from them today. */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { ItemStatus } from '@shared/assessment/itemCodes';
import type { HoldReason } from '@shared/assessment/workflow';
import { automaticHold } from '@shared/assessment/workflow';
import { omit } from '@shared/domain/omit';
import { openedVersion } from '../../bankPackages/secrets';
import type { HostContext } from '../../context';
import { listItemReviews, listItemStatuses, listItemVersions } from '../../database/repositories/items';
import type {
  ItemOrigin,
  StoredItemReview,
  StoredItemStatus,
  StoredItemVersion,
} from '../../database/repositories/items';

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
  /** Reviews of every version. */
  readonly allReviewCount: number;
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

const toVersion = (context: HostContext, { bankId, document, ...row }: StoredItemVersion): ItemVersion => ({
  ...omit(row, 'itemId'),
  // Only documents that passed the schema of items are ever stored; of a private bank their question parts.
  item: openedVersion(context, bankId, document as BankItem),
});

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
    allReviewCount: recorded.reviews.length,
  };
}

/** States by item number, in the order of the bank, items that were added here last. */
export function buildStates(
  context: HostContext,
  original: ItemBank,
  today: string,
): ReadonlyMap<string, ItemState> {
  const { db } = context.vault.storage();
  const versions = groupBy(listItemVersions(db, original.meta.id));
  const statuses = groupBy(listItemStatuses(db));
  const reviews = groupBy(listItemReviews(db));
  const originalById = new Map(original.items.map((item) => [item.id, item]));
  const states = new Map<string, ItemState>();
  for (const id of new Set([...originalById.keys(), ...versions.keys()])) {
    const first = originalById.get(id);
    const line = [
      ...(first === undefined ? [] : [shippedVersion(first)]),
      ...(versions.get(id) ?? []).map((version) => toVersion(context, version)),
    ];
    const recorded = { statuses: statuses.get(id) ?? [], reviews: reviews.get(id) ?? [] };
    const state = stateOf(line, recorded, original, today);
    if (state !== null) states.set(id, state);
  }
  return states;
}
