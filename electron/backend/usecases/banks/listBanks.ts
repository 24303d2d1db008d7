/** The banks of a folder as 题库管理 lists them. */
import type { BankRow } from '@shared/contract/areas/banks';
import type { Output } from '@shared/contract/contract';
import type { HostContext } from '../../context';
import { bankInUse, bankSources } from '../items/bankSources';
import type { BankSource } from '../items/bankSources';
import { currentBank } from '../items/currentBank';

function toRow(context: HostContext, source: BankSource, inUse: string): BankRow {
  const { meta, items } = currentBank(context, source.id).bank;
  return {
    id: meta.id,
    title: meta.title,
    version: meta.version,
    statusNote: meta.statusNote,
    itemCount: items.length,
    keys: 'public',
    signer: null,
    isInUse: source.id === inUse,
    unscoredCount: 0,
  };
}

export function listBanks(context: HostContext): Output<'bank/list'> {
  const inUse = bankInUse(context);
  return {
    banks: bankSources(context).map((source) => toRow(context, source, inUse)),
    hasPassphrase: context.vault.hasPassphrase(),
  };
}
