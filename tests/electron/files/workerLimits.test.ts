/** A worker that crashes or hangs ends as the failure its task means by that. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runWorkerTask } from '@electron/backend/workers/runWorkerTask';
import { failureText } from '@shared/texts/failureTexts';

const limits = { timeoutMs: 10_000, memoryMb: 64 };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhiheng-worker-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function useWorker(source: string): void {
  const file = join(folder, 'worker.mjs');
  writeFileSync(file, source);
  vi.stubEnv('ZHIHENG_WORKER', file);
}

describe('a worker', () => {
  it('that crashes in the analysis says that the estimate did not finish, and names its error', async () => {
    useWorker('throw new RangeError("too much")');
    const names: string[] = [];
    const onCrash = (name: string): void => void names.push(name);
    const result = await runWorkerTask(
      'analyseSurvey',
      {},
      { ...limits, onLimit: 'ANALYSIS_FAILED', onCrash },
    );
    expect(result.ok ? '' : failureText(result.failure)).toContain('估计没有完成');
    expect(names).toEqual(['RangeError']);
  });

  it('that hangs in the analysis says the same', async () => {
    useWorker('setInterval(() => undefined, 1000)');
    const options = { ...limits, timeoutMs: 300, onLimit: 'ANALYSIS_FAILED' } as const;
    expect(await runWorkerTask('analyseSurvey', {}, options)).toMatchObject({
      failure: { code: 'ANALYSIS_FAILED' },
    });
  });

  it('that crashes while reading a file blames the file', async () => {
    useWorker('throw new RangeError("too much")');
    expect(await runWorkerTask('parseWorkbook', {}, limits)).toMatchObject({
      failure: { code: 'FILE_HOSTILE' },
    });
  });
});
