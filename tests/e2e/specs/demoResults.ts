/** The demo survey of 苏州: what the screens say and what the Excel report says are one thing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../../shared/contract/contract';
import type { SurveyId } from '../../../shared/domain/ids';
import { jobId } from '../../../shared/domain/ids';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import { value, visit } from '../../support/e2e/hosts';
import type { SpecContext } from '../../support/e2e/spec';
import { allCells, readBook } from '../../support/e2e/workbooks';

/** Everyone of the demo's 4,000 respondents is generated from the plan and a seed. */
const suzhouDistricts = [
  '姑苏区',
  '虎丘区',
  '吴中区',
  '相城区',
  '吴江区',
  '常熟市',
  '张家港市',
  '昆山市',
  '太仓市',
];

export function demoResults({ host, browser }: SpecContext): void {
  describe(`${host.name}: the demo survey of 苏州`, () => {
    let session: Session;
    let surveyId: SurveyId;
    let results: Output<'results/run'>;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir(), demo: 'suzhou' });
    });
    afterAll(() => session.close());

    it('opens at its verdict, marked as demo data', async () => {
      const { page } = session;
      const headline = page.getByRole('region', { name: '达标结论' });
      await headline.waitFor();
      expect(await headline.locator('.sentence').innerText()).toMatch(/苏州.*2025.*公民具备科学素质比例/);
      expect(await page.locator('header').getByText('演示数据', { exact: true }).count()).toBe(1);
      const { surveys } = await value(session, 'survey/list', {});
      expect(surveys).toHaveLength(1);
      surveyId = surveys[0]?.survey.id ?? surveyId;
      results = await value(session, 'results/run', { surveyId, jobId: jobId.parse('e2e') });
    });

    it('the headline on screen is the estimate, with its interval and one of the five verdicts', async () => {
      const { literate } = results.headline;
      const text = await session.page.getByRole('region', { name: '达标结论' }).innerText();
      if (!('estimate' in literate)) throw new Error('the headline was suppressed');
      expect(text).toContain(`${(literate.estimate * 100).toFixed(1)}`);
      expect(text).toMatch(/已达到|点估计达到.{0,2}但证据不足|点估计未达到.{0,2}但证据不足|未达到|不可判定/);
      expect(text).toMatch(/\d+\.\d+%–\d+\.\d+%/);
    });

    it.each([
      ['units', '区县比较'],
      ['groups', '人群'],
      ['trend', '趋势'],
      ['estimate', '估计'],
      ['weights', '加权'],
      ['settings', '调查设置'],
    ])('the page %s shows its content without an error', async (route, title) => {
      await visit(session, `/surveys/${surveyId}/${route}`);
      const { page } = session;
      await page.getByRole('heading', { level: 1, name: new RegExp(title) }).waitFor();
      expect(await page.locator('.failure, [data-failure]').count()).toBe(0);
      expect((await page.locator('main').innerText()).length).toBeGreaterThan(150);
    });

    it('every district has a row with its interval, in the order of the code, not of the estimate', async () => {
      await visit(session, `/surveys/${surveyId}/units`);
      const { page } = session;
      await page.getByRole('heading', { level: 1, name: /区县比较/ }).waitFor();
      const text = await page.locator('main').innerText();
      const drawn = await page.locator('main svg text').allTextContents();
      const shown = suzhouDistricts.filter(
        (name) => text.includes(name) || drawn.some((label) => label.includes(name)),
      );
      expect(shown).toEqual(suzhouDistricts);
    });

    it('the Excel report opens in another program and its headline is the screen’s', async () => {
      await visit(session, `/surveys/${surveyId}/report`);
      const create = session.page.locator('[data-test="create-report"]');
      await create.waitFor();
      const file = await session.saveFile(() => create.click());
      expect(file.name).toMatch(/苏州.*演示.*\.xlsx$/);
      const book = readBook(file.bytes);
      const { literate } = results.headline;
      if (!('estimate' in literate)) throw new Error('the headline was suppressed');
      const numbers = allCells(book).filter((cell) => typeof cell === 'number');
      const nearest = Math.min(...numbers.map((cell) => Math.abs(cell - literate.estimate)));
      expect(nearest).toBeLessThan(1e-12);
      for (const [name] of book.SheetNames.map((sheet) => [sheet]))
        expect(JSON.stringify(book.Sheets[name ?? ''])).toContain('演示数据');
    });
  });
}
