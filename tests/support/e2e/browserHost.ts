/** Browser mode: the built server on 127.0.0.1, opened by the address it prints. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Host, Session, StartOptions } from './hosts';
import { actionLimitMs, contextOptions } from './chromium';
import { serverBundle } from './paths';

const startLimitMs = 120_000;

export interface ServerProcess {
  /** The printed address with its one-time token. */
  readonly url: string;
  readonly child: ChildProcess;
  /** Sends the signal and waits for the end. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts the built server; rejects with its own words when it ends before it printed its address. */
export function startServer(dataDir: string, args: readonly string[] = []): Promise<ServerProcess> {
  const child = spawn(process.execPath, [serverBundle, '--no-open', '--data', dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await exit;
  };
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => reject(new Error('the server printed no address')), startLimitMs);
    const read = (text: Buffer): void => {
      printed += text.toString('utf8');
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(printed)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve({ url, child, end });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${printed}`)));
  });
}

async function start({ browser, dataDir, demo }: StartOptions): Promise<Session> {
  const server = await startServer(dataDir, demo === undefined ? [] : ['--demo', demo]);
  const context = await browser.newContext({ ...contextOptions, acceptDownloads: true });
  context.setDefaultTimeout(actionLimitMs);
  const page = await context.newPage();
  await page.goto(server.url);
  const stop = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    await server.end(signal);
    await context.close();
  };
  return {
    page,
    reload: async () => void (await page.reload()),
    async chooseFile(path, trigger) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), trigger()]);
      await chooser.setFiles(path);
    },
    async saveFile(trigger) {
      const [download] = await Promise.all([page.waitForEvent('download'), trigger()]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    },
    kill: () => stop('SIGKILL'),
    close: () => stop('SIGTERM'),
  };
}

export const browserHost: Host = { name: '浏览器模式', start };
