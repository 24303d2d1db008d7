/** A whole host on a fresh data folder, driven through dispatch exactly as a screen drives it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallInput, ChannelName, Output } from '@shared/contract/contract';
import type { Reply } from '@shared/contract/channel';
import type { SurveySettings } from '@shared/domain/survey';
import { demoSettings } from '@electron/backend/usecases/createDemoSurvey';
import { createHost } from '@electron/backend/host/createHost';
import type { Host } from '@electron/backend/host/createHost';
import { findPlan } from '@electron/backend/registry/registry';

export const testClock = (): Date => new Date('2025-10-15T09:00:00+08:00');

export interface TestHost {
  readonly host: Host;
  readonly dataDir: string;
  call<C extends ChannelName>(channel: C, input: CallInput<C>): Promise<Reply<Output<C>>>;
  /** The value of a call that must succeed. */
  value<C extends ChannelName>(channel: C, input: CallInput<C>): Promise<Output<C>>;
  /** Settings of a survey of 苏州 as the wizard would make them. */
  settings(changes?: Partial<SurveySettings>): SurveySettings;
  close(): void;
}

export async function openTestHost(dataDir = mkdtempSync(join(tmpdir(), 'zhiheng-'))): Promise<TestHost> {
  const host = await createHost({
    host: 'browser',
    dataDir,
    assetDir: process.cwd(),
    demoPlanId: null,
    dialogs: null,
    clock: testClock,
  });
  const call = async <C extends ChannelName>(channel: C, input: CallInput<C>): Promise<Reply<Output<C>>> =>
    (await host.dispatch(channel, input)) as Reply<Output<C>>;
  return {
    host,
    dataDir,
    call,
    async value(channel, input) {
      const reply = await call(channel, input);
      if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply.failure)}`);
      return reply.value;
    },
    settings(changes = {}) {
      const plan = findPlan(host.context.registry, 'suzhou');
      if (plan === null) throw new Error('the plan of 苏州 is shipped');
      return { ...demoSettings(host.context.registry, plan), name: '测试调查', ...changes };
    },
    close: () => host.close(),
  };
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
