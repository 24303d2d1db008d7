/**
 * Stand-in for the handful of Electron APIs the built main bundle uses. Each is typed as a part of Electron's
 * own declaration; whatever is not provided throws. The preload bundle gets its part from the harness.
 */
import { bindScreen } from './remote';
import { mainMethods } from './screen';

export { app } from './app';
export { BrowserWindow } from './browserWindow';
export { dialog, Menu } from './dialog';
export { ipcMain } from './ipcMain';
export { becomeReady } from './lifecycle';
export { protocol, session } from './network';

bindScreen(mainMethods);
