/**
 * Starts the real built main bundle on Node with the Electron stand-in, gives it a window in Chromium, and lets
 * a test do what a person or the operating system would do to it.
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { actionLimitMs, contextOptions } from '../../support/e2e/chromium';
import { mainBundle } from '../../support/e2e/paths';
import type { DialogOptions, MainMethods, ScreenMethods, SenderFrame, Wire } from '../electronStandIn/wire';
import { deferred } from '../electronStandIn/deferred';
import { connectWire } from '../electronStandIn/wire';
import type { ExposedApi } from './preload';
import type { WindowPage } from './windowPage';
import { openWindowPage } from './windowPage';

export interface Dialogs {
  /** Paths for the coming file dialogs, in order; a dialog without an answer is cancelled. */
  readonly openAnswers: string[];
  readonly saveAnswers: string[];
  /** What was asked and shown. */
  readonly asked: DialogOptions[];
  readonly errors: { readonly title: string; readonly content: string }[];
}

export interface Shell {
  readonly page: Page;
  readonly api: ExposedApi;
  readonly dialogs: Dialogs;
  /** 'show', 'focus', 'restore', 'reload' in the order main asked for them. */
  readonly windowEvents: readonly string[];
  reload(): Promise<void>;
  /** A call as if it came from the given frame, past the page. */
  invokeFrom(frame: SenderFrame | null, channel: string, input: unknown): Promise<unknown>;
  mayUse(permission: string): Promise<boolean>;
  /** The page's process ended for the given reason. */
  pageDied(reason: string): Promise<void>;
  /** Starts the product again with the same user data; resolves with its exit code. */
  secondInstance(): Promise<number>;
  /** The person closes the window; resolves when the process has ended by itself. */
  closeWindow(): Promise<number>;
  quit(): Promise<number>;
  /** SIGKILL, as a power cut for the process. */
  kill(): Promise<void>;
}

export interface ShellOptions {
  readonly browser: Browser;
  readonly dataDir: string;
  readonly args?: readonly string[];
}

const runner = fileURLToPath(new URL('../electronStandIn/run.mjs', import.meta.url));
const startLimitMs = 120_000;

interface Child {
  readonly process: ChildProcess;
  readonly wire: Wire<MainMethods>;
  readonly exit: Promise<number>;
  readonly errorText: () => string;
}

function startChild(options: ShellOptions, screen: ScreenMethods): Child {
  const userData = join(options.dataDir, 'user-data');
  mkdirSync(userData, { recursive: true });
  const args = [mainBundle, '--data', options.dataDir, ...(options.args ?? [])];
  const child = fork(runner, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, STAND_IN_USER_DATA: userData },
    execArgv: [],
  });
  let errorText = '';
  child.stderr?.on('data', (text: Buffer) => {
    errorText += text.toString('utf8');
  });
  const wire = connectWire<ScreenMethods, MainMethods>(
    {
      send: (message) => {
        if (child.connected) child.send(message, () => undefined);
      },
      onMessage: (listener) => child.on('message', listener as (message: unknown) => void),
    },
    screen,
  );
  const exit = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => {
      wire.close(`the main process has ended (${signal ?? code})`);
      resolve(code ?? -1);
    });
  });
  return { process: child, wire, exit, errorText: () => errorText };
}

interface Started {
  window: WindowPage | null;
  readonly dialogs: Dialogs;
  readonly windowEvents: string[];
  readonly refusedArgv: (readonly string[])[];
}

const noScreen = async (): Promise<never> => {
  throw new Error('a second instance has no screen');
};

function screenOf(started: Started, open: ScreenMethods['openWindow']): ScreenMethods {
  const choose = async (options: DialogOptions, answers: string[]): Promise<string | null> => {
    started.dialogs.asked.push(options);
    return answers.shift() ?? null;
  };
  return {
    openWindow: open,
    loadUrl: async (url) => started.window?.load(url),
    windowDid: async (what) => void started.windowEvents.push(what),
    chooseToOpen: (options) => choose(options, started.dialogs.openAnswers),
    chooseToSave: (options) => choose(options, started.dialogs.saveAnswers),
    showError: async (title, content) => void started.dialogs.errors.push({ title, content }),
    lockRefused: async (argv) => void started.refusedArgv.push(argv),
  };
}

const freshState = (): Started => ({
  window: null,
  dialogs: { openAnswers: [], saveAnswers: [], asked: [], errors: [] },
  windowEvents: [],
  refusedArgv: [],
});

/** Thrown when the product refused to start; carries what it told the person. */
export class ShellStartError extends Error {
  override readonly name = 'ShellStartError';
  readonly dialogs: Dialogs;
  readonly exitCode: number;
  constructor(exitCode: number, dialogs: Dialogs, errorText: string) {
    const told = dialogs.errors.map(({ content }) => content).join(' ');
    super(`the shell ended with ${exitCode} before its window was shown: ${told} ${errorText.slice(-2000)}`);
    this.dialogs = dialogs;
    this.exitCode = exitCode;
  }
}

export async function launchShell(options: ShellOptions): Promise<Shell> {
  const context = await options.browser.newContext(contextOptions);
  context.setDefaultTimeout(actionLimitMs);
  const started = freshState();
  const shown = deferred<WindowPage>();
  const screen = screenOf(started, async ({ preload, schemes }) => {
    started.window = await openWindowPage({ context, main: child.wire.remote, preload, schemes });
  });
  const child = startChild(options, {
    ...screen,
    async loadUrl(url) {
      await screen.loadUrl(url);
      if (started.window !== null) shown.resolve(started.window);
    },
  });
  const ended = child.exit.then(async (code) => {
    await context.close();
    return code;
  });
  const timer = setTimeout(() => shown.reject(new Error('the shell did not show its window')), startLimitMs);
  void ended.then((code) => shown.reject(new ShellStartError(code, started.dialogs, child.errorText())));
  const window = await shown.promise.finally(() => clearTimeout(timer));

  return {
    page: window.page,
    api: window.api,
    dialogs: started.dialogs,
    windowEvents: started.windowEvents,
    reload: window.reload,
    invokeFrom: (frame, channel, input) => child.wire.remote.invoke(frame, channel, [input]),
    mayUse: (permission) => child.wire.remote.mayUse(permission),
    pageDied: (reason) => child.wire.remote.pageDied(reason),
    async secondInstance() {
      const state = freshState();
      const second = startChild(options, screenOf(state, noScreen));
      const code = await second.exit;
      for (const argv of state.refusedArgv) await child.wire.remote.secondInstance(argv);
      return code;
    },
    async closeWindow() {
      await child.wire.remote.closeWindow().catch(() => undefined);
      return ended;
    },
    async quit() {
      await child.wire.remote.quit().catch(() => undefined);
      return ended;
    },
    async kill() {
      child.process.kill('SIGKILL');
      await ended;
    },
  };
}
