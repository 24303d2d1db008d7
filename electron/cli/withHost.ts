/** Runs work on a host: the same use cases as every screen, on a data folder that lives only as long as the command. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { HostContext } from '../backend/context';
import { dataFolder } from '../backend/database/dataFolder';
import type { Host } from '../backend/host/createHost';
import { StartError, createHost } from '../backend/host/createHost';
import { SeedError } from '../backend/registry/readSeed';
import type { Surroundings } from './command';
import type { Refused } from './outcome';
import { refuse, refusedBy } from './outcome';

type Work<T> = (context: HostContext) => Promise<T>;

async function openHost(dataDir: string, { assetDir, clock }: Surroundings): Promise<Host | Refused> {
  try {
    return await createHost({
      host: 'browser',
      dataDir,
      assetDir,
      demoPlanId: null,
      dialogs: null,
      clock,
    });
  } catch (error) {
    if (error instanceof StartError || error instanceof SeedError) return refusedBy(error.failure);
    throw error;
  }
}

async function runOn<T>(
  dataDir: string,
  surroundings: Surroundings,
  work: Work<T>,
  passphrase?: string,
): Promise<T | Refused> {
  const host = await openHost(dataDir, surroundings);
  if ('ok' in host) return host;
  try {
    const unlocked = host.context.vault.unlock(passphrase);
    return unlocked.ok ? await work(host.context) : refusedBy(unlocked.failure);
  } finally {
    host.close();
  }
}

/** On an encrypted folder under the system's temporary directory, removed afterwards whatever happens. */
export async function withTemporaryHost<T>(surroundings: Surroundings, work: Work<T>): Promise<T | Refused> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhiheng-cli-'));
  try {
    return await runOn(dataDir, surroundings, work);
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** On an existing data folder; a passphrase comes from the environment, never from the command line. */
export async function withDataFolder<T>(
  folder: string,
  surroundings: Surroundings,
  work: Work<T>,
): Promise<T | Refused> {
  const dataDir = resolve(folder);
  if (!existsSync(dataFolder(dataDir).databaseFile)) return refuse('NOT_A_DATA_FOLDER', { folder: dataDir });
  return runOn(dataDir, surroundings, work, surroundings.environment['ZHIHENG_PASSPHRASE']);
}
