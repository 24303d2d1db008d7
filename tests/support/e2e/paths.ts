/** Where the built product and the programs that run it are. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const mainBundle = join(projectRoot, 'out', 'main', 'index.js');
export const serverBundle = join(projectRoot, 'out', 'main', 'server.js');

/** Chromium of the machine; CHROMIUM_PATH overrides. Throws when there is none. */
export function chromiumPath(): string {
  const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('no Chromium: install it or set CHROMIUM_PATH');
  return found;
}

/** Electron's binary, or null where its runtime is not installed. */
export function electronPath(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const base = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  return (
    ['electron', 'electron.exe'].map((name) => join(base, name)).find((path) => existsSync(path)) ?? null
  );
}
