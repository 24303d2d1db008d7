/** The walls of the desktop shell: frames, preload, navigation, permissions, dialogs, instances, lifecycle. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelNames } from '../../shared/contract/contract';
import { freshDataDir } from '../support/e2e/dataDir';
import { useChromium } from '../support/e2e/spec';
import type { Shell } from './harness/launchShell';
import { launchShell, ShellStartError } from './harness/launchShell';

const browser = useChromium();
const ownFrame = { url: 'app://bundle/index.html#/', parent: null };

describe('the desktop shell', () => {
  let shell: Shell;
  beforeAll(async () => {
    shell = await launchShell({ browser: browser(), dataDir: freshDataDir() });
  });
  afterAll(() => shell.quit());

  it('the page gets exactly the channels of the contract, frozen, and nothing of Electron or Node', async () => {
    const seen = await shell.page.evaluate(() => {
      const api = (window as unknown as { readonly api: object }).api;
      const world = globalThis as unknown as Record<string, unknown>;
      return {
        names: Object.getOwnPropertyNames(api),
        frozen: Object.isFrozen(api),
        leaked: ['require', 'process', 'Buffer', 'module', 'electron', 'ipcRenderer'].filter(
          (name) => name in world,
        ),
      };
    });
    expect(seen).toEqual({ names: [...channelNames], frozen: true, leaked: [] });
    expect(shell.api.otherNames).toEqual([]);
    expect(shell.api.name).toBe('api');
  });

  it('answers its own top frame', async () => {
    expect(await shell.invokeFrom(ownFrame, 'app/getStatus', {})).toMatchObject({ ok: true });
  });

  it.each([
    ['a frame that is gone', null],
    ['a page from the network', { url: 'https://example.com/', parent: null }],
    ['a page that only looks like ours', { url: 'https://bundle/index.html', parent: null }],
    ['another host of our scheme', { url: 'app://evil/index.html', parent: null }],
    ['a user name in the address', { url: 'app://bundle@evil/index.html', parent: null }],
    ['a port', { url: 'app://bundle:8080/index.html', parent: null }],
    ['a file', { url: 'file:///etc/passwd', parent: null }],
    ['a blank page', { url: 'about:blank', parent: null }],
    [
      'our page inside another frame',
      { url: 'app://bundle/index.html', parent: { url: 'https://example.com/' } },
    ],
    [
      'our page inside our own page',
      { url: 'app://bundle/index.html', parent: { url: 'app://bundle/index.html' } },
    ],
  ])('refuses %s on every channel', async (_what, frame) => {
    for (const name of channelNames)
      expect(await shell.invokeFrom(frame, name, {})).toMatchObject({
        ok: false,
        failure: { code: 'FORBIDDEN', params: { role: 'frame' } },
      });
  });

  it('has no handler beside the contract', async () => {
    await expect(shell.invokeFrom(ownFrame, 'fs/read', {})).rejects.toThrow(/No handler/);
  });

  it('does not navigate away, not by script and not by a link', async () => {
    const before = shell.page.url();
    await shell.page.evaluate(() => {
      window.location.href = 'https://example.com/';
    });
    await shell.page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'app://bundle/other.html';
      document.body.append(link);
      link.click();
      link.remove();
    });
    await shell.page.waitForTimeout(300);
    expect(shell.page.url()).toBe(before);
    expect(await shell.page.evaluate(() => 'api' in window)).toBe(true);
  });

  it('opens no second window', async () => {
    await shell.page.evaluate(() => void window.open('app://bundle/index.html'));
    await expect.poll(() => shell.page.context().pages().length).toBe(1);
  });

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'fullscreen'])(
    'grants no permission for %s',
    async (permission) => {
      expect(await shell.mayUse(permission)).toBe(false);
    },
  );

  it('serves only the bundle under app://, with the strict policy', async () => {
    const answers = await shell.page.evaluate(async () => {
      const read = async (path: string): Promise<[number, string | null]> => {
        const response = await fetch(path);
        return [response.status, response.headers.get('content-security-policy')];
      };
      return [await read('/index.html'), await read('/..%2f..%2fpackage.json'), await read('/main/index.js')];
    });
    expect(answers.map(([status]) => status)).toEqual([200, 404, 404]);
    for (const [, policy] of answers) expect(policy).toContain("default-src 'none'");
  });

  it('a file dialog that is cancelled changes nothing, one that is answered hands out a token, never a path', async () => {
    const ask = (): Promise<unknown> =>
      shell.invokeFrom(ownFrame, 'file/runOpenDialog', { purpose: 'answers' });
    expect(await ask()).toEqual({ ok: true, value: null });
    const folder = freshDataDir();
    writeFileSync(join(folder, '答卷.csv'), '样本编号\nA1\n');
    shell.dialogs.openAnswers.push(join(folder, '答卷.csv'));
    const reply = await ask();
    expect(reply).toMatchObject({ ok: true, value: { name: '答卷.csv', size: 16 } });
    expect(JSON.stringify(reply)).not.toContain(folder);
    expect(shell.dialogs.asked.at(-1)?.filters?.[0]?.extensions).toEqual(['xlsx', 'csv']);
  });

  it('a second start is refused and brings the first window to the front', async () => {
    const before = shell.windowEvents.length;
    expect(await shell.secondInstance()).toBe(0);
    await expect.poll(() => shell.windowEvents.slice(before)).toContain('focus');
    expect(await shell.invokeFrom(ownFrame, 'app/getStatus', {})).toMatchObject({ ok: true });
  });
});

describe('the life of the desktop shell', () => {
  it('a page that dies comes back, three times and not for ever', async () => {
    const shell = await launchShell({ browser: browser(), dataDir: freshDataDir() });
    const reloads = (): number => shell.windowEvents.filter((event) => event === 'reload').length;
    await shell.pageDied('clean-exit');
    for (let time = 1; time <= 3; time += 1) {
      await shell.pageDied('crashed');
      await expect.poll(reloads).toBe(time);
    }
    await shell.pageDied('oom');
    await shell.invokeFrom(ownFrame, 'app/getStatus', {});
    expect(reloads()).toBe(3);
    expect(await shell.quit()).toBe(0);
  });

  it('closing the window ends the program cleanly, and it starts again on the same data', async () => {
    const dataDir = freshDataDir();
    const first = await launchShell({ browser: browser(), dataDir });
    await expect.poll(() => first.windowEvents).toContain('show');
    expect(await first.closeWindow()).toBe(0);
    const second = await launchShell({ browser: browser(), dataDir });
    expect(await second.quit()).toBe(0);
  });

  it('a killed program does not block the next start', async () => {
    const dataDir = freshDataDir();
    const first = await launchShell({ browser: browser(), dataDir });
    await first.kill();
    const second = await launchShell({ browser: browser(), dataDir });
    expect(await second.quit()).toBe(0);
  });

  it('a damaged key file stops the start with one Chinese sentence and is left as it is', async () => {
    const dataDir = freshDataDir();
    const first = await launchShell({ browser: browser(), dataDir });
    await first.quit();
    const keys = readdirSync(join(dataDir, 'keys')).map((name) => join(dataDir, 'keys', name));
    for (const path of keys) writeFileSync(path, 'not a key');
    const refused = await launchShell({ browser: browser(), dataDir }).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(refused instanceof ShellStartError))
      throw new Error(`the start was not refused: ${String(refused)}`);
    expect(refused.exitCode).toBe(1);
    expect(refused.dialogs.errors).toHaveLength(1);
    expect(refused.dialogs.errors[0]?.title).toBe('知衡无法启动');
    expect(refused.dialogs.errors[0]?.content).toMatch(/密钥文件损坏/);
    expect(refused.dialogs.errors[0]?.content).not.toMatch(/Error|\n\s+at /);
    expect(keys.map((path) => readFileSync(path, 'utf8'))).toEqual(keys.map(() => 'not a key'));
  });
});
