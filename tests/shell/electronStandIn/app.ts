/** `app`: lifecycle, paths and the single-instance lock (a real lock file in the user-data folder). */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import { appEvents, onlyBeforeReady, preventableEvent, whenReady } from './lifecycle';
import { refuseUnknown } from './refuse';
import { screen } from './remote';

type UsedApp = Pick<
  App,
  | 'enableSandbox'
  | 'exit'
  | 'getPath'
  | 'isPackaged'
  | 'on'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'whenReady'
>;

const userData = process.env['STAND_IN_USER_DATA'] ?? '';
const lockFile = join(userData, 'SingletonLock');
let ownsLock = false;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

function takeLock(): boolean {
  try {
    const file = openSync(lockFile, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isAlive(Number(readFileSync(lockFile, 'utf8')))) return false;
    // Left behind by a process that was killed.
    rmSync(lockFile, { force: true });
    return takeLock();
  }
}

export function exit(code = 0): never {
  if (ownsLock) rmSync(lockFile, { force: true });
  process.exit(code);
}

/** The order of Electron: before-quit, windows close, will-quit, quit. */
export function quit(): void {
  setImmediate(() => {
    for (const name of ['before-quit', 'will-quit']) {
      const event = preventableEvent();
      appEvents.emit(name, event);
      if (event.defaultPrevented) return;
    }
    appEvents.emit('quit', preventableEvent(), 0);
    exit(0);
  });
}

export const announceSecondInstance = (argv: readonly string[]): void => {
  appEvents.emit('second-instance', preventableEvent(), [...argv], process.cwd(), null);
};

const knownEvents = new Set([
  'will-quit',
  'before-quit',
  'second-instance',
  'window-all-closed',
  'web-contents-created',
]);

function on(event: string, listener: (...args: unknown[]) => void): UsedApp {
  if (!knownEvents.has(event)) throw new Error(`the Electron stand-in never emits the app event ${event}`);
  appEvents.on(event, listener);
  return app;
}

export const app: UsedApp = refuseUnknown<UsedApp>('app', {
  isPackaged: false,
  enableSandbox: () => onlyBeforeReady('app.enableSandbox'),
  exit,
  getPath(name) {
    if (name !== 'userData') throw new Error(`the Electron stand-in has no path ${name}`);
    return userData;
  },
  on: on as unknown as UsedApp['on'],
  quit,
  requestSingleInstanceLock() {
    ownsLock = takeLock();
    if (!ownsLock) void screen().lockRefused(process.argv);
    return ownsLock;
  },
  whenReady,
});
