/** Browser mode's start-up: host, HTTP server, printed URL, default browser when there is one. */
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorCodeOf } from '../backend/files/fileFailure';
import { createHost, startFailureText } from '../backend/host/createHost';
import { readOptions } from '../backend/host/options';
import { startHttpServer } from './httpServer';

const outDir = dirname(dirname(fileURLToPath(import.meta.url)));
const options = readOptions(process.argv.slice(2), process.env);

const openCommand: Readonly<Record<string, readonly [string, ...string[]]>> = {
  win32: ['cmd', '/c', 'start', ''],
  darwin: ['open'],
  linux: ['xdg-open'],
};

function openInBrowser(url: string): void {
  const command = openCommand[process.platform];
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  // No browser on this machine is a normal case: the URL is printed.
  child.on('error', () => undefined);
  child.unref();
}

async function start(): Promise<void> {
  const host = await createHost({
    host: 'browser',
    dataDir: options.dataDir ?? join(homedir(), '.zhiheng', 'data'),
    assetDir: dirname(outDir),
    demoPlanId: options.demoPlanId,
    dialogs: null,
  });
  const server = await startHttpServer(host, join(outDir, 'renderer'), options.port).catch(
    (error: unknown) => {
      host.close();
      throw error;
    },
  );
  process.stdout.write(`知衡已启动，请用浏览器打开：\n  ${server.url}\n（按 Ctrl+C 结束）\n`);
  if (options.open) openInBrowser(server.url);
  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    void server.close().finally(() => {
      host.close();
      process.exit(0);
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

start().catch((error: unknown) => {
  const text =
    errorCodeOf(error) === 'EADDRINUSE'
      ? `端口 ${options.port} 已被占用，请换一个端口或不指定端口。`
      : startFailureText(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
