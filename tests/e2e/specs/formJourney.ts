/** From an assembly to a survey: two short forms are assembled, filed and chosen, and the interview asks just one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assembly } from '../../../shared/contract/areas/forms';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { value, visit } from '../../support/e2e/hosts';
import type { SpecContext } from '../../support/e2e/spec';

export function formJourney({ host, browser }: SpecContext): void {
  describe(`${host.name}: a form is assembled, filed and fielded`, () => {
    let session: Session;
    let assembly: Assembly;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir() });
      await value(session, 'app/updateRole', { role: 'administrator' });
      await session.reload();
    });
    afterAll(() => session.close());

    it('two parallel short forms come out, each barred from a 达标率', async () => {
      const { page } = session;
      await visit(session, '/forms');
      await page.locator('input[name="form-blueprint"][value="short-2024-20"]').check();
      await page.locator('#form-count').fill('2');
      await page.locator('#form-count').press('Enter');
      await page.getByRole('button', { name: '开始组卷' }).click();
      await page.getByRole('heading', { name: '预判' }).waitFor({ timeout: 120_000 });
      expect(await page.getByText('仅可练习或参考').count()).toBe(2);
      const kept = await value(session, 'form/getAssembly', {});
      if (kept === null) throw new Error('the session keeps the assembly');
      assembly = kept;
      expect(assembly.forms.map(({ items }) => items.length)).toEqual([20, 20]);
    });

    it('both are filed under names of their own', async () => {
      const { page } = session;
      await page.getByLabel('第 2 份的名称').fill('短卷乙');
      await page.getByLabel('您的姓名').fill('李编辑');
      await page.getByRole('button', { name: '入库 2 份' }).click();
      await page.getByText('✓ 已入库').nth(1).waitFor();
      const titles = (await value(session, 'form/list', {})).map(({ title }) => title);
      expect(titles).toContain('短卷乙');
    });

    it('the wizard offers them and the interview asks exactly the items of the chosen one', async () => {
      const { page } = session;
      await visit(session, '/new?plan=suzhou');
      await page.locator('input[name="plan"][value="suzhou"]:checked').waitFor();
      for (const title of ['样本性质与抽样', '测评口径与试卷'])
        await page.getByRole('button', { name: `下一步：${title}` }).click();
      await page.locator('input[name="form-source"][value="library"]').check();
      await page.getByRole('radio', { name: /短卷乙/ }).check();
      await page.getByRole('checkbox', { name: /我已了解/ }).check();
      for (const title of ['问卷模块', '人群与分组', '表头与法定信息', '检查'])
        await page.getByRole('button', { name: `下一步：${title}` }).click();
      await page.getByRole('button', { name: '创建调查' }).click();
      await page.getByText('还没有答卷').waitFor();
      const { surveys } = await value(session, 'survey/list', {});
      const [survey] = surveys.map((each) => each.survey);
      if (survey === undefined) throw new Error('the survey was created');
      const second = assembly.forms[1];
      expect(survey.formId).toBe(second?.formId);
      const view = await value(session, 'interview/create', {
        surveyId: survey.id,
        mode: 'interviewer',
        caseCode: '',
        regionCode: null,
        residence: 'urban',
        stratum: '320508',
        psu: '320508-01',
        baseWeight: 120,
      });
      const text = JSON.stringify(view);
      const asked = (itemId: string): boolean => text.includes(`"${itemId}"`);
      expect(second?.items.filter(({ itemId }) => !asked(itemId))).toEqual([]);
      expect(assembly.forms[0]?.items.filter(({ itemId }) => asked(itemId))).toEqual([]);
    });
  });
}
