/** Where the app is in its life; some APIs only work before, some only after it is ready. */
import { EventEmitter } from 'node:events';
import { deferred } from './deferred';

export const appEvents = new EventEmitter();

let isReady = false;
const ready = deferred<void>();

export const whenReady = (): Promise<void> => ready.promise;

/** Called once the main module has been evaluated. */
export function becomeReady(): void {
  isReady = true;
  appEvents.emit('ready');
  ready.resolve();
}

export function onlyBeforeReady(what: string): void {
  if (isReady) throw new Error(`${what} must be called before the app is ready`);
}

export function onlyAfterReady(what: string): void {
  if (!isReady) throw new Error(`${what} can only be used after the app is ready`);
}

/** An Electron event whose default can be prevented. */
export interface PreventableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventableEvent(): PreventableEvent {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
