/** 题库管理. */
import type { bankChannels } from '@shared/contract/areas/banks';
import { ok } from '@shared/domain/result';
import { createPrivateBank } from '../bankPackages/installBank';
import { closeBankKeys, openBankKeys } from '../bankPackages/openKeys';
import { verifyAuditChain } from '../database/repositories/audit';
import { describePackage, installPackage } from '../usecases/banks/installPackage';
import { listKeyEvents } from '../usecases/banks/keyEvents';
import { listBanks } from '../usecases/banks/listBanks';
import { sealFiles } from '../usecases/banks/sealFiles';
import { setBankInUse } from '../usecases/items/bankSources';
import { scorePendingOfBank } from '../usecases/scorePending';
import type { AreaHandlers } from './handlerTypes';

export const bankHandlers = {
  'bank/list': async (_input, context) => ok(listBanks(context)),
  'bank/updateInUse': async ({ bankId }, context) => {
    const chosen = setBankInUse(context, bankId);
    return chosen.ok ? ok(listBanks(context)) : chosen;
  },
  'bank/getPackage': async (files, context) => describePackage(context, files),
  'bank/runInstallation': async (request, context) => {
    const installed = installPackage(context, request);
    return installed.ok ? ok({ bankId: installed.value, list: listBanks(context) }) : installed;
  },
  'bank/create': async ({ title, passphrase }, context) => {
    const created = createPrivateBank(context, { title, keysPassphrase: passphrase });
    return created.ok ? ok({ bankId: created.value, list: listBanks(context) }) : created;
  },
  'bank/runOpening': async ({ bankId, passphrase, jobId }, context) => {
    const opened = await context.jobs.run(jobId, (job) => openBankKeys(context, bankId, passphrase, job));
    return opened.ok ? ok({ scoredCount: opened.value.scoredCount, list: listBanks(context) }) : opened;
  },
  'bank/runClosing': async ({ bankId }, context) => {
    const closed = closeBankKeys(context, bankId);
    return closed.ok ? ok(listBanks(context)) : closed;
  },
  'bank/runScoring': async ({ bankId, jobId }, context) => {
    const scored = await context.jobs.run(jobId, (job) => scorePendingOfBank(context, bankId, job));
    return scored.ok ? ok({ scoredCount: scored.value, list: listBanks(context) }) : scored;
  },
  'bank/createFiles': async (request, context) => sealFiles(context, request),
  'bank/listKeyEvents': async (request, context) => ok(listKeyEvents(context, request)),
  'bank/getLogCheck': async (_input, context) => ok(verifyAuditChain(context.vault.storage().db)),
} satisfies AreaHandlers<typeof bankChannels>;
