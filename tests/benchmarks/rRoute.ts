/** R's times for the same tasks on the same machine, and how many times faster the engine is. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './bench';

interface RTime {
  readonly task: string;
  readonly elapsed: number;
  readonly cpu: number;
}

/** Null without Rscript or its survey package. */
export function measureR(): readonly RTime[] | null {
  const script = fileURLToPath(new URL('rRoute.R', import.meta.url));
  const times: RTime[] = [];
  for (const part of ['linearised', 'replicates']) {
    const run = spawnSync('Rscript', [script, part], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (run.status !== 0) return null;
    for (const line of run.stdout.split('\n')) {
      const [task, elapsed, cpu] = line.split('|');
      if (task !== undefined && cpu !== undefined) {
        times.push({ task, elapsed: Number(elapsed), cpu: Number(cpu) });
      }
    }
  }
  return times;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** R's fastest chain of functions against the engine's best run, CPU against CPU and wall clock against wall clock. */
export function ratioLines(ours: Measured | undefined, times: readonly RTime[] | null): string {
  if (times === null || ours === undefined) return '\nR survey is not installed here: no ratios';
  const chains = [
    ['A-C, calibrate + svymean', /^A|^B calibrate|^C .*calibrate/, /^[ABC] /],
    ['A-C, with svyciprop logit', /^A|^B rake|^C .*svyciprop/, /^[ABC] /],
    ['D-E, 500 raked replicates', /^[DE]/, /^[DE] /],
  ] as const;
  const lines = chains.map(([name, theirs, mine]) => {
    const r = times.filter(
      ({ task }, index) => theirs.test(task) && times.findIndex((t) => t.task === task) === index,
    );
    const engine = Object.entries(ours.times).filter(([task]) => mine.test(task));
    const wall = [sum(r.map((t) => t.elapsed)), sum(engine.map(([, t]) => t.median))] as const;
    const cpu = [sum(r.map((t) => t.cpu)), sum(engine.map(([, t]) => t.cpu))] as const;
    return `${name.padEnd(28)}${wall[0].toFixed(1).padStart(9)}${wall[1].toFixed(3).padStart(9)}${(wall[0] / wall[1]).toFixed(0).padStart(8)}x${cpu[0].toFixed(1).padStart(10)}${cpu[1].toFixed(3).padStart(9)}${(cpu[0] / cpu[1]).toFixed(0).padStart(8)}x`;
  });
  const r = times.map(
    ({ task, elapsed, cpu }) => `  R ${task}: ${elapsed.toFixed(1)} s, CPU ${cpu.toFixed(1)} s`,
  );
  return ['', ...r, `${''.padEnd(28)}   R wall     ours   ratio     R CPU     ours   ratio`, ...lines].join(
    '\n',
  );
}
