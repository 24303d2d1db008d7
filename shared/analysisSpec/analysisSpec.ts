/**
 * An analysis specification: one JSON document that says what a statistician wants of a survey sample – files,
 * design, weighting, errors, questions. The command line runs it and the screens write it.
 */
import { z } from 'zod';
import { analysis } from './schema/analyses';
import { dataSpec, derivedColumn, fileSpec } from './schema/data';
import { designSpec } from './schema/design';
import { confidenceLevel, fileId } from './schema/parts';
import { varianceSpec } from './schema/variance';
import { weightingStep } from './schema/weighting';

export const analysisSpec = z
  .strictObject({
    formatVersion: z.literal(1).describe('Version of this format.'),
    title: z.string().min(1).max(200).describe('What the analysis is about.'),
    note: z.string().max(4000).default('').describe('Free text: source of the data, reasons of choices.'),
    files: z.record(fileId, fileSpec).describe('Every file the specification names, by an id of its own.'),
    data: dataSpec.describe('The sample.'),
    derived: z.array(derivedColumn).max(200).default([]).describe('Columns made from others.'),
    design: designSpec.describe('How the sample was drawn.'),
    weighting: z
      .array(weightingStep)
      .max(20)
      .default([])
      .describe(
        'From base weights to final weights. Linearised errors know about the last calibration and take the steps before it as given; replicates repeat all.',
      ),
    variance: varianceSpec.default({ method: 'linearised' }),
    level: confidenceLevel.default(0.95).describe('Confidence level of all intervals.'),
    analyses: z.array(analysis).min(1).max(500).describe('Questions, answered in this order.'),
  })
  .describe('Specification of a survey analysis.');

/** A specification with its defaults filled in. */
export type AnalysisSpec = z.infer<typeof analysisSpec>;
/** A specification as a person writes it. */
export type AnalysisSpecInput = z.input<typeof analysisSpec>;
