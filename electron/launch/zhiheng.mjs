/**
 * `npm run -s zhiheng -- <command>`: brings the project into a runnable state and runs the built command line on the
 * project's own Node. Nothing but the command's own output reaches stdout.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, projectNode, root } from './prepare.mjs';

ensureInstalled();
ensureBuilt();

const node = projectNode();
if (node === null) {
  process.stderr.write('需要 Node 22.12 或更高版本，且未能随依赖安装自带版本。\n');
  process.exit(1);
}

/** npm runs scripts in the project's folder; the user's relative paths start where npm was called. */
const cwd =
  process.env.npm_lifecycle_event === 'zhiheng' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();

const child = spawn(node, [join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)], {
  cwd,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', () => {
  process.stderr.write('命令行无法启动，请重新安装依赖后再试。\n');
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
