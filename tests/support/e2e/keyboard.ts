/** Doing things without a pointer: reaching a control with Tab, answering a whole interview with keys. */
import type { Locator, Page } from 'playwright-core';
import type { Output } from '../../../shared/contract/contract';
import type { InterviewId } from '../../../shared/domain/ids';
import { placeCount } from '../../../shared/questions/ordering';
import type { Question, QuestionKindName } from '../../../shared/questions/kinds';
import type { Session } from './hosts';
import { value } from './hosts';

const tabLimit = 120;

/** Presses Tab until the control (or something inside it) has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  const isThere = (): Promise<boolean> =>
    target.first().evaluate((element) => element.contains(document.activeElement));
  for (let pressed = 0; pressed < tabLimit; pressed += 1) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target.toString()}`);
}

export async function pressButton(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name, exact: typeof name === 'string' });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

/** Moves inside a native radio group with the arrow keys until the wanted value is chosen. */
export async function chooseRadio(page: Page, groupName: string, wanted: string): Promise<void> {
  await tabTo(page, page.locator(`fieldset:has(input[name="${groupName}"])`));
  const chosen = page.locator(`input[name="${groupName}"]:checked`);
  const total = await page.locator(`input[name="${groupName}"]`).count();
  await page.keyboard.press('Space');
  for (let moved = 0; moved <= total; moved += 1) {
    if ((await chosen.getAttribute('value')) === wanted) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`the arrow keys do not reach ${wanted}`);
}

type Progress = Output<'interview/get'>['progress'];

export const progressOf = async (session: Session, interviewId: InterviewId): Promise<Progress> =>
  (await value(session, 'interview/get', { interviewId })).progress;

/** Option codes that keep a respondent of 40 years with a job in the interview; elsewhere the first option. */
const wantedCodes: Readonly<Record<string, string>> = { S3: '2', T1: '1', B5: '5', B11: '4', B15: '2' };

const digitOf = (position: number): string => String(position + 1);

type Answerer = (page: Page, question: Question) => Promise<void>;

const pressFirst: Answerer = async (page, question) => {
  const options = 'options' in question ? question.options : [];
  const wanted = options.findIndex((option) => option.code === wantedCodes[question.code]);
  await page.keyboard.press(digitOf(Math.max(wanted, 0)));
};

const answerers: Readonly<Record<QuestionKindName, Answerer>> = {
  single: pressFirst,
  multi: pressFirst,
  trueFalse: (page) => page.keyboard.press('1'),
  number: async (page, question) => {
    const lowest = question.kind === 'number' ? question.minimum : 0;
    await page.keyboard.type(String(Math.max(lowest, 3)));
  },
  yearMonth: async (page) => {
    await page.keyboard.type('1985');
    await page.keyboard.press('Enter');
    await page.keyboard.type('6');
  },
  text: (page) => page.keyboard.type('小学老师'),
  scale: async (page, question) => {
    const rows = question.kind === 'scale' ? question.rows.length : 0;
    for (let row = 0; row < rows; row += 1) {
      await page.keyboard.press('2');
      if (row < rows - 1) await page.keyboard.press('Enter');
    }
  },
  ordering: async (page, question) => {
    const places = question.kind === 'ordering' ? placeCount(question) : 0;
    for (let place = 0; place < places; place += 1) await page.keyboard.press(digitOf(place));
  },
  matching: async (page, question) => {
    const rows = question.kind === 'matching' ? question.rows.length : 0;
    for (let row = 0; row < rows; row += 1) await page.keyboard.press(digitOf(row));
  },
};

/** Fills in the question on screen with keys, without going on. */
export const fillIn = (page: Page, question: Question): Promise<void> =>
  answerers[question.kind](page, question);

const stepLimitMs = 60_000;

/** What the page says about the answer it did not accept. */
const complaint = async (page: Page): Promise<string> =>
  (await page.locator('[role="alert"], [role="dialog"]').allInnerTexts()).join(' | ');

/** Answers the question on screen with keys and waits until the next one is shown, which follows the acknowledgement. */
export async function answerCurrent(
  session: Session,
  interviewId: InterviewId,
  before: Progress,
): Promise<Progress> {
  const { page } = session;
  const question = before.currentQuestion;
  if (question === null) throw new Error('there is no question left');
  const stem = page.locator('#question-stem', { hasText: question.text });
  await stem.waitFor();
  await fillIn(page, question);
  await page.keyboard.press('Enter');
  await stem.waitFor({ state: 'detached', timeout: stepLimitMs }).catch(async () => {
    throw new Error(`no way past ${question.code} (${question.kind}): ${await complaint(page)}`);
  });
  return progressOf(session, interviewId);
}

/** Answers with keys until the condition holds or nothing is left to answer. */
export async function answerUntil(
  session: Session,
  interviewId: InterviewId,
  isEnough: (progress: Progress) => boolean,
): Promise<Progress> {
  let progress = await progressOf(session, interviewId);
  while (progress.state === 'open' && progress.currentQuestion !== null && !isEnough(progress))
    progress = await answerCurrent(session, interviewId, progress);
  return progress;
}
