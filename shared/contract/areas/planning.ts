/** Planning a sample before there is a survey: the arithmetic is in `shared/estimation/samplePlan`, here it becomes a file. */
import { z } from 'zod';
import { fileToken } from '../../domain/ids';
import { allocationRules } from '../../estimation/allocation';
import type { SamplePlanQuestion } from '../../estimation/samplePlan';
import { channel } from '../channel';

const share = z.number().gt(0).lt(1);
const positive = z.number().positive();

export const samplePlanQuestion = z.strictObject({
  districts: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(60),
        populationCount: z.int().min(1).max(2_000_000_000),
        share: share.nullable(),
      }),
    )
    .min(1)
    .max(200),
  total: z.int().min(1).max(10_000_000),
  rule: z.enum(allocationRules),
  exponent: z.number().min(0).max(1),
  minimumPerDistrict: z.int().min(0).max(1_000_000),
  share,
  target: share,
  margin: share,
  change: share,
  significanceLevel: z.number().gt(0).lt(0.5),
  power: z.number().gt(0.5).lt(1),
  confidenceLevel: z.number().gt(0.5).lt(1),
  respondentsPerPsu: positive.max(10_000),
  intraclassCorrelation: z.number().gt(0).lt(1),
  weightVariation: z.number().min(0).max(10),
  responseRate: z.number().gt(0).max(1),
  costPerPsu: positive,
  costPerRespondent: positive,
}) satisfies z.ZodType<SamplePlanQuestion>;

export const planningChannels = {
  'samplePlan/createWorkbook': channel(
    z.strictObject({
      title: z.string().trim().min(1).max(80),
      /** Names by district id. */
      names: z.record(z.string(), z.string().max(60)),
      question: samplePlanQuestion,
    }),
    z.strictObject({ token: fileToken, fileName: z.string() }),
    { roles: ['supervisor', 'statistician', 'evaluator', 'administrator'] },
  ),
} as const;
