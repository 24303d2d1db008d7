/** 题库. */
import type { itemChannels } from '@shared/contract/areas/items';
import { ok } from '@shared/domain/result';
import { changeItemStatus, reviewItem } from '../usecases/items/itemWorkflow';
import { correctKey, keyChangeImpact, withdrawItem } from '../usecases/items/changeKey';
import { checkDraft } from '../usecases/items/checkItem';
import { checkSetting } from '../usecases/items/currentBank';
import { itemChoices, itemFindings, itemList, itemView } from '../usecases/items/itemViews';
import { saveItem } from '../usecases/items/saveItem';
import type { AreaHandlers } from './handlerTypes';

export const itemHandlers = {
  'item/list': async (_input, context) => ok(itemList(context)),
  'item/get': async ({ itemId }, context) => itemView(context, itemId),
  'item/getCheck': async ({ item }, context) => ok(checkDraft(item, checkSetting(context))),
  'item/getChoices': async (_input, context) => ok(itemChoices(context)),
  'item/update': async (save, context) => saveItem(context, save),
  'item/updateStatus': async (request, context) => {
    const changed = changeItemStatus(context, request);
    return changed.ok ? itemView(context, request.itemId) : changed;
  },
  'item/createReview': async (review, context) => {
    const reviewed = reviewItem(context, review);
    return reviewed.ok ? itemView(context, review.itemId) : reviewed;
  },
  'item/listFindings': async (_input, context) => ok(itemFindings(context)),
  'item/getImpact': async ({ itemId }, context) => keyChangeImpact(context, itemId),
  'item/runCorrection': async ({ jobId, ...request }, context) => {
    const corrected = await context.jobs.run(jobId, (job) => correctKey(context, { ...request, job }));
    return corrected.ok ? itemView(context, request.itemId) : corrected;
  },
  'item/runWithdrawal': async ({ jobId, ...request }, context) => {
    const withdrawn = await context.jobs.run(jobId, (job) => withdrawItem(context, { ...request, job }));
    return withdrawn.ok ? itemView(context, request.itemId) : withdrawn;
  },
} satisfies AreaHandlers<typeof itemChannels>;
