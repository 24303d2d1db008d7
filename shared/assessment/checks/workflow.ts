/**
 * R29: whoever wrote an item does not review it, and an item in force has been accepted in all three roles by enough
 * people other than its authors.
 */
import type { BankItem } from '../bank';
import { reviewRoles, reviewVerdicts, samePerson, transitionProblems } from '../workflow';
import type { RecordedReview } from '../workflow';
import { perItem } from './finding';
import type { CheckRule, Finding } from './finding';

/** Reviews of a bank file with a role and a verdict of the workflow; others decide nothing. */
function recordedReviews(item: BankItem): readonly RecordedReview[] {
  return (item.reviews ?? []).flatMap((review) => {
    const role = reviewRoles.find((each) => each === review.role);
    const verdict = reviewVerdicts.find((each) => each === review.verdict);
    return role === undefined || verdict === undefined ? [] : [{ by: review.by, role, verdict }];
  });
}

const workflow = perItem((item): readonly Finding['params'][] => {
  const { authors, status } = item;
  const reviews = recordedReviews(item);
  const own = (item.reviews ?? []).find(({ by }) => authors.some((author) => samePerson(author, by)));
  const self = own === undefined ? [] : [{ part: 'authorReviewed', by: own.by }];
  if (status !== 'active') return self;
  const problems = transitionProblems({ status: 'pilot', authors, reviews, blockingRules: [] }, 'active');
  return [
    ...self,
    ...(authors.length === 0 ? [{ part: 'noAuthor' }] : []),
    ...problems.map((problem) => ({
      part: problem.reason,
      ...(problem.reason === 'roleMissing' ? { role: problem.role } : {}),
      ...(problem.reason === 'openObjection' ? { by: problem.by } : {}),
    })),
  ];
});

export const workflowRules = {
  R29: { level: 'error', run: workflow },
} as const satisfies Record<string, CheckRule>;
