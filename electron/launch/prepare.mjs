/**
 * Plain JavaScript for the machine's own Node (20 or newer): brings the project into a runnable state.
 * Installs when the lock file changed, builds when a source changed, and finds the project's own Node 24.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stateDir = join(root, 'node_modules', '.cache', 'zhiheng');

const say = (text) => process.stderr.write(`${text}\n`);

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    // Windows starts a .cmd only through the shell, which would split paths with spaces: for npm alone.
    shell: process.platform === 'win32' && command === npm,
    ...options,
  });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

const digestOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
};

const remembered = (name) => {
  const file = join(stateDir, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

const remember = (name, value) => {
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(join(stateDir, name), value);
};

/** `npm ci` when node_modules does not belong to this lock file. */
export function ensureInstalled() {
  const wanted = digestOf(['package-lock.json', 'package.json']);
  if (remembered('installed') === wanted && existsSync(join(root, 'node_modules', 'vite'))) return;
  if (
    remembered('installed') === '' &&
    existsSync(join(root, 'node_modules', '.package-lock.json')) &&
    lockMatches()
  ) {
    remember('installed', wanted);
    return;
  }
  say('正在安装依赖（首次约一两分钟）…');
  const status = run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    say('依赖安装失败：请检查网络或 npm 源后重试；已有数据不受影响。');
    process.exit(status);
  }
  remember('installed', wanted);
}

/** True when an install made by hand already has every package of the lock file in its version. */
function lockMatches() {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

function sourceFiles(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : [path];
  });
}

/** `electron-vite build` when any source is newer than the last build knew. */
export function ensureBuilt() {
  const files = ['electron', 'renderer', 'shared']
    .flatMap(sourceFiles)
    .concat('electron.vite.config.ts', 'package-lock.json')
    .sort();
  const wanted = digestOf(files);
  if (remembered('built') === wanted && existsSync(join(root, 'out', 'main', 'server.js'))) return;
  say('正在构建…');
  const status = run(npm, ['run', '--silent', 'build'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    say('构建失败。');
    process.exit(status);
  }
  remember('built', wanted);
}

/** The Node 24 that came with the dependencies, else this one when it is new enough, else null. */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [
    join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', name),
    join(root, 'node_modules', `node-win-${process.arch}`, 'bin', name),
  ];
  const bundled = candidates.find((file) => existsSync(file) && statSync(file).isFile());
  if (bundled) return bundled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12) ? process.execPath : null;
}

/** Path of Electron's runtime, or null where it is not installed. Never downloads. */
export function electronRuntime() {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const names = existsSync(pathFile) ? [readFileSync(pathFile, 'utf8').trim()] : ['electron', 'electron.exe'];
  const folders = override ? [override] : [join(folder, 'dist')];
  for (const base of folders)
    for (const name of names) if (existsSync(join(base, name))) return join(base, name);
  return null;
}
