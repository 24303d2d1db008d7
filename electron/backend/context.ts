/** Everything a handler may use. Built once per host; tests build their own. */
import type { ChannelName } from '@shared/contract/contract';
import type { Reply } from '@shared/contract/channel';
import type { SurveyId } from '@shared/domain/ids';
import type { Result } from '@shared/domain/result';
import type { Role } from '@shared/domain/role';
import type { FilePurpose } from '@shared/texts/filePurposes';
import type { BankKeys } from './bankPackages/bankKeys';
import type { FileShelf, ShelvedFile } from './host/fileShelf';
import type { Jobs } from './host/jobs';
import type { Log } from './host/log';
import type { Vault } from './host/vault';
import type { Registry } from './registry/registry';

/** Desktop dialogs; browser mode has none (it uploads and downloads over HTTP). */
export interface Dialogs {
  open(purpose: FilePurpose): Promise<{ name: string; bytes: Buffer } | null>;
  /** False when the person cancelled. Fails with FILE_NOT_SAVED, DISK_FULL or STORAGE_READ_ONLY. */
  save(file: ShelvedFile): Promise<Result<boolean>>;
}

export interface Session {
  role: Role;
  /** Survey to show at start, handed out once. */
  openSurveyId: SurveyId | null;
}

export interface HostContext {
  readonly host: 'desktop' | 'browser';
  readonly version: string;
  readonly vault: Vault;
  readonly registry: Registry;
  readonly files: FileShelf;
  readonly jobs: Jobs;
  readonly session: Session;
  /** Private banks whose keys are open; wiped by 锁定 and at the end. */
  readonly bankKeys: BankKeys;
  readonly dialogs: Dialogs | null;
  readonly clock: () => Date;
  readonly log: Log;
  /** Turns anything thrown below a handler into a reply: storage trouble keeps its code, the rest is logged. */
  problemToReply(error: unknown, channel: ChannelName): Reply<never>;
}
