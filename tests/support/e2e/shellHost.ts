/** The desktop window: the real main and preload bundles under the shell test harness. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Shell } from '../../shell/harness/launchShell';
import { launchShell } from '../../shell/harness/launchShell';
import type { Host, SavedFile, Session, StartOptions } from './hosts';

/** A shell is a session with more to it. */
export interface ShellSession extends Session {
  readonly shell: Shell;
}

const savedSoon = async (shell: Shell, before: number): Promise<string> => {
  while (shell.dialogs.asked.length === before) await new Promise((resolve) => setTimeout(resolve, 20));
  return shell.dialogs.asked.at(-1)?.defaultPath ?? '';
};

/** The dialog's answer is written by main; the file is complete when it stands under its name. */
async function readWhenWritten(path: string): Promise<Buffer> {
  for (;;) {
    try {
      return readFileSync(path);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

export async function startShell({ browser, dataDir, demo }: StartOptions): Promise<ShellSession> {
  const shell = await launchShell({ browser, dataDir, args: demo === undefined ? [] : ['--demo', demo] });
  return {
    shell,
    page: shell.page,
    reload: () => shell.reload(),
    async chooseFile(path, trigger) {
      shell.dialogs.openAnswers.push(path);
      await trigger();
    },
    async saveFile(trigger): Promise<SavedFile> {
      const path = join(mkdtempSync(join(tmpdir(), 'zhiheng-save-')), 'saved');
      const before = shell.dialogs.asked.length;
      shell.dialogs.saveAnswers.push(path);
      await trigger();
      const name = basename(await savedSoon(shell, before));
      return { name, bytes: await readWhenWritten(path) };
    },
    kill: () => shell.kill(),
    close: async () => void (await shell.quit()),
  };
}

export const shellHost: Host = { name: '桌面外壳', start: startShell };
