/** The statistician's own analyses: a specification goes in, its answer comes out, nothing is stored. */
import { z } from 'zod';
import { analysisSpec } from '../../analysisSpec/analysisSpec';
import type { AnalysisResult } from '../../analysisSpec/result';
import { fileToken, jobId, surveyId } from '../../domain/ids';
import { analysedItems, itemAnalysisResults } from '../../results/itemAnalysisResults';
import { channel } from '../channel';

const roles = ['statistician', 'administrator'] as const;
const itemRoles = [...roles, 'itemEditor'] as const;

export const analysisColumn = z.strictObject({
  name: z.string(),
  /** Chinese name. */
  label: z.string(),
  /** `flag`: 0 and 1; `design`: strata, units and weights, rarely asked about. */
  kind: z.enum(['categories', 'flag', 'number', 'design']),
  /** In the order they are printed; empty for numbers and design columns. */
  categories: z.array(z.strictObject({ value: z.string(), label: z.string() })),
});
export type AnalysisColumn = z.infer<typeof analysisColumn>;

/** Any JSON object: what is wrong with it is said by `readAnalysisSpec`, with its place, not by the contract. */
const document = z.record(z.string(), z.unknown());

export const analysisChannels = {
  'analysis/getSpec': channel(
    z.strictObject({ surveyId }),
    z.strictObject({ spec: analysisSpec, columns: z.array(analysisColumn), respondentCount: z.int() }),
    { roles },
  ),
  'analysis/run': channel(
    z.strictObject({ surveyId, jobId, spec: document }),
    z.custom<AnalysisResult>((value) => typeof value === 'object' && value !== null),
    { roles },
  ),
  /** One zip: the specification and the answers it names, as `zhiheng estimate` runs them. */
  'analysis/createFile': channel(
    z.strictObject({ surveyId, spec: document }),
    z.strictObject({ token: fileToken, fileName: z.string() }),
    { roles },
  ),
  /** What the survey's answers say about its items, stored; names keys, so a private bank must be open. */
  'itemAnalysis/run': channel(z.strictObject({ surveyId, jobId }), itemAnalysisResults, { roles: itemRoles }),
  /** Null when it was never run. `isStale`: data, product or earlier analyses have changed since. */
  'itemAnalysis/get': channel(
    z.strictObject({ surveyId }),
    z.strictObject({ results: analysedItems.nullable(), isStale: z.boolean() }),
    { roles: itemRoles },
  ),
  /** The stored analysis as a workbook of its own. */
  'itemAnalysis/createFile': channel(
    z.strictObject({ surveyId }),
    z.strictObject({ token: fileToken, fileName: z.string() }),
    { roles: itemRoles },
  ),
} as const;
