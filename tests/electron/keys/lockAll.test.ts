/** Locking locks everything: running work, files on the shelf, calls that outlive the lock. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobId } from '@shared/domain/ids';
import { failureText } from '@shared/texts/failureTexts';
import type { TestHost } from '../../support/host';
import { openTestHost, removeFolder } from '../../support/host';

let test: TestHost;
beforeEach(async () => {
  test = await openTestHost();
});
afterEach(() => {
  test.close();
  removeFolder(test.dataDir);
});

describe('locking', () => {
  it('is refused with a clear sentence while no passphrase would keep it locked', async () => {
    const reply = await test.call('app/runLock', {});
    expect(reply).toMatchObject({ ok: false, failure: { code: 'LOCK_NEEDS_PASSPHRASE' } });
    expect(reply.ok ? '' : failureText(reply.failure)).toContain('请先设置口令');
    expect(test.host.context.vault.status().state).toBe('ready');
  });

  it('cancels running work and empties the file shelf', async () => {
    const { files, jobs } = test.host.context;
    const { token } = files.put('答卷.xlsx', Buffer.from('rows'));
    const work = jobs.run(jobId.parse('job'), ({ signal }) => {
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped')));
    });
    await test.value('app/updatePassphrase', { current: '', next: '纸上写好的一句长口令 2025' });
    await test.value('app/runLock', {});
    expect(await work).toBe('stopped');
    expect(files.get(token)).toBeNull();
  });

  it('answers STORAGE_LOCKED to work that wants to store something afterwards', async () => {
    const { vault } = test.host.context;
    vault.lock();
    const late = new Promise((resolve) => resolve(vault.storage()));
    const reply = await late.catch((error: unknown) =>
      test.host.context.problemToReply(error, 'results/run'),
    );
    expect(reply).toMatchObject({ ok: false, failure: { code: 'STORAGE_LOCKED' } });
  });
});
