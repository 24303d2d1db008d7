/** One window of the shell: a Chromium page whose requests and calls go to the main process under test. */
import type { BrowserContext, Frame, Page, Route } from 'playwright-core';
import type { MainMethods, SenderFrame } from '../electronStandIn/wire';
import type { ExposedApi } from './preload';
import { runPreload } from './preload';
import { toChromium, toElectron } from './schemes';

export interface WindowPage {
  readonly page: Page;
  readonly api: ExposedApi;
  readonly load: (url: string) => Promise<void>;
  /** Reload as the person would with F5; a reload by the page itself needs main's consent. */
  readonly reload: () => Promise<void>;
}

interface Parts {
  readonly context: BrowserContext;
  readonly main: MainMethods;
  readonly preload: string;
  readonly schemes: readonly string[];
}

const bindingName = '__shellCall';

/** Builds the frozen `window.api` in the page, before any script of the page runs. */
function installApi(installed: { name: string; functionNames: readonly string[]; binding: string }): void {
  const world = globalThis as unknown as Record<string, (name: string, args: unknown[]) => Promise<unknown>>;
  const send = world[installed.binding];
  if (send === undefined) return;
  const api: Record<string, unknown> = {};
  for (const name of installed.functionNames)
    api[name] = Object.freeze((...args: unknown[]) => send(name, args));
  Object.defineProperty(globalThis, installed.name, { value: Object.freeze(api), enumerable: true });
}

function senderOf(frame: Frame, schemes: readonly string[]): SenderFrame {
  const parent = frame.parentFrame();
  return {
    url: toElectron(frame.url(), schemes),
    parent: parent === null ? null : { url: toElectron(parent.url(), schemes) },
  };
}

async function answerRoute(route: Route, parts: Parts, mayNavigate: (url: string) => boolean): Promise<void> {
  const request = route.request();
  const url = toElectron(request.url(), parts.schemes);
  const isMainNavigation = request.isNavigationRequest() && request.frame().parentFrame() === null;
  if (isMainNavigation && !mayNavigate(url) && !(await parts.main.mayNavigate(url)))
    return route.abort('aborted');
  const reply = await parts.main.fetch({
    url,
    method: request.method(),
    headers: request.headers(),
    body: request.postDataBuffer(),
  });
  if (reply.kind === 'cancelled') return route.abort('blockedbyclient');
  if (reply.kind === 'network') return route.abort('internetdisconnected');
  return route.fulfill({
    status: reply.status,
    headers: { ...reply.headers },
    body: Buffer.from(reply.body),
  });
}

export async function openWindowPage(parts: Parts): Promise<WindowPage> {
  const { context, main, schemes } = parts;
  const page = await context.newPage();
  /** Navigations the shell itself started: `loadURL` and reload are not announced by `will-navigate`. */
  let startedByShell = false;
  let sender: SenderFrame | null = null;
  const api = runPreload(parts.preload, (channel, args) => main.invoke(sender, channel, args));

  await context.exposeBinding(
    bindingName,
    async ({ frame }: { frame: Frame }, name: string, args: unknown[]) => {
      // Set and read in the same turn: the preload's function calls `invoke` before it first waits.
      sender = senderOf(frame, schemes);
      return api.call(name, args);
    },
  );
  await context.addInitScript(installApi, {
    name: api.name,
    functionNames: api.functionNames,
    binding: bindingName,
  });
  await context.route('**/*', (route) =>
    // A request that is still open while the process ends has nobody to answer it.
    answerRoute(route, parts, () => startedByShell).catch(() => route.abort('failed').catch(() => undefined)),
  );
  context.on('page', (popup) => {
    void (async () => {
      if (!(await main.mayOpenWindow(toElectron(popup.url(), schemes)))) await popup.close();
    })().catch(() => undefined);
  });

  const byShell = async (navigate: () => Promise<unknown>): Promise<void> => {
    startedByShell = true;
    await navigate().finally(() => {
      startedByShell = false;
    });
  };
  return {
    page,
    api,
    load: (url) => byShell(() => page.goto(toChromium(url))),
    reload: () => byShell(() => page.reload()),
  };
}
