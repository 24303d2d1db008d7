/** What must hold on every screen: accessible, Chinese, inside the policy, nothing clipped sideways. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionKinds } from '../../../shared/questions/kinds';
import { freshDataDir } from '../../support/e2e/dataDir';
import type { Session } from '../../support/e2e/hosts';
import type { SpecContext } from '../../support/e2e/spec';
import type { Walk } from '../../support/e2e/walk';
import { prepareWalk, startInterview, walkInterview, workbenchScreens } from '../../support/e2e/walk';
import type { PageTrouble } from '../../support/e2e/watch';
import { watchPage } from '../../support/e2e/watch';

/** Latin words a Chinese office reads without thinking: file formats, keys, and one named method each. */
const allowedWords = new Set([
  'Excel',
  'CSV',
  'xlsx',
  'csv',
  'MB',
  'Ctrl',
  'Enter',
  'K',
  'logit',
  'Kish',
  'Rasch',
  'SPSS',
  'PNG',
  'SVG',
]);
/** Symbols, letters of options and codes with digits are figures rather than words: n = 4,000, A, 3f2a… */
const isSymbol = (word: string): boolean => word.length === 1 || /\d/.test(word) || /^[A-Z]{2}$/.test(word);

const latinWords = async (page: Page): Promise<string[]> => {
  const text = await page.locator('body').innerText();
  const drawn = await page.locator('svg text').allTextContents();
  // The source text of a plan is a quotation of the government's own document.
  const quoted = (await page.getByRole('document').allInnerTexts()).join(' ');
  const words = `${text} ${drawn.join(' ')}`.match(/[A-Za-z0-9]+/g) ?? [];
  const own = words.filter((word) => !quoted.includes(word));
  return [...new Set(own)].filter((word) => !allowedWords.has(word) && !isSymbol(word));
};

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null | undefined;
  readonly targets: readonly string[];
}

async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated through the debugger, so the page's own policy stays as it is.
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async (): Promise<AxeFinding[]> => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await runner.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      targets: nodes.slice(0, 3).map(({ target }) => target.join(' ')),
    }));
  });
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, targets }) => `${id}: ${targets.join(' | ')}`);
}

/** Pages scroll down, never sideways. */
const isWiderThanWindow = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);

export function everyScreen({ host, browser }: SpecContext): void {
  describe(`${host.name}: every screen`, () => {
    let session: Session;
    let walk: Walk;
    let trouble: PageTrouble;

    beforeAll(async () => {
      session = await host.start({ browser: browser(), dataDir: freshDataDir(), demo: 'suzhou' });
      walk = await prepareWalk(session);
      await session.page.getByRole('region', { name: '达标结论' }).waitFor();
      trouble = watchPage(session.page);
    });
    afterAll(() => session.close());

    const inspect = async (): Promise<object> => ({
      latin: await latinWords(session.page),
      wide: await isWiderThanWindow(session.page),
      light: await seriousFindings(session.page),
    });
    const clean = { latin: [], wide: false, light: [] };

    it.each(workbenchScreens)(
      '$name: no serious finding of axe, no foreign word, no sideways scrolling',
      async (screen) => {
        await screen.open(walk);
        expect(await inspect()).toEqual(clean);
      },
    );

    it.each(workbenchScreens.filter(({ name }) => /home|plan-suzhou|wizard-1|survey|security/.test(name)))(
      '$name: the same in the dark',
      async (screen) => {
        await session.page.emulateMedia({ colorScheme: 'dark' });
        await screen.open(walk);
        const findings = await seriousFindings(session.page);
        await session.page.emulateMedia({ colorScheme: 'light' });
        expect(findings).toEqual([]);
      },
    );

    it.each(['selfAdministered', 'interviewer'] as const)('every kind of question, %s', async (mode) => {
      const interviewId = await startInterview(walk, mode);
      const found: Record<string, object> = {};
      const met = await walkInterview(walk, interviewId, async (kind) => {
        const normal = await inspect();
        if (JSON.stringify(normal) !== JSON.stringify(clean)) found[kind] = normal;
      });
      expect(questionKinds.filter((kind) => !met.has(kind))).toEqual([]);
      expect(found).toEqual({});
    });

    it('every kind of question in 大字模式 at the size of a tablet', async () => {
      const interviewId = await startInterview(walk, 'selfAdministered');
      await session.page.setViewportSize({ width: 800, height: 1280 });
      for (let press = 0; press < 2; press += 1)
        await session.page.getByRole('button', { name: '字号变大' }).click();
      const found: Record<string, object> = {};
      await walkInterview(walk, interviewId, async (kind) => {
        const state = { ...(await inspect()), small: await smallTargets(session.page) };
        if (JSON.stringify(state) !== JSON.stringify({ ...clean, small: [] })) found[kind] = state;
      });
      expect(found).toEqual({});
    });

    it('nothing violated the content policy, failed to load or wrote an error on any of them', () => {
      expect(trouble.seen).toEqual([]);
    });
  });
}

/** Answers and the two ways on that are lower than 60 px in 大字模式. */
const smallTargets = (page: Page): Promise<string[]> =>
  page
    .locator('.q-option, .foot .press')
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.getBoundingClientRect().height < 60)
        .map(
          (element) =>
            `${element.textContent?.trim().slice(0, 12)} ${element.getBoundingClientRect().height}`,
        ),
    );
