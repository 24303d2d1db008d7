/** Score of one interview under one version of one instrument. Derived, never edited. */
import { z } from 'zod';

export const interviewScore = z.strictObject({
  instrumentId: z.string(),
  instrumentVersion: z.string(),
  /** Points, 0..maximum of the instrument. */
  total: z.number(),
  /** Points by dimension id of the instrument (e.g. knowledge, method, spirit, application). */
  dimensions: z.record(z.string(), z.number()),
  /** Tier id of the instrument, e.g. 'advanced' | 'literate' | 'basic' | 'low'. */
  tier: z.string(),
  /** Whether the person counts as 具备科学素质 under the instrument. */
  passed: z.boolean(),
  answeredItems: z.int(),
  dontKnowItems: z.int(),
  refusedItems: z.int(),
  /** Items of the form with no answer at all. */
  blankItems: z.int(),
});
export type InterviewScore = z.infer<typeof interviewScore>;
