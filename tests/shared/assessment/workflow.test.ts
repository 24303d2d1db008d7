import { describe, expect, it } from 'vitest';
import { itemStatuses } from '@shared/assessment/itemCodes';
import type { ItemStatus } from '@shared/assessment/itemCodes';
import {
  automaticHold,
  nextStatuses,
  reviewsInForce,
  samePerson,
  transitionProblems,
} from '@shared/assessment/workflow';
import type { RecordedReview, WorkflowFacts } from '@shared/assessment/workflow';

const accept = (by: string, role: RecordedReview['role']): RecordedReview => ({
  by,
  role,
  verdict: 'accept',
});
const threeRoles = [accept('赵', 'content'), accept('钱', 'language'), accept('孙', 'sensitivity')];
const facts = (changes: Partial<WorkflowFacts> = {}): WorkflowFacts => ({
  status: 'pilot',
  authors: ['李编辑'],
  reviews: threeRoles,
  blockingRules: [],
  ...changes,
});
const reasons = (changes: Partial<WorkflowFacts>, to: ItemStatus = 'active'): readonly string[] =>
  transitionProblems(facts(changes), to).map(({ reason }) => reason);

describe('moves between statuses', () => {
  /** question-bank-spec §6.1, written out by hand. */
  const allowed: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
    draft: ['review', 'retired'],
    review: ['draft', 'pilot', 'hold', 'retired'],
    pilot: ['active', 'review', 'hold', 'retired'],
    active: ['hold', 'retired'],
    hold: ['review', 'active', 'retired'],
    retired: [],
  };

  it.each(itemStatuses)('from %s only the ones the specification names', (from) => {
    const open = itemStatuses.filter((to) => transitionProblems(facts({ status: from }), to).length === 0);
    expect([...open].sort()).toEqual([...allowed[from]].sort());
    expect(nextStatuses(from)).toEqual(allowed[from]);
  });

  it.each(['review', 'pilot', 'active'] as const)('a blocking rule keeps an item out of %s', (to) => {
    const status = ({ review: 'draft', pilot: 'review', active: 'pilot' } as const)[to];
    expect(transitionProblems(facts({ status, blockingRules: ['R06'] }), to)).toEqual([
      { reason: 'blockingFindings', rules: ['R06'] },
    ]);
  });

  it.each(['hold', 'retired'] as const)('nothing keeps an item from %s', (to) => {
    expect(transitionProblems(facts({ status: 'active', reviews: [], blockingRules: ['R20'] }), to)).toEqual(
      [],
    );
  });
});

describe('becoming active', () => {
  it('takes all three roles', () => {
    expect(transitionProblems(facts({ reviews: threeRoles.slice(0, 2) }), 'active')).toEqual([
      { reason: 'roleMissing', role: 'sensitivity' },
    ]);
  });

  it('takes at least two people', () => {
    const one = (['content', 'language', 'sensitivity'] as const).map((role) => accept('赵', role));
    expect(transitionProblems(facts({ reviews: one }), 'active')).toEqual([
      { reason: 'tooFewReviewers', count: 1 },
    ]);
  });

  it('does not count what an author says about the own item, however the name is spelt', () => {
    expect(
      reasons({ authors: ['赵'], reviews: [...threeRoles.slice(1), accept(' 赵 ', 'content')] }),
    ).toEqual(['roleMissing']);
    expect(samePerson('Ｌｉ 明', 'li明')).toBe(true);
  });

  it('waits for an objection to be lifted by whoever raised it', () => {
    const objection: RecordedReview = { by: '赵', role: 'content', verdict: 'revise' };
    expect(reasons({ reviews: [...threeRoles, objection] })).toContain('openObjection');
    expect(reasons({ reviews: [objection, ...threeRoles] })).toEqual([]);
    expect(reasons({ status: 'review', reviews: [objection] }, 'pilot')).toEqual(['openObjection']);
  });

  it('keeps one word per person and role: the latest', () => {
    const reviews = [{ by: '赵', role: 'content', verdict: 'reject' } as const, accept('赵', 'content')];
    expect(reviewsInForce({ authors: [], reviews })).toEqual([accept('赵', 'content')]);
  });
});

describe('automatic hold', () => {
  const item = {
    status: 'active',
    references: [{ ref: 'R1', fact: '事实' }],
    review_due: '2026-06-30',
  } as const;
  const copy = (changes: object = {}) => ({ ...item, references: [...item.references], ...changes });
  const source = { title: '标准', issuer: '某部', type: '标准' };

  it.each([
    ['2026-06-29', null],
    ['2026-06-30', 'reviewOverdue'],
  ])('on %s an item due on 2026-06-30 gives %s', (today, expected) => {
    expect(automaticHold(copy(), { R1: source }, today)).toBe(expected);
  });

  it('follows a superseded source', () => {
    expect(automaticHold(copy(), { R1: { ...source, status: '已废止' } }, '2026-01-01')).toBe(
      'sourceSuperseded',
    );
  });

  it.each(['draft', 'review', 'retired'] as const)('leaves an item in %s alone', (status) => {
    expect(automaticHold(copy({ status }), { R1: source }, '2030-01-01')).toBeNull();
  });
});
