/**
 * Published shares of 公民具备科学素质 (`seeds/published-figures.json`): the past of a trend line.
 * Figures of different instrument regimes are not comparable; a trend marks the break between them.
 */
import { z } from 'zod';
import { ageBand, educationLevel, residence, sex } from './groups';
import { regionCodeSchema } from './region';

/** Scoring rules behind published figures; `unknown` = the publisher's rule was not found. */
export const instrumentRegimes = ['miller', 'cast', 'benchmark', 'unknown'] as const;

/** Same group names as the survey's own groupings, plus the macro-regions of the national releases. */
const figureGroupSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sex'), id: sex }),
    z.strictObject({ kind: z.literal('residence'), id: residence }),
    z.strictObject({ kind: z.literal('ageBand'), id: ageBand }),
    z.strictObject({ kind: z.literal('education'), id: educationLevel }),
    z.strictObject({
      kind: z.literal('macroRegion'),
      id: z.enum(['east', 'central', 'west', 'yangtzeRiverDelta']),
    }),
  ])
  .readonly();

export const publishedFigureSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/i),
    regionCode: regionCodeSchema,
    year: z.int().min(1990).max(2100),
    /** Percent of the population of the figure. */
    value: z.number().gt(0).lt(100),
    /** `literate` = 具备科学素质; the others are cumulative "at least" shares of the 2024 tiers. */
    measure: z.enum(['literate', 'atLeast55', 'atLeast85']),
    group: figureGroupSchema.nullable(),
    regime: z.enum(instrumentRegimes),
    /** `M` = general knowledge, not verified. */
    regimeConfidence: z.enum(['A', 'B', 'C', 'M']),
    source: z.string().min(1),
    sourceDate: z.iso.date().nullable(),
    confidence: z.enum(['A', 'B', 'C']),
    /** True when computed from other published numbers instead of published itself. */
    derived: z.boolean(),
    suspectedParentFigure: z.boolean(),
    /** True only after somebody compared the figure with the official text. */
    checkedAgainstOriginal: z.boolean(),
    note: z.string().min(1).nullable(),
  })
  .readonly();

export const publishedFiguresSchema = z
  .strictObject({ version: z.string(), figures: z.array(publishedFigureSchema).readonly() })
  .readonly();

export type PublishedFigure = z.infer<typeof publishedFigureSchema>;
export type PublishedFigures = z.infer<typeof publishedFiguresSchema>;
export type InstrumentRegime = (typeof instrumentRegimes)[number];

/** Headline figures (whole population, 具备科学素质) of a region, oldest first; empty when none is published. */
export function headlineSeries(figures: PublishedFigures, regionCode: string): readonly PublishedFigure[] {
  return figures.figures
    .filter((figure) => figure.regionCode === regionCode && figure.group === null)
    .filter((figure) => figure.measure === 'literate')
    .toSorted((a, b) => a.year - b.year);
}

/** Whether a line may join two figures: same known scoring regime on both sides. */
export function areComparable(a: PublishedFigure, b: PublishedFigure): boolean {
  return a.regime === b.regime && a.regime !== 'unknown';
}
