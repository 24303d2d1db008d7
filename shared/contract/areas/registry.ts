/** Read-only registries the product ships: plans, regions, instruments, question bank, questionnaire. */
import { z } from 'zod';
import { instrumentSchema } from '../../assessment/instrument';
import { planSchema } from '../../domain/plan';
import { publishedFigureSchema } from '../../domain/publishedFigure';
import { regionSchema } from '../../domain/region';
import { moduleId } from '../../domain/survey';
import { keyGroupDefinition } from '../../questionnaire/keyGroupDefinitions';
import { channel, noInput } from '../channel';

export const blueprintSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  instrumentId: z.string(),
  itemCount: z.int(),
});

export const bankSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  statusNote: z.string(),
  isTrial: z.boolean(),
  itemCount: z.int(),
  countsByDimension: z.record(z.string(), z.int()),
  countsByType: z.record(z.string(), z.int()),
  countsByStatus: z.record(z.string(), z.int()),
  blueprints: z.array(blueprintSummary),
});

export const formPreview = z.strictObject({
  itemCount: z.int(),
  expectedMinutes: z.number(),
  meanDifficulty: z.number(),
  byDimension: z.record(z.string(), z.int()),
  byArea: z.record(z.string(), z.int()),
  byType: z.record(z.string(), z.int()),
  byBenchmark: z.record(z.string(), z.int()),
  violations: z.array(z.string()),
});

export const moduleSummary = z.strictObject({
  id: moduleId,
  title: z.string(),
  purpose: z.string(),
  questionCount: z.int(),
});

const planId = z.strictObject({ planId: z.string().max(40) });

export const registryChannels = {
  'plan/list': channel(noInput, z.array(planSchema)),
  'plan/get': channel(
    planId,
    z.strictObject({
      plan: planSchema,
      sourceText: z.string().nullable(),
      figures: z.array(publishedFigureSchema),
      regionNames: z.record(z.string(), z.string()),
    }),
  ),
  'region/list': channel(z.strictObject({ rootCode: z.string().max(20) }), z.array(regionSchema)),
  'instrument/list': channel(noInput, z.array(instrumentSchema)),
  'bank/get': channel(noInput, bankSummary),
  'form/getPreview': channel(
    z.strictObject({
      blueprintId: z.string().max(60),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    }),
    formPreview,
  ),
  'questionnaire/get': channel(
    noInput,
    z.strictObject({
      version: z.string(),
      title: z.string(),
      modules: z.array(moduleSummary),
      keyGroups: z.array(keyGroupDefinition),
    }),
  ),
} as const;
