/** 题库管理. */
import type { bankChannels } from '@shared/contract/areas/banks';
import { ok } from '@shared/domain/result';
import { verifyAuditChain } from '../database/repositories/audit';
import { listKeyEvents } from '../usecases/banks/keyEvents';
import { listBanks } from '../usecases/banks/listBanks';
import { setBankInUse } from '../usecases/items/bankSources';
import type { AreaHandlers } from './handlerTypes';

export const bankHandlers = {
  'bank/list': async (_input, context) => ok(listBanks(context)),
  'bank/updateInUse': async ({ bankId }, context) => {
    const chosen = setBankInUse(context, bankId);
    return chosen.ok ? ok({ bankId }) : chosen;
  },
  'bank/listKeyEvents': async (request, context) => ok(listKeyEvents(context, request)),
  'bank/getLogCheck': async (_input, context) => ok(verifyAuditChain(context.vault.storage().db)),
} satisfies AreaHandlers<typeof bankChannels>;
