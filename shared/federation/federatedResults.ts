/** The document a city gets from its counties' packages: figures by the publishing rules, and what they rest on. */
import { z } from 'zod';
import { grouping } from '../domain/groups';
import { figure } from '../results/surveyResults';

export const federatedResults = z.strictObject({
  year: z.int(),
  planId: z.string(),
  instrumentId: z.string(),
  instrumentVersion: z.string(),
  isDemo: z.boolean(),
  calibration: z.enum(['none', 'county', 'city']),
  confidenceLevel: z.number(),
  counties: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      surveyName: z.string(),
      respondentCount: z.int(),
      psuCount: z.int(),
      createdAt: z.string(),
      literate: figure,
      meanScore: figure,
    }),
  ),
  headline: z.strictObject({ literate: figure, meanScore: figure }),
  groups: z.array(z.strictObject({ grouping, category: z.string(), literate: figure, meanScore: figure })),
  /** Groups at least one county could not send. */
  withheldGroups: z.array(z.strictObject({ grouping, category: z.string(), counties: z.array(z.string()) })),
  stratumCount: z.int(),
  psuCount: z.int(),
});
export type FederatedResults = z.infer<typeof federatedResults>;
