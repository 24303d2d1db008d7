/** Start-up order of the desktop product, nothing else. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserWindow } from 'electron';
import { app, dialog, Menu, protocol, session } from 'electron';
import { createHost, startFailureText } from '../backend/host/createHost';
import { readOptions } from '../backend/host/options';
import { createDialogs } from './dialogs';
import { registerIpc } from './ipc';
import { closeSession, lockNavigation, registerScheme, serveBundle } from './security';
import { openMainWindow } from './window';

const outDir = dirname(dirname(fileURLToPath(import.meta.url)));
const options = readOptions(process.argv.slice(1), process.env);
let window: BrowserWindow | null = null;

app.enableSandbox();
registerScheme(protocol);
lockNavigation(app);

async function start(): Promise<void> {
  Menu.setApplicationMenu(null);
  const host = await createHost({
    host: 'desktop',
    dataDir: options.dataDir ?? join(app.getPath('userData'), 'data'),
    assetDir: app.isPackaged ? process.resourcesPath : dirname(outDir),
    demoPlanId: options.demoPlanId,
    dialogs: createDialogs(() => window),
  });
  app.on('will-quit', () => host.close());
  closeSession(session.defaultSession);
  serveBundle(protocol, join(outDir, 'renderer'));
  registerIpc(host.dispatch);
  window = await openMainWindow(outDir);
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  // Not awaited at the top level: Electron emits `ready` only once this module has been evaluated.
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      dialog.showErrorBox('知衡无法启动', startFailureText(error));
      app.exit(1);
    });
} else {
  app.quit();
}
