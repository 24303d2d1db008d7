/** The banks of a folder as 题库管理 lists them. */
import type { BankKeyState, BankRow } from '@shared/contract/areas/banks';
import type { Output } from '@shared/contract/contract';
import { findPrivateBank } from '../../bankPackages/privateBank';
import type { PrivateBank } from '../../bankPackages/privateBank';
import type { HostContext } from '../../context';
import { listSurveys } from '../../database/repositories/surveys';
import { bankInUse, bankSources } from '../items/bankSources';
import type { BankSource } from '../items/bankSources';
import { currentBank } from '../items/currentBank';
import { unscoredCount } from '../scorePending';
import { surveyBank } from './surveyBank';

const keyStates = { absent: 'missing', closed: 'sealed', open: 'open' } as const satisfies Record<
  PrivateBank['keys'],
  BankKeyState
>;

/** Cases that wait for keys, by bank; a bank nobody waits for is absent. */
function waitingByBank(context: HostContext): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { survey } of listSurveys(context.vault.storage().db)) {
    const { id, isPublic } = surveyBank(context, survey);
    const waiting = isPublic ? 0 : unscoredCount(context, survey.id);
    if (waiting > 0) counts.set(id, (counts.get(id) ?? 0) + waiting);
  }
  return counts;
}

type Row = Omit<BankRow, 'isInUse' | 'unscoredCount'>;

function toRow(context: HostContext, source: BankSource): Row {
  const { meta, items } = currentBank(context, source.id).bank;
  const own = findPrivateBank(context, source.id);
  return {
    id: meta.id,
    title: meta.title,
    version: meta.version,
    statusNote: meta.statusNote,
    itemCount: items.length,
    keys: own === null ? 'public' : keyStates[own.keys],
    signer: own?.signer ?? null,
  };
}

export function listBanks(context: HostContext): Output<'bank/list'> {
  const inUse = bankInUse(context);
  const waiting = waitingByBank(context);
  return {
    banks: bankSources(context).map((source) => ({
      ...toRow(context, source),
      isInUse: source.id === inUse,
      unscoredCount: waiting.get(source.id) ?? 0,
    })),
    hasPassphrase: context.vault.hasPassphrase(),
  };
}
