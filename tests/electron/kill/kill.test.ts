/**
 * Goal R1: a process killed while answering loses no answer it had called saved. Every kill is SIGKILL at a random
 * moment; the folder is kept over 50 kills, so recoveries happen on top of recoveries. ZHIHENG_KILLS and
 * ZHIHENG_KILL_SEED repeat or enlarge a run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { listBatches } from '@electron/backend/database/repositories/imports';
import { openStorage } from '@electron/backend/database/storage';
import { useChild, runAndKill } from './childProcess';
import type { KillMoment } from './childProcess';
import { theSurvey } from './sample';
import { judge, parseTold } from './verdict';

const kills = Number(process.env['ZHIHENG_KILLS'] ?? 200);
const seed = Number(process.env['ZHIHENG_KILL_SEED'] ?? Date.now() % 1_000_000);
const killsPerFolder = 50;
/** Recovery is judged after every fifth kill: in between the next child recovers by itself. */
const killsPerJudgement = 5;
const minutes = 60_000;

const bundle = useChild();
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zhiheng-kill-'));
  folders.push(folder);
  return folder;
}

/** Mulberry32: repeatable kill moments from the printed seed. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 15 % of the kills hit start-up, migration and recovery, the rest hits answering. */
function momentFrom(random: () => number): KillMoment {
  return random() < 0.15
    ? { after: 'spawn', delayMs: 20 + random() * 200 }
    : { after: 'ready', delayMs: random() * 120 };
}

interface Campaign {
  readonly acknowledged: number;
  readonly lost: number;
  readonly stale: number;
  readonly mostExtraPerKill: number;
  readonly damages: readonly string[];
  readonly brokenChains: number;
}

async function campaign(task: string, count: number): Promise<Campaign> {
  const random = randomFrom(seed);
  const sum = { acknowledged: 0, lost: 0, stale: 0, mostExtraPerKill: 0, brokenChains: 0 };
  const damages: string[] = [];
  let folder = '';
  let told = new Map<string, string>();
  let extraBefore = 0;
  for (let kill = 0; kill < count; kill += 1) {
    if (kill % killsPerFolder === 0) {
      folder = newFolder();
      told = new Map();
      extraBefore = 0;
    }
    const lines = await runAndKill(bundle(), [task, folder], momentFrom(random));
    for (const line of lines) told.set(...parseTold(line));
    sum.acknowledged += lines.length;
    if ((kill + 1) % killsPerJudgement !== 0 && kill + 1 !== count) continue;
    const verdict = judge(folder, told);
    sum.lost = Math.max(sum.lost, verdict.lost);
    sum.stale += verdict.stale;
    sum.brokenChains += verdict.isChainIntact ? 0 : 1;
    sum.mostExtraPerKill = Math.max(sum.mostExtraPerKill, (verdict.extra - extraBefore) / killsPerJudgement);
    extraBefore = verdict.extra;
    if (verdict.damage !== null) damages.push(verdict.damage);
  }
  return { ...sum, damages };
}

const report = (text: string): void => void process.stdout.write(`${text}\n`);

describe('a process killed at random moments', () => {
  it(
    'loses no acknowledged answer and leaves a sound database and whole chains',
    async () => {
      const result = await campaign('answer', kills);
      report(
        `R1: seed ${seed}, ${kills} kills, ${result.acknowledged} acknowledged answers, ${result.lost} lost`,
      );
      expect(result.acknowledged).toBeGreaterThan(kills / 2);
      expect(result).toMatchObject({ lost: 0, stale: 0, damages: [], brokenChains: 0 });
      expect(result.mostExtraPerKill).toBeLessThanOrEqual(1);
    },
    10 * minutes,
  );

  it(
    'is caught when it says saved before it saves (control: this test can fail)',
    async () => {
      const result = await campaign('answerDishonestly', 16);
      report(`R1 control: ${result.acknowledged} acknowledged answers, ${result.lost} lost`);
      expect(result.lost).toBeGreaterThan(0);
      expect(result.damages).toEqual([]);
    },
    2 * minutes,
  );

  it(
    'imports a table whole or not at all',
    async () => {
      const random = randomFrom(seed + 1);
      const folder = newFolder();
      const acknowledged = new Set<string>();
      for (let kill = 0; kill < 20; kill += 1) {
        const lines = await runAndKill(bundle(), ['import', folder], {
          after: 'ready',
          delayMs: random() * 300,
        });
        for (const line of lines) acknowledged.add(line);
      }
      const opened = openStorage({ dataDir: folder, clock: () => new Date() });
      if (!opened.ok) throw new Error(opened.failure.code);
      const storage = opened.value;
      const { db } = storage;
      const batches = listBatches(db, theSurvey);
      const sizes = db.connection
        .prepare<[], { cases: number }>('SELECT count(*) AS cases FROM imported_record GROUP BY batch_id')
        .all();
      storage.close();
      report(`R7: 20 kills, ${acknowledged.size} acknowledged tables, ${batches.length} stored`);
      expect(new Set(sizes.map(({ cases }) => cases))).toEqual(new Set([200]));
      expect(sizes).toHaveLength(batches.length);
      const stored = new Set<string>(batches.map((batch) => batch.batchId));
      expect([...acknowledged].filter((id) => !stored.has(id))).toEqual([]);
    },
    2 * minutes,
  );
});
