/**
 * Life of an item as a state machine (question-bank-spec §6.1, §2.7–2.8, checklist R29): draft → review → pilot →
 * active → hold → retired. Pure: the caller gathers the facts, this file judges.
 */
import type { BankItem, Reference } from './bank';
import { isSuperseded } from './checks/evidence';
import type { ItemStatus } from './itemCodes';

export const reviewRoles = ['content', 'language', 'sensitivity'] as const;
export type ReviewRole = (typeof reviewRoles)[number];

/** accept: may go on; revise: must be changed first; reject: must not go on. */
export const reviewVerdicts = ['accept', 'revise', 'reject'] as const;
export type ReviewVerdict = (typeof reviewVerdicts)[number];

export interface RecordedReview {
  readonly by: string;
  readonly role: ReviewRole;
  readonly verdict: ReviewVerdict;
}

/** Different reviewers an active item needs at least (question-bank-spec §7.3: two reviewers per item). */
export const minimumReviewers = 2;

const transitions = {
  draft: ['review', 'retired'],
  review: ['draft', 'pilot', 'hold', 'retired'],
  pilot: ['active', 'review', 'hold', 'retired'],
  active: ['hold', 'retired'],
  hold: ['review', 'active', 'retired'],
  retired: [],
} as const satisfies Readonly<Record<ItemStatus, readonly ItemStatus[]>>;

/** Statuses an item may be moved to by a person. */
export const nextStatuses = (from: ItemStatus): readonly ItemStatus[] => transitions[from];

/** Names are compared without spaces, width and case: 张 三 and 张三 are one person. */
export const samePerson = (first: string, second: string): boolean => personKey(first) === personKey(second);

const personKey = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '').toLowerCase();

export interface WorkflowFacts {
  readonly status: ItemStatus;
  /** Everybody who wrote the version in force. */
  readonly authors: readonly string[];
  /** Reviews of the version in force, oldest first. */
  readonly reviews: readonly RecordedReview[];
  /** Ids of checklist rules of level error that the item breaks. */
  readonly blockingRules: readonly string[];
}

export type TransitionProblem =
  | { readonly reason: 'notAllowed'; readonly from: ItemStatus; readonly to: ItemStatus }
  | { readonly reason: 'blockingFindings'; readonly rules: readonly string[] }
  | { readonly reason: 'openObjection'; readonly by: string }
  | { readonly reason: 'roleMissing'; readonly role: ReviewRole }
  | { readonly reason: 'tooFewReviewers'; readonly count: number };

/** The latest word of every reviewer in every role, without what authors said about their own item. */
export function reviewsInForce({
  authors,
  reviews,
}: Pick<WorkflowFacts, 'authors' | 'reviews'>): readonly RecordedReview[] {
  const latest = new Map<string, RecordedReview>();
  for (const review of reviews) {
    if (authors.some((author) => samePerson(author, review.by))) continue;
    latest.set(`${review.role} ${personKey(review.by)}`, review);
  }
  return [...latest.values()];
}

/** Statuses only an item without blocking findings may enter. */
const needsCleanItem: readonly ItemStatus[] = ['review', 'pilot', 'active'];
/** Whether the checklist, and with it the keys, must be read before an item enters this status. */
export const needsChecklist = (status: ItemStatus): boolean => needsCleanItem.includes(status);
/** Statuses an objection of a reviewer keeps an item out of. */
const needsNoObjection: readonly ItemStatus[] = ['pilot', 'active'];

function reviewProblems(accepted: readonly RecordedReview[]): TransitionProblem[] {
  const missing = reviewRoles.filter((role) => !accepted.some((review) => review.role === role));
  const reviewers = new Set(accepted.map((review) => personKey(review.by))).size;
  return [
    ...missing.map((role): TransitionProblem => ({ reason: 'roleMissing', role })),
    ...(reviewers < minimumReviewers ? [{ reason: 'tooFewReviewers', count: reviewers } as const] : []),
  ];
}

/**
 * Everything that keeps an item from the status `to`; an empty list allows the move. `active` needs an accepting
 * review in each of the three roles, by at least two people, none of them an author.
 */
export function transitionProblems(facts: WorkflowFacts, to: ItemStatus): readonly TransitionProblem[] {
  if (!nextStatuses(facts.status).includes(to)) return [{ reason: 'notAllowed', from: facts.status, to }];
  const inForce = reviewsInForce(facts);
  const objection = inForce.find((review) => review.verdict !== 'accept');
  const isBlocked = needsCleanItem.includes(to) && facts.blockingRules.length > 0;
  return [
    ...(isBlocked ? [{ reason: 'blockingFindings', rules: facts.blockingRules } as const] : []),
    ...(needsNoObjection.includes(to) && objection !== undefined
      ? [{ reason: 'openObjection', by: objection.by } as const]
      : []),
    ...(to === 'active' ? reviewProblems(inForce.filter((review) => review.verdict === 'accept')) : []),
  ];
}

export type HoldReason = 'sourceSuperseded' | 'reviewOverdue';

/**
 * Why an item that could be assembled must rest (question-bank-spec §2.8): a source was superseded or the date of
 * its next review has passed. Null for items that are sound, and for statuses no official form takes items from.
 * `today` is an ISO date; the day `review_due` itself counts as passed, as in rule R20.
 */
export function automaticHold(
  item: Pick<BankItem, 'status' | 'references' | 'review_due'>,
  references: Readonly<Record<string, Reference>>,
  today: string,
): HoldReason | null {
  if (item.status !== 'active' && item.status !== 'pilot') return null;
  if (item.references.some(({ ref }) => isSuperseded(references[ref]))) return 'sourceSuperseded';
  return item.review_due !== undefined && item.review_due <= today ? 'reviewOverdue' : null;
}
