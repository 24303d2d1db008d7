/** 依据. */
import type { itemReferenceChannels } from '@shared/contract/areas/itemReferences';
import {
  referenceList,
  referenceView,
  saveReference,
  setReferenceStatus,
} from '../usecases/items/references';
import type { AreaHandlers } from './handlerTypes';

export const itemReferenceHandlers = {
  'reference/list': async (_input, context) => referenceList(context),
  'reference/get': async ({ referenceId }, context) => referenceView(context, referenceId),
  'reference/update': async (save, context) => saveReference(context, save),
  'reference/updateStatus': async (change, context) => setReferenceStatus(context, change),
} satisfies AreaHandlers<typeof itemReferenceChannels>;
