/** The practice run as a respondent goes through it: every kind of test item, with keys, no interview needed. */
import type { Question } from '../../../shared/questions/kinds';
import type { Session } from './hosts';
import { value, visit } from './hosts';
import { fillIn } from './keyboard';

/** Any seed shows every kind; this one keeps the pictures of two runs alike. */
export const practiceSeed = 1;

/** Shows the first question of the run and resolves with all of them in order. */
export async function openPractice(session: Session): Promise<readonly Question[]> {
  const { questions } = await value(session, 'practice/get', { seed: practiceSeed });
  await visit(session, '/no/such/page');
  await session.page.locator('#question-stem').waitFor({ state: 'detached' });
  await visit(session, `/practice?seed=${practiceSeed}`);
  await session.page.locator('#question-stem', { hasText: questions[0]?.text ?? '' }).waitFor();
  return questions;
}

export interface PracticeStops {
  /** The question is answered, nothing has been said about it. */
  readonly answered: (question: Question) => Promise<void>;
  /** Right or wrong, answer and reason are on screen. */
  readonly judged: (question: Question) => Promise<void>;
}

/** Answers the questions with keys and ends on the closing page. */
export async function walkPractice(
  session: Session,
  questions: readonly Question[],
  stops: PracticeStops,
): Promise<void> {
  const { page } = session;
  for (const question of questions) {
    await page.locator('#question-stem', { hasText: question.text }).waitFor();
    await fillIn(page, question);
    await stops.answered(question);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: '答案和解析' }).waitFor();
    await stops.judged(question);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('heading', { name: '练习结束' }).waitFor();
}
