/** Estimation results, margins and report files. */
import { z } from 'zod';
import { fileToken, jobId, surveyId } from '../../domain/ids';
import { surveyResults } from '../../results/surveyResults';
import { channel } from '../channel';
import { cellError } from './imports';

export const marginSet = z.strictObject({
  source: z.string(),
  importedAt: z.iso.datetime(),
  margins: z.array(
    z.strictObject({
      variables: z.array(z.string()),
      cells: z.array(z.strictObject({ categories: z.array(z.string()), total: z.number() })),
    }),
  ),
});
export type MarginSet = z.infer<typeof marginSet>;

export const reportAudience = z.enum(['evaluator', 'statistician']);

export const reportRecord = z.strictObject({
  fileName: z.string(),
  contentHash: z.string(),
  audience: reportAudience,
  createdAt: z.iso.datetime(),
});

export const resultChannels = {
  'results/run': channel(z.strictObject({ surveyId, jobId }), surveyResults),
  'results/get': channel(
    z.strictObject({ surveyId }),
    z.strictObject({ results: surveyResults.nullable(), isStale: z.boolean() }),
  ),
  'margin/get': channel(z.strictObject({ surveyId }), marginSet.nullable()),
  'margin/import': channel(
    z.strictObject({ surveyId, token: fileToken, source: z.string().trim().min(2).max(200) }),
    z.strictObject({
      marginSet: marginSet.nullable(),
      errors: z.array(cellError),
      warnings: z.array(cellError),
    }),
    { roles: ['statistician', 'administrator'] },
  ),
  'margin/createTemplate': channel(
    z.strictObject({ surveyId }),
    z.strictObject({ token: fileToken, fileName: z.string() }),
  ),
  'report/create': channel(
    z.strictObject({ surveyId, jobId, audience: reportAudience }),
    z.strictObject({ token: fileToken, fileName: z.string(), contentHash: z.string() }),
  ),
  'report/list': channel(z.strictObject({ surveyId }), z.array(reportRecord)),
} as const;
