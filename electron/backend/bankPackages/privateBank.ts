/** Private banks of this folder as they were installed or made here, before anything was edited. */
import type { BankItem, ItemBank } from '@shared/assessment/bank';
import type { WarningReasons } from '@shared/assessment/bankReport';
import { joinItem } from '@shared/assessment/secrecy/splitItem';
import { versionKey } from '@shared/assessment/secrecy/splitBank';
import { fail } from '@shared/domain/result';
import type { HostContext } from '../context';
import { listBankParts, loadBankParts } from '../database/repositories/privateBanks';
import type { ListedBankPart, StoredBankPart } from '../database/repositories/privateBanks';
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

/** Packages the bank is read from: the newest whole one, or every station pack where there is no whole one. */
export function sourcePackages<P extends ListedBankPart>(questions: readonly P[]): readonly P[] {
  const whole = questions.findLast(({ scope }) => scope === 'whole');
  return whole === undefined ? questions : [whole];
}

function keyState(context: HostContext, parts: readonly ListedBankPart[]): PrivateBank['keys'] {
  const keys = parts.filter(({ part }) => part === 'keys');
  const [first] = keys;
  if (first === undefined) return 'absent';
  const opened = new Set(context.bankKeys.get(first.bankId).map(({ keyId }) => keyId));
  const needed = sourcePackages(parts.filter(({ part }) => part === 'questions'));
  return needed.every(({ packageId }) => opened.has(packageId)) ? 'open' : 'closed';
}

function toBank(context: HostContext, bankId: string, parts: readonly ListedBankPart[]): PrivateBank | null {
  const own = parts.filter((part) => part.bankId === bankId);
  const questions = own.filter(({ part }) => part === 'questions');
  const [first, newest] = [questions[0], questions.at(-1)];
  if (first === undefined || newest === undefined) return null;
  return {
    bankId,
    title: newest.title,
    version: newest.bankVersion,
    origin: first.origin,
    signer: first.signer,
    keys: keyState(context, own),
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

/** Only content that passed the schema of questions files is ever stored. */
const contentOf = ({ document }: StoredBankPart): QuestionsContent => document as QuestionsContent;

/** Items of the packages, later ones in place of earlier ones of the same number. */
function itemsOf(context: HostContext, bankId: string, sources: readonly StoredBankPart[]): BankItem[] {
  const opened = context.bankKeys.get(bankId);
  const questions = new Map(sources.flatMap((part) => contentOf(part).items.map((item) => [item.id, item])));
  return [...questions.values()].map((question) => {
    const key = versionKey(question.id, question.version);
    const secret = opened.find(({ secrets }) => secrets.has(key))?.secrets.get(key);
    return secret === undefined ? question : joinItem(question, secret);
  });
}

/**
 * The bank as installed: whole items and references while its keys are open, else question parts. On a station it is
 * the items of its packs. Null when no such bank is installed.
 */
export function readPrivateBank(context: HostContext, bankId: string): BankFolder | null {
  const sources = sourcePackages(loadBankParts(context.vault.storage().db, bankId, 'questions'));
  const newest = sources.at(-1);
  if (newest === undefined) return null;
  const { meta, targets } = contentOf(newest);
  const opened = context.bankKeys.get(bankId);
  const blueprints = new Map(
    sources.flatMap((part) => contentOf(part).blueprints.map((blueprint) => [blueprint.id, blueprint])),
  );
  const references: ItemBank['references'] = Object.fromEntries(
    opened.flatMap((each) => Object.entries(each.references)),
  );
  const warningReasons: WarningReasons = Object.fromEntries(
    opened.flatMap((each) => Object.entries(each.warningReasons)),
  );
  return {
    bank: { meta, items: itemsOf(context, bankId, sources), references },
    blueprints: [...blueprints.values()],
    bankTargets: targets,
    warningReasons,
  };
}
