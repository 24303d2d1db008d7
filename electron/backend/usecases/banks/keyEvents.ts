/** What the audit log says about answers: who saw which, and when a bank was opened, closed, sealed or installed. */
import { z } from 'zod';
import { keyViewPlace } from '@shared/contract/areas/banks';
import type { KeyEvent } from '@shared/contract/areas/banks';
import type { Input, Output } from '@shared/contract/contract';
import type { HostContext } from '../../context';
import { pageAudit } from '../../database/repositories/audit';
import type { AuditEvent } from '../../database/repositories/audit';

/** Every action that has to do with answers. */
const keyActions = [
  'item.keyViewed',
  'items.exported',
  'bank.installed',
  'bank.created',
  'bank.keysOpened',
  'bank.keysClosed',
  'bank.sealed',
] as const;

const text = z.string().catch('');
const detail = z.object({
  bankId: text,
  version: text,
  role: text,
  by: text,
  via: keyViewPlace.nullable().catch(null),
});

function toEvent({ action, subject, detailJson, recordedAt }: AuditEvent): KeyEvent {
  const { bankId, ...known } = detail.parse(JSON.parse(detailJson));
  const isItem = action === 'item.keyViewed';
  return {
    at: recordedAt,
    action,
    itemId: isItem ? subject : null,
    bankId: isItem ? bankId : subject,
    ...known,
  };
}

/** ISO times between which a day on the wall of the host lies. */
function dayOf(day: string): { readonly from: string; readonly until: string } {
  const start = new Date(`${day}T00:00:00`);
  const end = new Date(start);
  end.setDate(end.getDate() + 1);
  return { from: start.toISOString(), until: end.toISOString() };
}

/** Newest first; `search` looks in item numbers and bank ids. */
export function listKeyEvents(
  context: HostContext,
  { search, day, offset, limit }: Input<'bank/listKeyEvents'>,
): Output<'bank/listKeyEvents'> {
  const { events, total } = pageAudit(
    context.vault.storage().db,
    { actions: keyActions, search, ...(day === null ? {} : dayOf(day)) },
    { offset, limit },
  );
  return { events: events.map(toEvent), total };
}
