/** Paper through the product: print, key twice by keyboard, settle the difference, file, find it among the interviews. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SurveyId } from '../../../shared/domain/ids';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { visit } from '../../support/e2e/hosts';
import { createSurvey } from '../../support/e2e/settings';
import type { SpecContext } from '../../support/e2e/spec';
import { openPrintPage, printPaper, startKeying } from '../../support/e2e/walkPaper';

/** Longer than the time in which an Enter after a code that went on by itself is taken for habit. */
const afterHabitMs = 500;

export function paperJourney({ host, browser }: SpecContext): void {
  describe(`${host.name}: a paper questionnaire`, () => {
    let session: Session;
    let surveyId: SurveyId;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir() });
      surveyId = await createSurvey(session, { modules: [] });
    });
    afterAll(() => session.close());

    /** A refusal at the door: a short paper, keyed by keyboard alone. */
    async function keyRefusal(number: number, typist: string, weight: string): Promise<void> {
      const { page } = session;
      await visit(session, `/surveys/${surveyId}/paper`);
      await page.getByRole('heading', { level: 1, name: '纸质录入' }).waitFor();
      await startKeying(session, number, typist);
      const inHand = page.locator('input.keyed');
      const key = async (label: string, text: string, endsByItself = false): Promise<void> => {
        await page.locator(`input.keyed[aria-label*="${label}"]`).waitFor();
        await inHand.pressSequentially(text);
        if (!endsByItself) await page.keyboard.press('Enter');
      };
      await key('访问日期', '20251001');
      await key('访问员', '赵一');
      await key('样本编号', 'P-1');
      await key('区县', '2', true);
      await key('城乡', '1', true);
      await page.waitForTimeout(afterHabitMs);
      await key('层', 'S1');
      await key('初级单元', 'P1');
      await key('基础权数', weight);
      await key('S0', '2', true);
      await page.getByText('最后一题已录').waitFor();
      await page.keyboard.press('Enter');
      await page.getByText('可以录下一份').waitFor();
    }

    it('shows the whole questionnaire with its jumps and nothing of a key before it is printed', async () => {
      await openPrintPage(session, surveyId);
      const { page } = session;
      expect(await page.locator('.item').count()).toBeGreaterThan(60);
      expect(await page.getByText('→ 跳到 B5').count()).toBe(1);
      expect(await page.locator('body').innerText()).not.toMatch(/解析|正确答案/);
    });

    it('is keyed twice, settled and filed as an interview on paper', async () => {
      const { page } = session;
      const number = await printPaper(session, surveyId);
      await keyRefusal(number, '张三', '120');
      await keyRefusal(number, '李四', '12');
      await page.getByRole('button', { name: '比对入库' }).click();
      await page.getByRole('region', { name: '差异表' }).waitFor();
      expect(await page.getByRole('row', { name: /基础权数/ }).innerText()).toContain('120');
      await page.getByLabel('认定人姓名').fill('王督导');
      await page.getByRole('button', { name: '按第一次' }).click();
      await page.getByText('没有要处理的了').waitFor();
      await page.getByRole('button', { name: '入库', exact: true }).click();
      await page.getByText('已入库，在“答卷”里').waitFor();
      await visit(session, `/surveys/${surveyId}/interviews`);
      const row = page.getByRole('row', { name: /P-1/ });
      await row.waitFor();
      expect(await row.innerText()).toContain('纸质');
    });
  });
}
