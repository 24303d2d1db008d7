/** The desktop window on a real Electron runtime, where one is installed. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import type { Host, Session, StartOptions } from './hosts';
import { electronPath, projectRoot } from './paths';

async function start({ dataDir, demo }: StartOptions): Promise<Session> {
  const executablePath = electronPath();
  if (executablePath === null) throw new Error('no Electron runtime is installed');
  const app = await _electron.launch({
    executablePath,
    args: [projectRoot, '--no-sandbox', '--data', dataDir, ...(demo === undefined ? [] : ['--demo', demo])],
  });
  const page = await app.firstWindow();
  return {
    page,
    reload: async () => void (await page.reload()),
    async chooseFile(path, trigger) {
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
      }, path);
      await trigger();
    },
    async saveFile(trigger) {
      const path = join(mkdtempSync(join(tmpdir(), 'zhiheng-save-')), 'saved');
      await app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
      }, path);
      await trigger();
      await page.waitForTimeout(2000);
      return { name: 'saved', bytes: readFileSync(path) };
    },
    async kill() {
      const ended = new Promise((resolve) => app.process().once('exit', resolve));
      app.process().kill('SIGKILL');
      await ended;
    },
    close: () => app.close(),
  };
}

export const electronHost: Host = { name: 'Electron', start };
