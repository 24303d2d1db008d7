/** `npm start`: installs when needed, builds, opens the desktop window, or browser mode where Electron cannot run. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronRuntime, ensureBuilt, ensureInstalled, projectNode, root } from './prepare.mjs';

const args = process.argv.slice(2);
const help = `知衡：npm start -- [选项]
  --demo [规划]   打开演示数据（suzhou yangzhou kunshan huaiyin liaocheng，默认 suzhou）
  --data DIR      数据目录
  --browser       不用桌面窗口，直接用浏览器模式
  --port N        浏览器模式端口（默认随机）
  --no-open       浏览器模式下不自动打开浏览器，只打印网址`;

if (args.includes('--help')) {
  process.stdout.write(`${help}\n`);
  process.exit(0);
}

/** Asks electron's own installer once; offline it fails quickly and browser mode takes over. */
function fetchRuntime() {
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer)) return;
  spawnSync(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: 60_000 });
}

function wantsDesktop() {
  if (args.includes('--browser') || args.includes('--no-open') || args.includes('--port')) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function forward(command, commandArgs) {
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
}

ensureInstalled();
ensureBuilt();

const desktop = wantsDesktop();
if (desktop && electronRuntime() === null) fetchRuntime();
const electron = desktop ? electronRuntime() : null;
if (electron !== null) {
  forward(electron, [root, ...args]);
} else {
  const node = projectNode();
  if (node === null) {
    process.stderr.write('需要 Node 22.12 或更高版本，且未能随依赖安装自带版本。\n');
    process.exit(1);
  }
  const reason = electronRuntime() === null ? '本机没有 Electron 运行时' : '没有可用的桌面窗口';
  process.stderr.write(`${reason}，改用浏览器模式（127.0.0.1，仅本机可访问）。\n`);
  forward(node, [join(root, 'out', 'main', 'server.js'), ...args]);
}
