/** The stand-in's end of the wire: the harness is its screen. */
import { contents, closeAllWindows } from './browserWindow';
import { invokeHandler } from './ipcMain';
import { quit, announceSecondInstance } from './app';
import { answerRequest, mayUse } from './network';
import type { MainMethods } from './wire';

export const mainMethods: MainMethods = {
  fetch: answerRequest,
  invoke: invokeHandler,
  mayNavigate: async (url) => contents().mayNavigate(url),
  mayOpenWindow: async (url) => contents().mayOpenWindow(url),
  mayUse,
  pageDied: async (reason) => contents().pageDied(reason),
  closeWindow: async () => closeAllWindows(),
  secondInstance: async (argv) => announceSecondInstance(argv),
  quit: async () => quit(),
};
