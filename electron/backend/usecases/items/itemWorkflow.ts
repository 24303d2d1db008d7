/** Moving an item through its life, and recording what reviewers say. The rules are in `shared/assessment/workflow`. */
import type { ItemStatus } from '@shared/assessment/itemCodes';
import type { ReviewRole, ReviewVerdict } from '@shared/assessment/workflow';
import { needsChecklist, samePerson, transitionProblems } from '@shared/assessment/workflow';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { itemStatusLabels, transitionProblemText } from '@shared/texts/itemTexts';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';
import { saveItemReview, setItemStatus } from '../../database/repositories/items';
import { ownFindings } from './checkItem';
import { checkSetting, findItemBank, itemWithKey, withKeys, workflowFacts } from './currentBank';

export interface StatusRequest {
  readonly itemId: string;
  readonly status: ItemStatus;
  readonly by: string;
  readonly reason: string;
}

/** Failures: NOT_FOUND, BANK_KEYS_CLOSED where the checklist decides, ITEM_STATUS_NOT_ALLOWED {problems}. */
export function changeItemStatus(
  context: HostContext,
  { itemId, status, by, reason }: StatusRequest,
): Result<null> {
  const current = findItemBank(context, itemId);
  const state = current?.states.get(itemId);
  if (current === null || state === undefined) return fail('NOT_FOUND', { what: 'item' });
  const opened = withKeys(current);
  if (!opened.ok && needsChecklist(status)) return opened;
  const findings = opened.ok ? ownFindings(state.item, checkSetting(context, current)) : [];
  const facts = workflowFacts(state, findings);
  const problems = transitionProblems(facts, status);
  if (problems.length > 0)
    return fail('ITEM_STATUS_NOT_ALLOWED', {
      itemId,
      status: itemStatusLabels[status],
      problems: problems.map(transitionProblemText).join('；'),
    });
  const { db } = context.vault.storage();
  const { version } = state.item;
  return db.transact(() => {
    const set = setItemStatus(db, { itemId, version, status, setBy: by, reason });
    if (!set.ok) return set;
    const detail = { version, from: facts.status, to: status, by };
    return appendAudit(db, { action: 'item.status', subject: itemId, detail });
  });
}

export interface ReviewRequest {
  readonly itemId: string;
  readonly version: string;
  readonly reviewer: string;
  readonly role: ReviewRole;
  readonly verdict: ReviewVerdict;
  readonly note: string;
}

/**
 * A review judges the key too, so it needs open keys. Failures: NOT_FOUND, BANK_KEYS_CLOSED, ITEM_CHANGED_MEANWHILE
 * (another version is in force), ITEM_REVIEWER_IS_AUTHOR.
 */
export function reviewItem(context: HostContext, review: ReviewRequest): Result<null> {
  const { itemId, version, reviewer } = review;
  const found = itemWithKey(context, itemId);
  if (!found.ok) return found;
  const { state } = found.value;
  if (state.item.version !== version) return fail('ITEM_CHANGED_MEANWHILE', { itemId });
  if (state.item.authors.some((author) => samePerson(author, reviewer)))
    return fail('ITEM_REVIEWER_IS_AUTHOR', { reviewer });
  const { db } = context.vault.storage();
  return db.transact(() => {
    const saved = saveItemReview(db, review);
    if (!saved.ok) return saved;
    const detail = { version, reviewer, role: review.role, verdict: review.verdict };
    const audited = appendAudit(db, { action: 'item.reviewed', subject: itemId, detail });
    return audited.ok ? ok(null) : audited;
  });
}
