/** 组卷 and the form library. */
import type { formChannels } from '@shared/contract/areas/forms';
import { ok } from '@shared/domain/result';
import { assemblySetup } from '../usecases/forms/assemblySetup';
import { changeFormStatus, fileForms, formDetail, formRecords } from '../usecases/forms/formLibrary';
import { runAssembly, sessionAssembly } from '../usecases/forms/runAssembly';
import type { AreaHandlers } from './handlerTypes';

export const formHandlers = {
  'form/getSetup': async (_input, context) => ok(assemblySetup(context)),
  'form/runAssembly': async ({ jobId, request }, context) =>
    context.jobs.run(jobId, (job) => runAssembly(context, request, job)),
  'form/getAssembly': async (_input, context) => ok(sessionAssembly(context)),
  'form/createRecords': async (filing, context) => fileForms(context, filing),
  'form/list': async (_input, context) => ok(formRecords(context)),
  'form/get': async ({ formId }, context) => formDetail(context, formId),
  'form/updateStatus': async (change, context) => changeFormStatus(context, change),
} satisfies AreaHandlers<typeof formChannels>;
