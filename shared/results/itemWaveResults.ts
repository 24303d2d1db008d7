/** Items of a survey beside the same items in one earlier survey. */
import { z } from 'zod';

const itemWaveRow = z.strictObject({
  itemId: z.string(),
  /** 1-based place on the form of this survey. */
  position: z.int(),
  /** Share right then and now, and now minus then with its 95 % interval; errors null where a survey states none. */
  earlier: z.number(),
  later: z.number(),
  change: z.number(),
  changeError: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** Linked difficulty (b) now minus then, on the earlier scale; null without a link or parameters. */
  difficultyShift: z.number().nullable(),
  shiftError: z.number().nullable(),
  robustZ: z.number().nullable(),
  /** Median seconds; null where too few answers were timed. */
  secondsEarlier: z.number().nullable(),
  secondsLater: z.number().nullable(),
  isDrifted: z.boolean(),
  isSuspectedLeak: z.boolean(),
});
export type ItemWaveRow = z.infer<typeof itemWaveRow>;

export const itemWave = z.strictObject({
  surveyId: z.string(),
  surveyName: z.string(),
  year: z.int(),
  /** Of the item analysis that was compared: data, and when it was computed. */
  dataFingerprint: z.string(),
  computedAt: z.string(),
  /** Shares right of different regions show different people, not changed items: they are shown, not judged. */
  isSameRegion: z.boolean(),
  respondentCount: z.int(),
  /** Same item in the same version, scored in both. */
  commonCount: z.int(),
  /** Null with fewer common items than a link needs. */
  link: z
    .strictObject({
      /** broken: too many items drifted; shifts over it are hints, no evidence. */
      status: z.enum(['sound', 'broken']),
      slope: z.number(),
      shift: z.number(),
      /** In units of the earlier scale. */
      linkingError: z.number(),
      anchorCount: z.int(),
      /** Items left out of the link because they drifted, in the order they were dropped. */
      dropped: z.array(z.string()),
    })
    .nullable(),
  rows: z.array(itemWaveRow),
});
export type ItemWave = z.infer<typeof itemWave>;
