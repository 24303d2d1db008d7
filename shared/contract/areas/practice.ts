/** 练习模式: questions of the public practice pool, and how one answer was. Nothing is stored, nothing is counted. */
import { z } from 'zod';
import { answerSchema } from '../../questions/answer';
import { questionSchema } from '../../questions/kinds';
import { channel } from '../channel';

export const practiceFeedback = z.strictObject({
  status: z.enum(['right', 'wrong', 'dontKnow', 'refused', 'blank']),
  /** The key in words: one entry for a choice, several for 多选, in order for 排序, one a pair for 匹配. */
  right: z.array(z.string()),
  rationale: z.string(),
});
export type PracticeFeedback = z.infer<typeof practiceFeedback>;

export const practiceChannels = {
  /** Without keys; the same seed gives the same questions in the same order. */
  'practice/get': channel(
    z.strictObject({ seed: z.int().min(0).max(2_147_483_647) }),
    z.strictObject({ questions: z.array(questionSchema) }),
  ),
  /** Judges one answer by the rule that scores interviews. */
  'practice/getFeedback': channel(
    z.strictObject({ itemId: z.string().max(40), answer: answerSchema }),
    practiceFeedback,
  ),
} as const;
