/** Ways to the pages of paper questionnaires; what they need is printed and keyed through the contract. */
import type { SurveyId } from '../../../shared/domain/ids';
import { formatPaperNumber } from '../../../shared/paper/paperNumber';
import type { Session } from './hosts';
import { value, visit } from './hosts';

/** Prints one paper and resolves with its number. */
export async function printPaper(session: Session, surveyId: SurveyId): Promise<number> {
  const run = { surveyId, mode: 'selfAdministered', copies: 1, printedBy: '王督导' } as const;
  return (await value(session, 'paper/createRun', run)).firstNumber;
}

/** Keys a paper through the contract and ends the entry. */
export async function keyPaper(
  session: Session,
  surveyId: SurveyId,
  paper: {
    readonly number: number;
    readonly typist: string;
    readonly keyed: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { entryId } = await value(session, 'paper/createEntry', {
    surveyId,
    paperNumber: formatPaperNumber(paper.number),
    typist: paper.typist,
    samePersonReason: null,
  });
  for (const [fieldId, keyed] of Object.entries(paper.keyed))
    await value(session, 'paper/updateField', { entryId, fieldId, keyed, strokes: keyed.length + 1 });
  await value(session, 'paper/runEndEntry', { entryId });
}

const keyed = {
  'cover.date': '20251001',
  'cover.baseWeight': '120',
  S0: '1',
  S1: '198506',
  S2: '1',
  S3: '2',
};

/** The page of a survey's papers, with one of them waiting for the second entry. */
export async function openPapers(session: Session, surveyId: SurveyId): Promise<void> {
  const number = await printPaper(session, surveyId);
  await keyPaper(session, surveyId, { number, typist: '张三', keyed });
  await visit(session, '/');
  await visit(session, `/surveys/${surveyId}/paper`);
  await session.page.getByRole('grid', { name: '纸质问卷' }).waitFor();
}

/** Starts keying the number by keyboard, as a person does. */
export async function startKeying(session: Session, number: number, typist: string): Promise<void> {
  const { page } = session;
  await page.getByRole('textbox', { name: '录入者姓名' }).fill(typist);
  await page.getByRole('textbox', { name: '问卷编号' }).fill(formatPaperNumber(number));
  await page.keyboard.press('Enter');
  await page.locator('input.keyed').waitFor();
}

export async function openKeying(session: Session, surveyId: SurveyId): Promise<void> {
  const number = await printPaper(session, surveyId);
  await openPapers(session, surveyId);
  await startKeying(session, number, '张三');
}

/** Two entries that differ, on a paper that breaks a rule as well. */
export async function openPaperReview(session: Session, surveyId: SurveyId): Promise<void> {
  const number = await printPaper(session, surveyId);
  await keyPaper(session, surveyId, {
    number,
    typist: '张三',
    keyed: { ...keyed, B1: '1', B2: '5', B3: '1' },
  });
  await keyPaper(session, surveyId, {
    number,
    typist: '李四',
    keyed: { ...keyed, B1: '2', B2: '5', B3: '1' },
  });
  await visit(session, `/surveys/${surveyId}/paper/${number}/review`);
  await session.page.getByRole('region', { name: '差异表' }).waitFor();
}

export async function openPrintPage(session: Session, surveyId: SurveyId): Promise<void> {
  await visit(session, `/surveys/${surveyId}/paper/print`);
  await session.page.locator('.item').first().waitFor();
}
