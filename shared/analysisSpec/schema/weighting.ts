/** The steps from base weights to final weights, in the order in which they are done. */
import { z } from 'zod';
import { specProblems } from '../../texts/specTexts';
import { category, columnName, condition, fileId, modelTerm } from './parts';

const variables = z.array(columnName).min(1).max(6);

const scaleTo = z
  .number()
  .positive()
  .nullable()
  .default(null)
  .describe('Total the margin is scaled to (margins in percent); null: as given.');

export const margin = z
  .discriminatedUnion('source', [
    z
      .strictObject({
        source: z.literal('inline'),
        variables: variables.describe('One column, or several crossed.'),
        cells: z
          .array(
            z.strictObject({
              categories: z.array(category).min(1).max(6).describe('One category per variable.'),
              total: z.number().positive().describe('Persons of the population in the cell.'),
            }),
          )
          .min(1)
          .max(5000)
          .describe('All cells of the population.'),
        scaleTo,
      })
      .describe('Totals written in the specification.'),
    z
      .strictObject({
        source: z.literal('file'),
        file: fileId,
        variables: variables.describe('Columns of the file, named as the columns of the data.'),
        total: columnName.describe('Column of the file with the persons of the population in the cell.'),
        scaleTo,
      })
      .describe('Totals in a file, one row per cell.'),
  ])
  .describe('Population totals of one variable, or of the cells of several variables crossed.')
  .meta({ id: 'margin' });
export type MarginSpec = z.infer<typeof margin>;

const margins = z.array(margin).max(20).describe('Population totals that the weights must meet.');

const responded = condition.describe('Holds for the persons who answered; a missing condition counts as no.');

const capTimesMedian = z
  .number()
  .gt(1)
  .nullable()
  .default(null)
  .describe(
    'Largest weight as a multiple of the median calibrated weight: cut, spread and calibrated again until both hold; null: no cap.',
  );

export const weightingStep = z
  .discriminatedUnion('step', [
    z
      .strictObject({
        step: z.literal('nonresponseClasses'),
        responded,
        variables: variables.describe('Columns whose combinations are the weighting classes.'),
      })
      .describe('Respondents take over the weight of the silent members of their class.'),
    z
      .strictObject({
        step: z.literal('responsePropensity'),
        responded,
        terms: z.array(modelTerm).min(1).max(20).describe('Known of everyone sampled.'),
        classes: z
          .int()
          .min(2)
          .max(50)
          .nullable()
          .default(null)
          .describe('Classes by quantiles of the propensity; null: weight / propensity.'),
      })
      .describe('Response propensities by a weighted logistic regression.'),
    z
      .strictObject({ step: z.literal('postStratification'), margin })
      .describe('The weights of every cell are scaled to its population total.'),
    z
      .strictObject({
        step: z.literal('raking'),
        margins: margins.min(1),
        capTimesMedian,
      })
      .describe('Raking to several margins (multiplicative calibration).'),
    z
      .strictObject({
        step: z.literal('calibration'),
        distance: z
          .enum(['linear', 'raking', 'linear-bounded', 'logit'])
          .describe('`linear` is GREG; `linear-bounded` and `logit` keep the adjustment within the bounds.'),
        bounds: z
          .strictObject({
            lower: z.number().lt(1).describe('Smallest adjustment.'),
            upper: z.number().gt(1).describe('Largest adjustment.'),
          })
          .nullable()
          .default(null)
          .describe('Limits of calibrated weight / weight before.'),
        margins: margins.default([]),
        totals: z
          .array(
            z.strictObject({
              column: columnName.describe('Numeric column; a derived constant 1 for the population.'),
              total: z.number().describe('Its population total.'),
            }),
          )
          .max(50)
          .default([])
          .describe('Totals of numeric columns.'),
        capTimesMedian,
      })
      .refine(({ distance, bounds }) => bounds !== null || distance === 'linear' || distance === 'raking', {
        path: ['bounds'],
        error: specProblems.boundsMissing,
      })
      .refine(({ margins: given, totals }) => given.length + totals.length > 0, {
        path: ['margins'],
        error: specProblems.nothingToCalibrate,
      })
      .describe('Calibration to margins and to totals of numeric columns (Deville & Sarndal 1992).'),
    z
      .strictObject({
        step: z.literal('trimming'),
        cap: z
          .discriminatedUnion('kind', [
            z
              .strictObject({
                kind: z.literal('timesMedian'),
                factor: z.number().gt(1).describe('Times the median.'),
              })
              .describe('A multiple of the median weight.'),
            z
              .strictObject({
                kind: z.literal('weight'),
                weight: z.number().positive().describe('The largest weight.'),
              })
              .describe('A weight.'),
          ])
          .describe('The largest weight there may be.'),
      })
      .describe('Weights above the cap are cut; what was cut off is spread over the others in proportion.'),
  ])
  .describe('One step of weighting; steps after a nonresponse step see the respondents only.')
  .meta({ id: 'weightingStep' });
export type WeightingStep = z.infer<typeof weightingStep>;
