/** The product's window. */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { limitReloads } from './limitReloads';
import { appUrl } from './security';

export async function openMainWindow(outDir: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1366,
    height: 820,
    minWidth: 800,
    minHeight: 600,
    show: false,
    title: '知衡',
    backgroundColor: '#F6F7F9',
    webPreferences: {
      preload: join(outDir, 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  const mayReload = limitReloads();
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && mayReload(Date.now())) window.webContents.reload();
  });
  await window.loadURL(appUrl);
  return window;
}
