/**
 * `npm run -s bench`: seconds, rows per second and peak memory of tasks A-E for growing surveys, each size in a process
 * of its own, with every number checked against R before a time is printed. `--quick`: 300,000 rows only. `--r`: R's times
 * on this machine too (40 minutes). Nothing here is a test: times depend on the machine.
 */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureR, ratioLines } from './rRoute';
import {
  buildDesign,
  differenceFromR,
  drawReplicates,
  inputsOf,
  linearisedDomains,
  meanErrorRatio,
  rake,
  replicateDomains,
  type ReplicateWeighting,
} from './tasks';

/** Seconds of one task: wall clock of the first call and of the best, and the least CPU time of all threads. */
export interface TaskTime {
  readonly first: number;
  readonly best: number;
  readonly median: number;
  readonly cpu: number;
}

export interface Measured {
  readonly rows: number;
  readonly times: Readonly<Record<string, TaskTime>>;
  readonly peakMegabytes: number;
  readonly checks: readonly string[];
}

const RUNS = 7;
const sizes = [30_000, 100_000, 300_000, 1_000_000];

function timed<T>(runs: number, task: () => T): { readonly time: TaskTime; readonly result: T } {
  const walls: number[] = [];
  let cpu = Infinity;
  let result: T | undefined;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const start = performance.now();
    result = task();
    walls.push((performance.now() - start) / 1000);
    const used = process.cpuUsage(before);
    cpu = Math.min(cpu, (used.user + used.system) / 1e6);
  }
  const sorted = [...walls].sort((a, b) => a - b);
  const time = {
    first: walls[0] ?? 0,
    best: sorted[0] ?? 0,
    median: sorted[sorted.length >> 1] ?? 0,
    cpu,
  };
  return { time, result: result as T };
}

function measure(rows: number): Measured {
  const inputs = inputsOf(rows);
  const design = timed(RUNS, () => buildDesign(inputs));
  const raked = timed(RUNS, () => rake(inputs));
  const domains = timed(RUNS, () => linearisedDomains(inputs, design.result, raked.result));
  const drawn = timed(3, () => drawReplicates(design.result));
  const replicated = timed(3, () => replicateDomains(inputs, design.result, drawn.result));
  const checks = [
    `margins met to ${raked.result.diagnostics.largestMarginError.toExponential(1)}`,
    `500 replicates / linearised SE ${meanErrorRatio(replicated.result, domains.result).toFixed(4)}`,
  ];
  if (rows === 300_000) {
    const difference = differenceFromR(domains.result);
    if (!(difference < 1e-8)) throw new Error(`the numbers are not R's: ${difference}`);
    checks.unshift(`100 shares, errors and intervals equal R's to ${difference.toExponential(1)}`);
  }
  const times = {
    'A design': design.time,
    'B raking': raked.time,
    'C 100 domains': domains.time,
    'D draw 500': drawn.time,
    'E 500 re-raked x 100': replicated.time,
  };
  return { rows, times, peakMegabytes: process.resourceUsage().maxRSS / 1000, checks };
}

/** 500 replicates calibrated to continuous auxiliaries: nothing can be joined into cells. */
function measureGeneral(rows: number, weighting: ReplicateWeighting): Measured {
  const inputs = inputsOf(rows);
  const design = buildDesign(inputs);
  const drawn = drawReplicates(design);
  const replicated = timed(1, () => replicateDomains(inputs, design, drawn, weighting));
  return {
    rows,
    times: { [`E general: ${weighting}`]: replicated.time },
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    checks: [],
  };
}

function inOwnProcess(args: readonly string[]): Measured {
  const launcher = fileURLToPath(new URL('../../electron/launch/runTypeScript.mjs', import.meta.url));
  const child = spawnSync(process.execPath, [launcher, fileURLToPath(import.meta.url), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) throw new Error(`the run ${args.join(' ')} failed`);
  return JSON.parse(child.stdout) as Measured;
}

const seconds = (value: number): string => (value < 10 ? value.toFixed(3) : value.toFixed(1)).padStart(9);

function report({ rows, times, peakMegabytes, checks }: Measured): string {
  const lines = Object.entries(times).map(
    ([task, { first, best, median, cpu }]) =>
      `${task.padEnd(28)}${[first, median, best, cpu].map(seconds).join('')}${Math.round(rows / best)
        .toLocaleString('en-US')
        .padStart(14)}`,
  );
  return [
    `\n${rows.toLocaleString('en-US')} rows, peak memory ${Math.round(peakMegabytes)} MB`,
    `${'task'.padEnd(28)}    first   median     best  CPU min      rows/s`,
    ...lines,
    ...checks.map((check) => `  ${check}`),
  ].join('\n');
}

/** Microseconds per row of the best runs: constant when the cost is linear in n. */
function scaling(all: readonly Measured[]): string {
  const perRow = (measured: Measured, tasks: RegExp): string => {
    const total = Object.entries(measured.times)
      .filter(([task]) => tasks.test(task))
      .reduce((sum, [, { cpu }]) => sum + cpu, 0);
    return ((total / measured.rows) * 1e6).toFixed(3).padStart(12);
  };
  return [
    '\nCPU microseconds per row (best runs)',
    `${'rows'.padStart(12)}${'A-C'.padStart(12)}${'D-E'.padStart(12)}${'MB'.padStart(9)}`,
    ...all.map(
      (one) =>
        `${one.rows.toLocaleString('en-US').padStart(12)}${perRow(one, /^[ABC] /)}${perRow(one, /^[DE] /)}${Math.round(one.peakMegabytes).toString().padStart(9)}`,
    ),
  ].join('\n');
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function main(args: readonly string[]): void {
  const load = loadavg().map((value) => value.toFixed(1));
  print(`${cpus()[0]?.model ?? ''} x ${cpus().length}, Node ${process.version}, load ${load.join(' ')}`);
  const measured: Measured[] = [];
  for (const rows of args.includes('--quick') ? [300_000] : sizes) {
    const one = inOwnProcess(['--child', String(rows)]);
    measured.push(one);
    print(report(one));
  }
  print(scaling(measured));
  if (!args.includes('--quick')) {
    for (const weighting of ['greg', 'rakedAuxiliaries']) {
      print(report(inOwnProcess(['--general', '300000', weighting])));
    }
  }
  if (args.includes('--r'))
    print(
      ratioLines(
        measured.find(({ rows }) => rows === 300_000),
        measureR(),
      ),
    );
  print(
    `\nload at the end ${loadavg()
      .map((value) => value.toFixed(1))
      .join(' ')}`,
  );
}

const [mode, rows, weighting] = process.argv.slice(2);
if (mode === '--child') process.stdout.write(JSON.stringify(measure(Number(rows))));
else if (mode === '--general') {
  process.stdout.write(JSON.stringify(measureGeneral(Number(rows), weighting as ReplicateWeighting)));
} else main(process.argv.slice(2));
