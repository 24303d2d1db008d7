/** Command-line options shared by the desktop and browser mode. Unknown options are ignored: Electron adds its own. */
import { resolve } from 'node:path';

export interface HostOptions {
  readonly dataDir: string | null;
  readonly demoPlanId: string | null;
  readonly port: number;
  readonly open: boolean;
}

const valueOf = (argv: readonly string[], name: string): string | null => {
  const at = argv.indexOf(name);
  const joined = argv.find((word) => word.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const next = at < 0 ? undefined : argv[at + 1];
  return next === undefined || next.startsWith('--') ? null : next;
};

/** `--data DIR`, `--demo [PLAN]` (苏州 when none is named), `--port N`, `--no-open`. */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): HostOptions {
  const dataDir = valueOf(argv, '--data') ?? environment['ZHIHENG_DATA'] ?? null;
  const port = Number(valueOf(argv, '--port') ?? 0);
  const wantsDemo = argv.some((word) => word === '--demo' || word.startsWith('--demo='));
  return {
    dataDir: dataDir === null ? null : resolve(dataDir),
    demoPlanId: wantsDemo ? (valueOf(argv, '--demo') ?? 'suzhou') : null,
    port: Number.isInteger(port) && port >= 0 && port < 65_536 ? port : 0,
    open: !argv.includes('--no-open'),
  };
}
