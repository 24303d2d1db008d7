/** Status, unlocking, role, jobs, file dialogs. */
import type { appChannels } from '@shared/contract/areas/app';
import type { Output } from '@shared/contract/contract';
import { fail, ok } from '@shared/domain/result';
import { closeBankKeys } from '../bankPackages/openKeys';
import { listPrivateBanks } from '../bankPackages/privateBank';
import type { HostContext } from '../context';
import type { AreaHandlers } from './handlerTypes';

function statusOf(context: HostContext): Output<'app/getStatus'> {
  const { session, vault, version, host } = context;
  const openSurveyId = session.openSurveyId;
  session.openSurveyId = null;
  return { version, host, storage: vault.status(), role: session.role, openSurveyId };
}

export const appHandlers = {
  'app/getStatus': async (_input, context) => ok(statusOf(context)),
  'app/runUnlock': async ({ passphrase }, context) => {
    const opened = context.vault.unlock(passphrase);
    return opened.ok ? ok(statusOf(context)) : opened;
  },
  'app/updatePassphrase': async ({ current, next }, context) => {
    const changed = context.vault.setPassphrase(current, next);
    return changed.ok ? ok(statusOf(context)) : changed;
  },
  'app/runLock': async (_input, context) => {
    if (!context.vault.hasPassphrase()) return fail('LOCK_NEEDS_PASSPHRASE');
    context.jobs.cancelAll();
    context.files.clear();
    // Keys go whether or not the log can be written: a lock waits for nothing.
    for (const { bankId } of listPrivateBanks(context)) closeBankKeys(context, bankId);
    context.vault.lock();
    return ok(statusOf(context));
  },
  'app/updateRole': async ({ role }, context) => {
    context.session.role = role;
    return ok(statusOf(context));
  },
  'job/getProgress': async ({ jobId }, context) => ok(context.jobs.progress(jobId)),
  'job/runCancel': async ({ jobId }, context) => ok({ cancelled: context.jobs.cancel(jobId) }),
  'file/runOpenDialog': async ({ purpose }, context) => {
    if (context.dialogs === null) return fail('FORBIDDEN', { role: context.host });
    const chosen = await context.dialogs.open(purpose);
    if (chosen === null) return ok(null);
    const file = context.files.put(chosen.name, chosen.bytes);
    return ok({ token: file.token, name: file.name, size: file.bytes.length });
  },
  'file/runSaveDialog': async ({ token }, context) => {
    const file = context.files.get(token);
    if (context.dialogs === null || file === null) return fail('NOT_FOUND');
    const saved = await context.dialogs.save(file);
    return saved.ok ? ok({ saved: saved.value }) : saved;
  },
} satisfies AreaHandlers<typeof appChannels>;
