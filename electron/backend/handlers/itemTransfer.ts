/** Items in and out of the bank by files. */
import type { itemTransferChannels } from '@shared/contract/areas/itemTransfer';
import type { Output } from '@shared/contract/contract';
import type { Result } from '@shared/domain/result';
import { ok } from '@shared/domain/result';
import { itemTemplateWorkbook } from '../usecases/itemExchange';
import { exportQtiPackage, exportWorkbook } from '../usecases/items/exportItems';
import { checkItemFile, importItemFile, itemErrorList } from '../usecases/items/importItemFile';
import { itemImports, undoItemImport } from '../usecases/items/itemImports';
import type { AreaHandlers } from './handlerTypes';
import { shelve } from './imports';

export const itemTransferHandlers = {
  'itemTransfer/runCheck': async ({ jobId, ...file }, context) =>
    context.jobs.run(jobId, (job) => checkItemFile(context, file, job)),
  'itemTransfer/run': async ({ jobId, ...file }, context) => {
    const imported = await context.jobs.run(jobId, (job) => importItemFile(context, file, job));
    if (imported.ok) context.files.remove(file.token);
    return imported;
  },
  'itemTransfer/createErrorList': async ({ jobId, ...file }, context) => {
    const list = await context.jobs.run(jobId, (job) => itemErrorList(context, file, job));
    return list.ok ? ok(shelve(context, '题目导入错误清单.xlsx', list.value)) : list;
  },
  'itemTransfer/createTemplate': async (_input, context) =>
    ok(shelve(context, '题目模板.xlsx', itemTemplateWorkbook())),
  'itemTransfer/createWorkbook': async (request, context) => {
    const file = exportWorkbook(context, request);
    return file.ok ? ok(shelve(context, file.value.fileName, file.value.bytes)) : file;
  },
  'itemTransfer/createQtiPackage': async (
    request,
    context,
  ): Promise<Result<Output<'itemTransfer/createQtiPackage'>>> => {
    const file = exportQtiPackage(context, request);
    if (!file.ok) return file;
    const { fileName, bytes, exportedCount, skippedIds } = file.value;
    return ok({ ...shelve(context, fileName, bytes), exportedCount, skippedIds: [...skippedIds] });
  },
  'itemTransfer/list': async (_input, context) => ok(itemImports(context)),
  'itemTransfer/runUndo': async (undo, context) => undoItemImport(context, undo),
} satisfies AreaHandlers<typeof itemTransferChannels>;
