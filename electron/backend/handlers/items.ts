/** 题库. */
import type { itemChannels } from '@shared/contract/areas/items';
import { ok } from '@shared/domain/result';
import { changeItemStatus, reviewItem } from '../usecases/items/itemWorkflow';
import { correctKey, keyChangeImpact, withdrawItem } from '../usecases/items/changeKey';
import { checkDraft } from '../usecases/items/checkItem';
import { bankOfDraft, checkSetting, withKeys } from '../usecases/items/currentBank';
import { itemChoices, itemFindings, itemList, itemView } from '../usecases/items/itemViews';
import { saveItem } from '../usecases/items/saveItem';
import type { AreaHandlers } from './handlerTypes';

export const itemHandlers = {
  'item/list': async (_input, context) => ok(itemList(context)),
  'item/get': async ({ itemId, viewer }, context) => itemView(context, itemId, viewer),
  'item/getCheck': async ({ item }, context) => {
    const opened = withKeys(bankOfDraft(context, item));
    return opened.ok ? ok(checkDraft(item, checkSetting(context, opened.value))) : opened;
  },
  'item/getChoices': async (_input, context) => itemChoices(context),
  'item/update': async (save, context) => saveItem(context, save),
  'item/updateStatus': async (request, context) => {
    const changed = changeItemStatus(context, request);
    return changed.ok ? itemView(context, request.itemId, request.by) : changed;
  },
  'item/createReview': async (review, context) => {
    const reviewed = reviewItem(context, review);
    return reviewed.ok ? itemView(context, review.itemId, review.reviewer) : reviewed;
  },
  'item/listFindings': async (_input, context) => itemFindings(context),
  'item/getImpact': async ({ itemId }, context) => keyChangeImpact(context, itemId),
  'item/runCorrection': async ({ jobId, ...request }, context) => {
    const corrected = await context.jobs.run(jobId, (job) => correctKey(context, { ...request, job }));
    return corrected.ok ? itemView(context, request.itemId, request.by) : corrected;
  },
  'item/runWithdrawal': async ({ jobId, ...request }, context) => {
    const withdrawn = await context.jobs.run(jobId, (job) => withdrawItem(context, { ...request, job }));
    return withdrawn.ok ? itemView(context, request.itemId, request.by) : withdrawn;
  },
} satisfies AreaHandlers<typeof itemChannels>;
