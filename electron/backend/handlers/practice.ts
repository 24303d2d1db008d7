/** 练习模式. */
import type { practiceChannels } from '@shared/contract/areas/practice';
import { ok } from '@shared/domain/result';
import { practiceFeedback, practiceQuestions } from '../usecases/practice';
import type { AreaHandlers } from './handlerTypes';

export const practiceHandlers = {
  'practice/get': async ({ seed }, context) => ok({ questions: practiceQuestions(context, seed) }),
  'practice/getFeedback': async ({ itemId, answer }, context) => practiceFeedback(context, itemId, answer),
} satisfies AreaHandlers<typeof practiceChannels>;
