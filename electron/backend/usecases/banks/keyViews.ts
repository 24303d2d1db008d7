/**
 * The record of who saw which answer of a private bank (question-bank-spec §3.5: every view logged). Whatever hands
 * keys of items to a person calls `traceKeyViews` first and gives nothing out when the record could not be made.
 */
import type { BankMeta } from '@shared/assessment/bank';
import type { KeyViewPlace } from '@shared/contract/areas/banks';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import type { HostContext } from '../../context';
import { appendAudit } from '../../database/repositories/audit';

export interface KeyViews {
  /** The bank the items belong to; a public bank has nothing to record. */
  readonly bank: Pick<BankMeta, 'id' | 'isPublic'>;
  readonly items: readonly { readonly id: string; readonly version: string }[];
  /** Where the keys are shown or written to. */
  readonly via: KeyViewPlace;
  /** Name the person gave; '' when none was asked for. */
  readonly viewer?: string | undefined;
}

/** One `item.keyViewed` event an item, all or none. Failures: those of the storage. */
export function traceKeyViews(context: HostContext, { bank, items, via, viewer }: KeyViews): Result<null> {
  if (bank.isPublic || items.length === 0) return ok(null);
  const { db } = context.vault.storage();
  const { role } = context.session;
  const by = viewer === undefined || viewer === '' ? {} : { by: viewer };
  return db.transact(() => {
    for (const { id, version } of items) {
      const detail = { bankId: bank.id, version, role, via, ...by };
      const traced = appendAudit(db, { action: 'item.keyViewed', subject: id, detail });
      if (!traced.ok) return traced;
    }
    return ok(null);
  });
}
