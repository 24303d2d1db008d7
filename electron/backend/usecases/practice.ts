/** 练习模式: hands out questions of the public pool and judges single answers. Reads nothing stored and stores nothing. */
import type { PracticeFeedback } from '@shared/contract/areas/practice';
import type { BankItem } from '@shared/assessment/bank';
import { questionOfItem } from '@shared/assessment/itemQuestion';
import { drawPractice, keyInWords } from '@shared/assessment/practice';
import { publicItem } from '@shared/assessment/publicItem';
import { scoreItem } from '@shared/assessment/scoring';
import type { Result } from '@shared/domain/result';
import { fail, ok } from '@shared/domain/result';
import { arrangeQuestion } from '@shared/questionnaire/arrange';
import type { Answer } from '@shared/questions/answer';
import type { Question } from '@shared/questions/kinds';
import { validateAnswer } from '@shared/questions/registry';
import type { HostContext } from '../context';

const questionOf = (item: BankItem): Question => questionOfItem(publicItem(item), null);

/** Questions as a respondent gets them: public part only, options in the order of the seed. */
export const practiceQuestions = ({ registry }: HostContext, seed: number): Question[] =>
  drawPractice(registry.practicePool.items, seed).map((item) => arrangeQuestion(questionOf(item), seed));

/** Failures: NOT_FOUND for an item outside the pool, ANSWER_NOT_VALID for an answer the question cannot take. */
export function practiceFeedback(
  { registry }: HostContext,
  itemId: string,
  answer: Answer,
): Result<PracticeFeedback> {
  const item = registry.practicePool.items.find(({ id }) => id === itemId);
  if (item === undefined) return fail('NOT_FOUND', { what: 'item' });
  const valid = validateAnswer(questionOf(item), answer);
  if (!valid.ok) return valid;
  const scored = scoreItem(item, answer);
  if (!scored.ok) return scored;
  return ok({ status: scored.value.status, right: [...keyInWords(item)], rationale: item.rationale ?? '' });
}
