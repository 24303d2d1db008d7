/** Entry of the command line: the process's words, streams and signals around `runCli`. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli, unexpectedEnd } from './runCli';
import { processTerminal } from './terminal';

/** `out/main/cli.js` stands two folders below the one with `seeds` and `question-banks`. */
const assetDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const cancelled = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancelled.abort());

process.on('uncaughtException', () => {
  const { exitCode, message } = unexpectedEnd();
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
});

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: processTerminal(cancelled.signal),
  assetDir,
  clock: () => new Date(),
  environment: process.env,
});
