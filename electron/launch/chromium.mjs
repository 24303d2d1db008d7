/** Chromium and Chinese fonts for the end-to-end tests and the screenshots. Plain JavaScript. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from './prepare.mjs';

const candidates = () =>
  [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].filter(Boolean);

const hasChromium = () => candidates().some((path) => existsSync(path));

/** Without fontconfig nothing can be known; then the machine is taken to have fonts. */
function hasChineseFont() {
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return listed.error !== undefined || listed.stdout.trim() !== '';
}

const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function install(packages) {
  process.stderr.write(`正在安装 ${packages.join('、')}…\n`);
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  if (run('apt-get', ['update', '-qq'], options) !== 0) return;
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}

/** True when a Chromium is there, installing it where that is allowed; otherwise says what is missing. */
export function ensureChromium() {
  const missing = [...(hasChromium() ? [] : ['chromium']), ...(hasChineseFont() ? [] : ['fonts-noto-cjk'])];
  if (missing.length > 0 && mayInstall()) install(missing);
  if (hasChromium()) return true;
  process.stderr.write(
    '没有 Chromium：请安装（Debian：apt install chromium fonts-noto-cjk），或用 CHROMIUM_PATH 指明。\n',
  );
  return false;
}
