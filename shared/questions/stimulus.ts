/**
 * Material a question refers to: a short text, a table, a chart or a picture. Any question may carry one; questions
 * with the same `blockId` share it and stay together. Everything but a text has a spoken alternative.
 */
import { z } from 'zod';

const id = z.string().min(1).max(40);
const label = z.string().min(1).max(60);
const alt = z.string().min(1).max(400);

export const tableStimulus = z.strictObject({
  kind: z.literal('table'),
  id,
  title: z.string().max(120),
  headers: z.array(z.string().max(60)).min(1).max(8),
  rows: z
    .array(z.array(z.string().max(60)).min(1).max(8))
    .min(1)
    .max(20),
  alt,
});

export const chartStimulus = z.strictObject({
  kind: z.literal('chart'),
  id,
  title: z.string().max(120),
  chart: z.enum(['bar', 'line', 'pie']),
  /** Head of the category column of the table alternative. */
  categoryLabel: z.string().max(60),
  unit: z.string().max(20),
  categories: z.array(label).min(1).max(12),
  series: z
    .array(z.strictObject({ name: label, values: z.array(z.number().finite()).min(1).max(12) }))
    .min(1)
    .max(4),
  alt,
});

export const pictureStimulus = z.strictObject({
  kind: z.literal('picture'),
  id,
  title: z.string().max(120),
  /** Words shown with the picture. */
  text: z.string().max(600),
  mediaType: z.enum(['image/png', 'image/jpeg']),
  /** Pixels. */
  width: z.int().min(1),
  height: z.int().min(1),
  /** Base64 of the file. */
  data: z.string().min(1),
  alt,
});

export const stimulusSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), id, text: z.string().min(1).max(600) }),
  tableStimulus,
  chartStimulus,
  pictureStimulus,
]);
export type Stimulus = z.infer<typeof stimulusSchema>;

export interface StimulusTable {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The table a chart can be read from without seeing it; null for a text, which is its own alternative, and a picture.
 * A value missing from a series shows as an empty cell.
 */
export function stimulusTable(stimulus: Stimulus): StimulusTable | null {
  switch (stimulus.kind) {
    case 'text':
    case 'picture':
      return null;
    case 'table':
      return { headers: stimulus.headers, rows: stimulus.rows };
    case 'chart':
      return {
        headers: [stimulus.categoryLabel, ...stimulus.series.map((series) => series.name)],
        rows: stimulus.categories.map((category, index) => [
          category,
          ...stimulus.series.map((series) => String(series.values[index] ?? '')),
        ]),
      };
  }
}
