/** The plan pages: every quotation can be seen in the source text. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { value, visit } from '../../support/e2e/hosts';
import type { SpecContext } from '../../support/e2e/spec';

const planIds = ['suzhou', 'yangzhou', 'kunshan', 'huaiyin', 'liaocheng'];

export function plans({ host, browser }: SpecContext): void {
  describe(`${host.name}: the plans`, () => {
    let session: Session;
    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir() });
    });
    afterAll(() => session.close());

    it.each(planIds)(
      'the clause drawer of %s marks the quotation of the goal in the source text',
      async (planId) => {
        const { plan } = await value(session, 'plan/get', { planId });
        await visit(session, `/plans/${planId}`);
        const { page } = session;
        await page.getByRole('heading', { level: 1, name: new RegExp(plan.shortName) }).waitFor();
        await page
          .getByRole('button', { name: /查看原文/ })
          .first()
          .click();
        const mark = page.getByRole('document', { name: '规划原文' }).locator('mark');
        await mark.waitFor();
        const marked = (await mark.innerText()).replace(/\s/g, '');
        const quotations = plan.headlineGoals.map((goal) => (goal.quotation ?? '').replace(/\s/g, ''));
        expect(quotations.some((quotation) => marked.includes(quotation) || quotation.includes(marked))).toBe(
          true,
        );
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
      },
    );

    it('淮阴 says 征求意见稿 wherever it is shown', async () => {
      const { page } = session;
      await visit(session, '/plans/huaiyin');
      await page.getByRole('heading', { level: 1, name: /淮阴/ }).waitFor();
      await page.locator('main').getByText('征求意见稿').first().waitFor();
      await visit(session, '/plans');
      await page.getByRole('heading', { level: 1, name: /规划/ }).waitFor();
      await page.locator('main').getByText('征求意见稿').first().waitFor();
    });
  });
}
