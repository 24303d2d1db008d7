/**
 * Walks every screen and writes a picture of each: the workbench at two window sizes, respondent pages also on a
 * tablet and in 大字模式, every kind of question. Run by `npm run shots -- DIR`; argument: the folder for the PNGs.
 * With `--items` only the kinds of test items, from the practice pool, as asked and as judged.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Question } from '../../../shared/questions/kinds';
import { browserHost } from './browserHost';
import { launchChromium } from './chromium';
import { freshDataDir } from './dataDir';
import type { Session } from './hosts';
import { value, visit } from './hosts';
import type { Walk } from './walk';
import { prepareWalk, settle, startInterview, walkInterview, workbenchScreens } from './walk';
import { openImportCheck, openImportMapping } from './walkImport';
import { openPractice, walkPractice } from './walkPractice';

interface Size {
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

const laptop: Size = { label: '1366x768', width: 1366, height: 768 };
const desktop: Size = { label: '1920x1080', width: 1920, height: 1080 };
const tablet: Size = { label: '800x1280', width: 800, height: 1280 };

/** Numbers the screens in the order they are met; the sizes of one screen share its number. */
interface Album {
  readonly take: (page: Page, name: string, sizes: readonly Size[]) => Promise<void>;
}

function createAlbum(folder: string): Album {
  const numbers = new Map<string, number>();
  return {
    async take(page, name, sizes) {
      const number = numbers.get(name) ?? numbers.size + 1;
      numbers.set(name, number);
      for (const size of sizes) {
        await page.setViewportSize({ width: size.width, height: size.height });
        await settle(page);
        const file = `${String(number).padStart(2, '0')}-${name}@${size.label}.png`;
        await page.screenshot({ path: join(folder, file), animations: 'disabled' });
        process.stdout.write(`${file}\n`);
      }
      await page.setViewportSize({ width: laptop.width, height: laptop.height });
    },
  };
}

/** A screen that does not come up is named and the walk goes on, so that one run shows everything. */
async function attempt(name: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    process.stderr.write(`没有拍到 ${name}：${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

const both = [laptop, desktop];

async function shootWorkbench(walk: Walk, album: Album): Promise<boolean[]> {
  const { page } = walk.session;
  const taken: boolean[] = [];
  for (const screen of workbenchScreens)
    taken.push(
      await attempt(screen.name, async () => {
        await screen.open(walk);
        await album.take(page, screen.name, both);
      }),
    );
  taken.push(
    await attempt('survey-import-mapping', async () => {
      await openImportMapping(walk);
      await album.take(page, 'survey-import-mapping', both);
    }),
    await attempt('survey-import-errors', async () => {
      await openImportCheck(walk);
      await album.take(page, 'survey-import-errors', both);
    }),
  );
  return taken;
}

async function shootInterviews(walk: Walk, album: Album): Promise<boolean[]> {
  const { page } = walk.session;
  const atEnd = async (name: string, sizes: readonly Size[]): Promise<void> => {
    await album.take(page, `${name}-review`, sizes);
    await page.getByRole('button', { name: /^完成/ }).click();
    await page.getByRole('heading', { name: /谢谢您/ }).waitFor();
    await album.take(page, `${name}-closing`, sizes);
  };
  const course = async (name: string, sizes: readonly Size[], largeSteps: number): Promise<void> => {
    const mode = name.startsWith('enumerator') ? 'interviewer' : 'selfAdministered';
    const interviewId = await startInterview(walk, mode);
    for (let step = 0; step < largeSteps; step += 1)
      await page.getByRole('button', { name: '字号变大' }).click();
    await album.take(page, `${name}-first`, sizes);
    await walkInterview(walk, interviewId, (kind) => album.take(page, `${name}-${kind}`, sizes));
    await atEnd(name, sizes);
  };
  return [
    await attempt('respondent', () => course('respondent', [...both, tablet], 0)),
    await attempt('respondent-large', () => course('respondent-large', [...both, tablet], 2)),
    await attempt('enumerator', () => course('enumerator', [...both, tablet], 0)),
  ];
}

async function shootLocked(session: Session, album: Album): Promise<boolean> {
  return attempt('unlock', async () => {
    await visit(session, '/');
    await value(session, 'app/updatePassphrase', { current: '', next: '截图用的一句口令 2025' });
    await value(session, 'app/runLock', {});
    await session.reload();
    await session.page.getByLabel('口令').first().waitFor();
    await album.take(session.page, 'unlock', both);
  });
}

/** Kind of answer and of material, with the place in the run that keeps two of a kind apart. */
const itemName = (question: Question, place: number): string =>
  [`${place + 1}`, question.kind, ...(question.stimulus === undefined ? [] : [question.stimulus.kind])].join(
    '-',
  );

/** Each kind of test item on the respondent's page, in normal and large letters. */
async function shootItems(session: Session, album: Album): Promise<boolean[]> {
  const { page } = session;
  const run = async (name: string, largeSteps: number): Promise<void> => {
    const questions = await openPractice(session);
    for (let step = 0; step < largeSteps; step += 1)
      await page.getByRole('button', { name: '字号变大' }).click();
    const take = (question: Question, moment: string): Promise<void> =>
      album.take(page, `${name}-${itemName(question, questions.indexOf(question))}${moment}`, both);
    await walkPractice(session, questions, {
      answered: (question) => take(question, ''),
      judged: (question) => take(question, '-judged'),
    });
    await album.take(page, `${name}-closing`, both);
  };
  return [
    await attempt('item', () => run('item', 0)),
    await attempt('item-large', () => run('item-large', 2)),
  ];
}

async function shootOnlyItems(browser: Browser, album: Album): Promise<boolean[]> {
  const session = await browserHost.start({ browser, dataDir: freshDataDir() });
  await session.page.getByText('从一次调查开始').waitFor();
  const taken = await shootItems(session, album);
  await session.close();
  return taken;
}

async function shootEverything(browser: Browser, album: Album): Promise<boolean[]> {
  const empty = await browserHost.start({ browser, dataDir: freshDataDir() });
  await empty.page.getByText('从一次调查开始').waitFor();
  await album.take(empty.page, 'home-empty', both);
  await empty.close();

  const session = await browserHost.start({ browser, dataDir: freshDataDir(), demo: 'suzhou' });
  const walk = await prepareWalk(session);
  const taken = [
    ...(await shootWorkbench(walk, album)),
    ...(await shootInterviews(walk, album)),
    ...(await shootItems(session, album)),
    await shootLocked(session, album),
  ];
  await session.close();
  return taken;
}

async function main(folder: string, isItemsOnly: boolean): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const album = createAlbum(folder);
  const browser = await launchChromium();
  const taken = await (isItemsOnly ? shootOnlyItems : shootEverything)(browser, album);
  await browser.close();
  return taken.every(Boolean) ? 0 : 1;
}

const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('用法：npm run -s shots -- 目录 [--items]\n');
  process.exitCode = 2;
} else {
  process.exitCode = await main(folder, options.includes('--items'));
}
