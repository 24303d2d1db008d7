/** A real host on a temporary data folder, with a fixed clock and no dialogs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '@electron/backend/host/createHost';
import { createHost } from '@electron/backend/host/createHost';

const assetDir = fileURLToPath(new URL('../../../', import.meta.url));

export interface HostFixture {
  readonly host: Host;
  readonly dataDir: string;
  close(): void;
}

export async function openHost(): Promise<HostFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhiheng-contract-'));
  const host = await createHost({
    host: 'browser',
    dataDir,
    assetDir,
    demoPlanId: null,
    dialogs: null,
    clock: () => new Date('2025-06-30T08:00:00Z'),
  });
  return {
    host,
    dataDir,
    close() {
      host.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
