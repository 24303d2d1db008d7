/** Builds one host: registry, vault, context, handlers behind dispatch. The same for desktop, browser mode and tests. */
import { mkdirSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '@shared/domain/result';
import type { Failure } from '@shared/domain/result';
import { failureText } from '@shared/texts/failureTexts';
import { applicationVersion } from '@shared/domain/version';
import { createBankKeys } from '../bankPackages/bankKeys';
import type { Dialogs, HostContext } from '../context';
import { storageFailure } from '../database/failures';
import type { Dispatch } from '../dispatch';
import { createDispatch } from '../dispatch';
import { handlers } from '../handlers/handlers';
import { loadRegistry } from '../registry/registry';
import { SeedError } from '../registry/readSeed';
import { forgetBanks } from '../usecases/items/currentBank';
import { openDemo } from '../usecases/openDemo';
import { createFileShelf } from './fileShelf';
import { createJobs } from './jobs';
import { createLog } from './log';
import { createVault, StorageLockedError } from './vault';

export interface HostSettings {
  readonly host: 'desktop' | 'browser';
  readonly dataDir: string;
  /** Folder with `seeds` and `question-banks`. */
  readonly assetDir: string;
  /** Plan whose demo survey to open at start; null for none. */
  readonly demoPlanId: string | null;
  readonly dialogs: Dialogs | null;
  readonly clock?: () => Date;
}

export interface Host {
  readonly context: HostContext;
  readonly dispatch: Dispatch;
  close(): void;
}

/** Start-up refusals carry their failure so that the host can print one clear sentence. */
export class StartError extends Error {
  override readonly name = 'StartError';
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** One Chinese sentence for whatever stopped the start. */
export function startFailureText(error: unknown): string {
  const known = error instanceof StartError || error instanceof SeedError ? error.failure : null;
  const failure = known ?? storageFailure(error);
  if (failure !== null) return failureText(failure);
  return '程序启动时遇到意外问题，已有数据没有改动。请重试；若仍出现，请联系管理员。';
}

function logFile(dataDir: string): (line: string) => void {
  const folder = join(dataDir, 'logs');
  return (line) => {
    // A log that cannot be written must never stop the product.
    try {
      mkdirSync(folder, { recursive: true });
    } catch {
      return;
    }
    void appendFile(join(folder, 'zhiheng.log'), line).catch(() => undefined);
  };
}

function failureOfThrown(error: unknown): Failure {
  if (error instanceof StorageLockedError) return fail('STORAGE_LOCKED').failure;
  return storageFailure(error) ?? fail('INTERNAL_ERROR').failure;
}

/** Throws StartError or SeedError when the product cannot start at all; a locked folder is not that. */
export async function createHost(settings: HostSettings): Promise<Host> {
  const clock = settings.clock ?? (() => new Date());
  const bankKeys = createBankKeys();
  const vault = createVault(settings.dataDir, clock, () => {
    bankKeys.closeAll();
    forgetBanks(context);
  });
  const log = createLog(logFile(settings.dataDir), clock);
  const context: HostContext = {
    host: settings.host,
    version: applicationVersion,
    vault,
    registry: loadRegistry(settings.assetDir),
    files: createFileShelf(),
    jobs: createJobs(),
    session: { role: 'statistician', openSurveyId: null },
    bankKeys,
    dialogs: settings.dialogs,
    clock,
    log,
    problemToReply(error, channel) {
      const failure = failureOfThrown(error);
      const name = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 120) : 'unknown';
      log.write('call.failed', { channel, code: failure.code, name });
      return { ok: false, failure };
    },
  };
  const opened = vault.unlock();
  if (!opened.ok && vault.status().state === 'failed') throw new StartError(opened.failure);
  log.write('host.started', { host: settings.host, version: context.version, state: vault.status().state });
  if (settings.demoPlanId !== null && vault.status().state === 'ready')
    context.session.openSurveyId = await openDemo(context, settings.demoPlanId);
  return {
    context,
    dispatch: createDispatch(handlers, context),
    close: () => vault.lock(),
  };
}
