/** Private banks of this folder as they were installed or made here, before anything was edited. */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { WarningReasons } from '@shared/assessment/bankReport';
import { joinItem } from '@shared/assessment/secrecy/splitItem';
import { versionKey } from '@shared/assessment/secrecy/splitBank';
import { fail } from '@shared/domain/result';
import type { HostContext } from '../context';
import { listBankParts, loadBankParts } from '../database/repositories/privateBanks';
import type { StoredBankPart } from '../database/repositories/privateBanks';
import type { BankFolder } from '../registry/bankFolder';
import type { QuestionsContent } from './content';

export interface PrivateBank {
  readonly bankId: string;
  readonly title: string;
  /** Version of the newest installed package. */
  readonly version: string;
  readonly origin: 'created' | 'installed';
  /** Fingerprint of whoever signs this bank. */
  readonly signer: string;
  /** absent: this folder has no keys file of the bank, e.g. a station. */
  readonly keys: 'absent' | 'closed' | 'open';
  readonly packageIds: readonly string[];
  readonly installedAt: string;
  readonly installedBy: string;
}

type Part = Omit<StoredBankPart, 'document'>;

function toBank(context: HostContext, bankId: string, parts: readonly Part[]): PrivateBank | null {
  const own = parts.filter((part) => part.bankId === bankId);
  const questions = own.filter(({ part }) => part === 'questions');
  const [first, newest] = [questions[0], questions.at(-1)];
  if (first === undefined || newest === undefined) return null;
  const hasKeys = own.some(({ part }) => part === 'keys');
  const closedState = hasKeys ? 'closed' : 'absent';
  return {
    bankId,
    title: newest.title,
    version: newest.bankVersion,
    origin: first.origin,
    signer: first.signer,
    keys: context.bankKeys.isOpen(bankId) ? 'open' : closedState,
    packageIds: questions.map(({ packageId }) => packageId),
    installedAt: newest.installedAt,
    installedBy: newest.installedBy,
  };
}

/** Every private bank, in the order of their first installation. */
export function listPrivateBanks(context: HostContext): readonly PrivateBank[] {
  const parts = listBankParts(context.vault.storage().db);
  const ids = [...new Set(parts.map(({ bankId }) => bankId))];
  return ids.flatMap((bankId) => toBank(context, bankId, parts) ?? []);
}

export const findPrivateBank = (context: HostContext, bankId: string): PrivateBank | null =>
  toBank(context, bankId, listBankParts(context.vault.storage().db));

export const isPrivateBank = (context: HostContext, bankId: string): boolean =>
  findPrivateBank(context, bankId) !== null;

/** The refusal of whatever needs the keys of a bank. */
export const keysClosed = (context: HostContext, bankId: string) =>
  fail('BANK_KEYS_CLOSED', { bank: findPrivateBank(context, bankId)?.title ?? bankId });

/**
 * The bank of the newest installed package: whole items and references while its keys are open, else question parts.
 * Null when no such bank is installed.
 */
export function readPrivateBank(context: HostContext, bankId: string): BankFolder | null {
  const newest = loadBankParts(context.vault.storage().db, bankId, 'questions').at(-1);
  if (newest === undefined) return null;
  // Only content that passed the schema of questions files is ever stored.
  const { meta, items, blueprints, targets } = newest.document as QuestionsContent;
  const opened = context.bankKeys.get(bankId);
  const joined = items.map((question): BankItem => {
    const key = versionKey(question.id, question.version);
    const secret = opened.find(({ secrets }) => secrets.has(key))?.secrets.get(key);
    return secret === undefined ? question : joinItem(question, secret);
  });
  return {
    bank: {
      meta,
      items: joined,
      references: Object.assign({}, ...opened.map(({ references }) => references)) as ItemBank['references'],
    },
    blueprints,
    bankTargets: targets,
    warningReasons: Object.assign(
      {},
      ...opened.map(({ warningReasons }) => warningReasons),
    ) as WarningReasons,
  };
}
