/** Keying survives kill -9 like answering does: no line that was called saved is lost, at most one more is there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keyedTexts } from '@electron/backend/database/repositories/papers';
import { openStorage } from '@electron/backend/database/storage';
import { runAndKill, useChild } from './childProcess';

const kills = 12;
const bundle = useChild();
const folder = mkdtempSync(join(tmpdir(), 'zhiheng-kill-paper-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('loses no acknowledged line of a paper in any of 12 kills on one folder', async () => {
  const told = new Map<string, Map<string, string>>();
  for (let kill = 0; kill < kills; kill += 1) {
    const lines = await runAndKill(bundle(), ['keyPaper', folder], {
      after: 'ready',
      delayMs: 5 + kill * 17,
    });
    for (const line of lines) {
      const [entryId = '', fieldId = '', keyed = ''] = line.split(' ');
      const entry = told.get(entryId) ?? new Map<string, string>();
      told.set(entryId, entry.set(fieldId, keyed));
    }
  }
  const opened = openStorage({ dataDir: folder, clock: () => new Date() });
  if (!opened.ok) throw new Error(opened.failure.code);
  const storage = opened.value;
  const stored = [...told].map(([entryId, lines]) => ({ lines, kept: keyedTexts(storage.db, entryId) }));
  storage.close();
  const acknowledged = stored.reduce((sum, { lines }) => sum + lines.size, 0);
  expect(acknowledged).toBeGreaterThan(kills);
  for (const { lines, kept } of stored) {
    expect([...lines].filter(([fieldId, keyed]) => kept.get(fieldId) !== keyed)).toEqual([]);
    expect(kept.size - lines.size).toBeLessThanOrEqual(1);
  }
}, 120_000);
