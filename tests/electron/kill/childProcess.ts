/** Builds the child once per test run, starts it, and kills it at a given moment. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export type KillMoment =
  | { readonly after: 'ready'; readonly delayMs: number }
  | { readonly after: 'spawn'; readonly delayMs: number };

/** Builds the child before the tests of a file and removes it afterwards; the path is known inside tests only. */
export function useChild(): () => string {
  let bundle: string | null = null;
  beforeAll(async () => {
    bundle = await buildChild();
  }, 60_000);
  afterAll(() => {
    if (bundle !== null) rmSync(dirname(bundle), { recursive: true, force: true });
  });
  return () => {
    if (bundle === null) throw new Error('the child is not built yet');
    return bundle;
  };
}

/** Bundles `child.ts`; inside node_modules, so that the bundle finds the native database module. */
async function buildChild(): Promise<string> {
  const cache = resolve(root, 'node_modules/.cache/zhiheng-kill');
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'child-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@shared': resolve(root, 'shared'), '@electron': resolve(root, 'electron') } },
    build: {
      ssr: resolve(root, 'tests/electron/kill/child.ts'),
      outDir,
      minify: false,
      rollupOptions: { external: ['better-sqlite3'], output: { entryFileNames: 'child.mjs' } },
    },
    ssr: { noExternal: ['zod'] },
  });
  return join(outDir, 'child.mjs');
}

/** Lines the child told before SIGKILL took it, without its `ready`. Throws when it ended by itself. */
export async function runAndKill(
  bundle: string,
  parameters: readonly string[],
  moment: KillMoment,
): Promise<readonly string[]> {
  const child = spawn(process.execPath, [bundle, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  let complaint = '';
  let isArmed = false;
  const arm = (): void => {
    if (isArmed) return;
    isArmed = true;
    setTimeout(() => child.kill('SIGKILL'), moment.delayMs);
  };
  if (moment.after === 'spawn') arm();
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk;
    if (told.startsWith('ready\n')) arm();
  });
  const signal = await new Promise<NodeJS.Signals | null>((done) => {
    child.on('close', (_code, by) => {
      done(by);
    });
  });
  if (signal !== 'SIGKILL') throw new Error(`the child ended by itself: ${complaint}`);
  return told
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== 'ready');
}

/** A child that keeps the folder open until `stop`. */
export async function startHolder(
  bundle: string,
  directory: string,
): Promise<{ readonly stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [bundle, 'hold', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) =>
    child.on('close', () => {
      done();
    }),
  );
  await new Promise<void>((done) =>
    child.stdout.once('data', () => {
      done();
    }),
  );
  return {
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
