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
  process.stderr.write('正在获取桌面窗口的运行时（最多一分钟，获取不到则改用浏览器模式）…\n');
  spawnSync(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: 60_000 });
}

function wantsDesktop() {
  if (args.includes('--browser') || args.includes('--no-open') || args.includes('--port')) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** A desktop that ends with an error this soon could not start at all. */
const startLimitMs = 3000;

/**
 * Runs a program in the foreground and ends with it. `onFailedStart` takes over when it cannot be started or ends
 * with an error at once; it gets the exit code, undefined when nothing was started.
 */
function forward(command, commandArgs, onFailedStart) {
  const startedAt = Date.now();
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
  let isStopping = false;
  const stop = (signal) => {
    isStopping = true;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) process.on(signal, stop);
  const giveUp = (code) => {
    for (const signal of signals) process.off(signal, stop);
    onFailedStart(code);
  };
  child.on('error', () => giveUp());
  child.on('exit', (code, signal) => {
    if (code !== 0 && !isStopping && Date.now() - startedAt < startLimitMs) giveUp(code ?? 1);
    else process.exit(signal ? 1 : (code ?? 0));
  });
}

function startBrowserMode(reason) {
  const node = projectNode();
  if (node === null) {
    process.stderr.write('需要 Node 22.12 或更高版本，且未能随依赖安装自带版本。\n');
    process.exit(1);
  }
  process.stderr.write(`${reason}，改用浏览器模式（127.0.0.1，仅本机可访问）。\n`);
  forward(node, [join(root, 'out', 'main', 'server.js'), ...args], (code) => {
    if (code === undefined) process.stderr.write('浏览器模式无法启动，请重新安装依赖后再试。\n');
    process.exit(code ?? 1);
  });
}

ensureInstalled();
ensureBuilt();

const desktop = wantsDesktop();
if (desktop && electronRuntime() === null) fetchRuntime();
const electron = desktop ? electronRuntime() : null;
if (electron !== null) forward(electron, [root, ...args], () => startBrowserMode('桌面窗口未能启动'));
else startBrowserMode(electronRuntime() === null ? '本机没有 Electron 运行时' : '没有可用的桌面窗口');
