/** Branded identifiers: an id of one aggregate cannot be passed for another. */
import { z } from 'zod';

const idText = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[\w.:-]+$/);

export const surveyId = idText.brand<'SurveyId'>();
export const formId = idText.brand<'FormId'>();
export const interviewId = idText.brand<'InterviewId'>();
export const batchId = idText.brand<'BatchId'>();
export const jobId = idText.brand<'JobId'>();
/** Opaque name of a file the host holds; never a path. */
export const fileToken = idText.brand<'FileToken'>();

export type SurveyId = z.infer<typeof surveyId>;
export type FormId = z.infer<typeof formId>;
export type InterviewId = z.infer<typeof interviewId>;
export type BatchId = z.infer<typeof batchId>;
export type JobId = z.infer<typeof jobId>;
export type FileToken = z.infer<typeof fileToken>;
