/** 交数 and 收数. */
import type { handInChannels } from '@shared/contract/areas/handIn';
import { handInOverview } from '../usecases/handIn/handInSurvey';
import { describeHandIn, receiveHandIn } from '../usecases/handIn/receiveHandIn';
import { sendHandIn } from '../usecases/handIn/sendHandIn';
import type { AreaHandlers } from './handlerTypes';

export const handInHandlers = {
  'handIn/get': async ({ surveyId }, context) => handInOverview(context, surveyId),
  'handIn/createFile': async (request, context) => sendHandIn(context, request),
  'handIn/getFile': async ({ token }, context) => describeHandIn(context, token),
  'handIn/runReceipt': async (request, context) => receiveHandIn(context, request),
} satisfies AreaHandlers<typeof handInChannels>;
