/** `BrowserWindow`: asks the harness for a page in Chromium; refuses a window that is not sandboxed. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, WebContents } from 'electron';
import { appEvents, onlyAfterReady, preventableEvent } from './lifecycle';
import { privilegedSchemes } from './network';
import { refuseUnknown } from './refuse';
import { screen } from './remote';
import { quit } from './app';

type UsedContents = Pick<WebContents, 'on' | 'reload' | 'setWindowOpenHandler'>;
type UsedWindow = Pick<ElectronWindow, 'focus' | 'isMinimized' | 'loadURL' | 'once' | 'restore' | 'show'> & {
  readonly webContents: UsedContents;
};
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

const contentsEventNames = new Set([
  'will-navigate',
  'will-redirect',
  'will-attach-webview',
  'render-process-gone',
]);

/** What a page may do, decided by the listeners the product registered. */
export interface Contents {
  readonly api: UsedContents;
  mayNavigate(url: string): boolean;
  mayOpenWindow(url: string): boolean;
  /** The page's process ended by itself. */
  pageDied(reason: string): void;
}

function createContents(): Contents {
  const events = new EventEmitter();
  let openHandler: OpenHandler | null = null;
  const on = (event: string, listener: (...args: unknown[]) => void): void => {
    if (!contentsEventNames.has(event)) throw new Error(`the Electron stand-in never emits ${event}`);
    events.on(event, listener);
  };
  return {
    api: refuseUnknown<UsedContents>('webContents', {
      on: on as unknown as UsedContents['on'],
      reload: () => void screen().windowDid('reload'),
      setWindowOpenHandler(handler) {
        openHandler = handler;
      },
    }),
    mayNavigate(url) {
      const event = { ...preventableEvent(), url };
      event.preventDefault = () => {
        event.defaultPrevented = true;
      };
      events.emit('will-navigate', event, url);
      return !event.defaultPrevented;
    },
    pageDied(reason) {
      events.emit('render-process-gone', preventableEvent(), { reason, exitCode: 1 });
    },
    mayOpenWindow(url) {
      const details = { url, frameName: '', features: '', disposition: 'new-window' };
      return openHandler === null || openHandler(details as Parameters<OpenHandler>[0]).action === 'allow';
    },
  };
}

let current: { readonly contents: Contents; readonly events: EventEmitter } | null = null;

export function contents(): Contents {
  if (current === null) throw new Error('there is no window');
  return current.contents;
}

/** The person closed the window. Without a listener Electron quits, so does the stand-in. */
export function closeAllWindows(): void {
  current?.events.emit('closed');
  current = null;
  if (!appEvents.emit('window-all-closed')) quit();
}

/** The product's rule: a page gets the sandbox, its own world and nothing of Node. */
function checkedPreload(options: BrowserWindowConstructorOptions): string {
  const preferences = options.webPreferences ?? {};
  if (preferences.sandbox !== true) throw new Error('webPreferences.sandbox must be true');
  if (preferences.contextIsolation !== true) throw new Error('webPreferences.contextIsolation must be true');
  if (preferences.nodeIntegration !== false) throw new Error('webPreferences.nodeIntegration must be false');
  if (preferences.preload === undefined || !existsSync(preferences.preload))
    throw new Error('webPreferences.preload names no file');
  return preferences.preload;
}

function openWindow(options: BrowserWindowConstructorOptions = {}): UsedWindow {
  onlyAfterReady('BrowserWindow');
  if (current !== null) throw new Error('the Electron stand-in has one window only');
  const events = new EventEmitter();
  current = { contents: createContents(), events };
  const opened = screen().openWindow({
    preload: checkedPreload(options),
    title: options.title ?? '',
    schemes: [...privilegedSchemes()],
  });
  appEvents.emit('web-contents-created', preventableEvent(), current.contents.api);
  const tell = (what: string) => (): void => void screen().windowDid(what);
  const webContents = current.contents.api;
  const window: UsedWindow = refuseUnknown<UsedWindow>('BrowserWindow', {
    focus: tell('focus'),
    isMinimized: () => false,
    async loadURL(url) {
      await opened;
      await screen().loadUrl(url);
      events.emit('ready-to-show');
    },
    once: ((event: string, listener: (...args: unknown[]) => void) => {
      if (event !== 'ready-to-show' && event !== 'closed')
        throw new Error(`the Electron stand-in never emits the window event ${event}`);
      events.once(event, listener);
      return window;
    }) as unknown as UsedWindow['once'],
    restore: tell('restore'),
    show: tell('show'),
    webContents,
  });
  return window;
}

/** Called with `new`, as the product does: a constructor that returns an object yields that object. */
export const BrowserWindow = function (options?: BrowserWindowConstructorOptions): UsedWindow {
  return openWindow(options);
} as unknown as new (options?: BrowserWindowConstructorOptions) => UsedWindow;
