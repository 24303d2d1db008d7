/** Builds the command line and its worker once per test file, laid out like `out/main` beside the shipped data. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface BuiltCli {
  /** Runs one command line to its end; relative paths start in `folder`. */
  run(...words: readonly string[]): Promise<CliRun>;
  /** As `run`, with Ctrl+C as soon as the command has its temporary data folder. */
  interrupt(...words: readonly string[]): Promise<CliRun>;
  /** An empty folder for the files of the tests. */
  readonly folder: string;
}

async function buildInto(home: string): Promise<string> {
  const outDir = join(home, 'out', 'main');
  for (const name of ['seeds', 'question-banks']) symlinkSync(resolve(root, name), join(home, name));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@shared': resolve(root, 'shared') } },
    build: {
      ssr: true,
      outDir,
      minify: false,
      rollupOptions: {
        input: {
          cli: resolve(root, 'electron/cli/index.ts'),
          worker: resolve(root, 'electron/backend/workers/worker.ts'),
        },
        external: ['better-sqlite3'],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true },
  });
  return join(outDir, 'cli.js');
}

interface Invocation {
  readonly script: string;
  readonly folder: string;
  readonly words: readonly string[];
  readonly isInterrupted: boolean;
}

function runProcess({ script, folder, words, isInterrupted }: Invocation): Promise<CliRun> {
  return new Promise((done, refuse) => {
    const child = spawn(process.execPath, [script, ...words], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: join(folder, '..', 'tmp') },
    });
    const hasStarted = (): boolean => readdirSync(join(folder, '..', 'tmp')).length > 0;
    const watch = setInterval(() => {
      if (!isInterrupted || !hasStarted()) return;
      clearInterval(watch);
      child.kill('SIGINT');
    }, 20);
    child.on('close', () => clearInterval(watch));
    const parts = { out: [] as Buffer[], err: [] as Buffer[] };
    child.stdout.on('data', (part: Buffer) => parts.out.push(part));
    child.stderr.on('data', (part: Buffer) => parts.err.push(part));
    child.on('error', refuse);
    child.on('close', (code) =>
      done({
        exitCode: code ?? -1,
        out: Buffer.concat(parts.out).toString('utf8'),
        err: Buffer.concat(parts.err).toString('utf8'),
      }),
    );
  });
}

/** Inside node_modules, so that the bundle finds the native database module. */
export function useBuiltCli(): () => BuiltCli {
  let home: string | null = null;
  let script: string | null = null;
  beforeAll(async () => {
    const cache = resolve(root, 'node_modules/.cache/zhiheng-cli');
    mkdirSync(cache, { recursive: true });
    home = mkdtempSync(join(cache, 'cli-'));
    for (const name of ['files', 'tmp']) mkdirSync(join(home, name));
    script = await buildInto(home);
  }, 120_000);
  afterAll(() => {
    if (home !== null) rmSync(home, { recursive: true, force: true });
  });
  return () => {
    if (home === null || script === null) throw new Error('the command line is not built yet');
    const folder = join(home, 'files');
    const place = { script, folder };
    return {
      folder,
      run: (...words) => runProcess({ ...place, words, isInterrupted: false }),
      interrupt: (...words) => runProcess({ ...place, words, isInterrupted: true }),
    };
  };
}
