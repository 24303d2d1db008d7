/** `ipcMain.handle`: one handler per channel, called with the real sender frame of the page. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { refuseUnknown } from './refuse';
import type { SenderFrame } from './wire';

type UsedIpcMain = Pick<IpcMain, 'handle'>;

const handlers = new Map<string, Parameters<IpcMain['handle']>[1]>();

export const ipcMain: UsedIpcMain = refuseUnknown<UsedIpcMain>('ipcMain', {
  handle(channel, listener) {
    if (handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    handlers.set(channel, listener);
  },
});

export async function invokeHandler(
  senderFrame: SenderFrame | null,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  const event = refuseUnknown('IpcMainInvokeEvent', { senderFrame });
  return (await handler(event as unknown as IpcMainInvokeEvent, ...args)) as unknown;
}
