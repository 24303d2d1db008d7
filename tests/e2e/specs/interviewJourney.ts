/** From an empty home page to a scored interview: keys only, interrupted twice, nothing lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InterviewId, SurveyId } from '../../../shared/domain/ids';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { call, value, visit } from '../../support/e2e/hosts';
import { answerUntil, chooseRadio, fillIn, pressButton, progressOf, tabTo } from '../../support/e2e/keyboard';
import type { SpecContext } from '../../support/e2e/spec';
import { everyKindSeed } from '../../support/e2e/walk';

const testItems = 50;

export function interviewJourney({ host, browser }: SpecContext): void {
  describe(`${host.name}: a survey is set up and an interview answered by keyboard only`, () => {
    const dataDir = freshDataDir();
    let session: Session;
    let surveyId: SurveyId;
    let interviewId: InterviewId;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir });
    });
    afterAll(() => session.close());

    it('the empty home page teaches and offers a new survey', async () => {
      await session.page.getByText('从一次调查开始').waitFor();
      expect(await session.page.getByRole('button', { name: '新建调查' }).count()).toBe(1);
    });

    it('the seven steps of the wizard make a survey of 苏州 without a pointer', async () => {
      const { page } = session;
      const next = (title: string): Promise<void> => pressButton(page, `下一步：${title}`);
      await pressButton(page, '新建调查');
      await chooseRadio(page, 'plan', 'suzhou');
      await next('样本性质与抽样');
      await next('测评口径与试卷');
      await tabTo(page, page.locator('#form-seed'));
      await page.keyboard.press('Control+A');
      await page.keyboard.type(String(everyKindSeed));
      await tabTo(page, page.getByRole('checkbox', { name: /我已了解/ }));
      await page.keyboard.press('Space');
      await next('问卷模块');
      await next('人群与分组');
      await next('表头与法定信息');
      await next('检查');
      await pressButton(page, '创建调查');
      await page.getByText('还没有答卷').waitFor();
      const { surveys } = await value(session, 'survey/list', {});
      expect(surveys.map(({ survey }) => survey.settings.planId)).toEqual(['suzhou']);
      surveyId = surveys[0]?.survey.id ?? surveyId;
    });

    it('a self-administered interview starts from the list', async () => {
      const { page } = session;
      await pressButton(page, '开始访问');
      const dialog = page.getByRole('dialog');
      await tabTo(page, dialog.getByRole('radiogroup').first());
      await page.keyboard.press('ArrowDown');
      for (const [label, text] of [
        ['层（必填）', '1'],
        ['初级单元（必填）', 'P01'],
        ['基础权数（必填）', '1200'],
      ] as const) {
        await tabTo(page, dialog.getByLabel(label));
        await page.keyboard.type(text);
      }
      await tabTo(page, dialog.getByRole('button', { name: '开始访问' }));
      await page.keyboard.press('Enter');
      await page.locator('#question-stem').waitFor();
      const listed = await value(session, 'interview/list', {
        surveyId,
        origin: 'live',
        search: '',
        offset: 0,
        limit: 10,
      });
      const row = listed.rows[0];
      expect(row?.mode).toBe('selfAdministered');
      interviewId = row?.interviewId ?? interviewId;
    });

    it('a reload in the middle shows the same question with what was chosen before', async () => {
      const { page } = session;
      const before = await answerUntil(session, interviewId, ({ answered }) => answered >= 25);
      if (before.currentQuestion === null) throw new Error('the interview ended early');
      await page.locator('#question-stem', { hasText: before.currentQuestion.text }).waitFor();
      await fillIn(page, before.currentQuestion);
      await session.reload();
      await page.locator('#question-stem', { hasText: before.currentQuestion.text }).waitFor();
      const after = await progressOf(session, interviewId);
      expect(after.answers).toEqual(before.answers);
      expect(after.currentQuestionId).toBe(before.currentQuestionId);
      await page.keyboard.press('Enter');
      await expect
        .poll(async () => (await progressOf(session, interviewId)).currentQuestionId)
        .not.toBe(before.currentQuestionId);
    });

    it('killing the program in the middle loses no acknowledged answer and resumes at the same question', async () => {
      const before = await answerUntil(session, interviewId, ({ answered }) => answered >= 45);
      await session.kill();
      session = await host.start({ browser: browser(), dataDir });
      const after = await progressOf(session, interviewId);
      expect(after.answers).toEqual(before.answers);
      expect(after.currentQuestionId).toBe(before.currentQuestionId);
      await visit(session, `/surveys/${surveyId}/interviews`);
      await session.page.getByRole('button', { name: '继续访问' }).click();
      await session.page.locator('#question-stem', { hasText: before.currentQuestion?.text ?? '' }).waitFor();
    });

    it('backspace goes back to the answered question and Enter keeps its answer', async () => {
      const before = await progressOf(session, interviewId);
      await session.page.keyboard.press('Backspace');
      await expect
        .poll(async () => (await progressOf(session, interviewId)).currentQuestionId)
        .not.toBe(before.currentQuestionId);
      await session.page.keyboard.press('Enter');
      await expect
        .poll(async () => (await progressOf(session, interviewId)).currentQuestionId)
        .toBe(before.currentQuestionId);
      expect((await progressOf(session, interviewId)).answers).toEqual(before.answers);
    });

    it('the respondent finishes all fifty items and sees thanks but no score', async () => {
      const { page } = session;
      const progress = await answerUntil(session, interviewId, () => false);
      expect(progress.state).toBe('readyToFinish');
      expect(progress.testItemCount).toBe(testItems);
      await page.getByRole('heading', { name: '题目都答完了，谢谢您！' }).waitFor();
      await page.keyboard.press('Enter');
      expect((await progressOf(session, interviewId)).state).toBe('readyToFinish');
      await pressButton(page, '完成');
      await page.getByText('答完了，谢谢您！', { exact: true }).waitFor();
      expect(await page.locator('body').innerText()).not.toMatch(/\d\s*分|得分|具备/);
      await tabTo(page, page.getByRole('button', { name: /按住这里返回/ }));
      await page.keyboard.down('Enter');
      await page.getByRole('heading', { name: '答卷' }).waitFor();
      await page.keyboard.up('Enter');
    });

    it('the statistician sees the score, the enumerator is told that it is hidden', async () => {
      const { page } = session;
      await page.getByRole('button', { name: '查看结果' }).click();
      await page.getByLabel('本次得分').getByText('本地测评口径').waitFor();
      const seen = await value(session, 'interview/getScore', { interviewId });
      const shown = await page.getByLabel('本次得分').locator('.total strong').innerText();
      expect(seen.disposition).toBe('complete');
      expect(Number(shown)).toBeCloseTo(seen.score?.total ?? Number.NaN, 1);
      await value(session, 'app/updateRole', { role: 'enumerator' });
      const refused = await call(session, 'interview/getScore', { interviewId });
      expect(refused).toMatchObject({ ok: false, failure: { code: 'FORBIDDEN' } });
      const closed = await value(session, 'interview/get', { interviewId });
      expect(JSON.stringify(closed)).not.toMatch(/"score"|"total":\s*\d+\.\d/);
      await value(session, 'app/updateRole', { role: 'statistician' });
    });
  });
}
