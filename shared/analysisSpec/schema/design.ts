/** How the sample was drawn. */
import { z } from 'zod';
import { singlePsuRule } from '../../domain/survey';
import { columnName, condition, fileId } from './parts';

export const stage = z
  .strictObject({
    units: columnName
      .nullable()
      .default(null)
      .describe('Column with the unit drawn at this stage; null: every row is a unit.'),
    strata: columnName.nullable().default(null).describe('Column with the stratum; null: one stratum.'),
    population: z
      .strictObject({
        kind: z
          .enum(['count', 'fraction'])
          .describe(
            '`count`: units of the stratum in the population; `fraction`: share of them that was drawn.',
          ),
        column: columnName,
      })
      .nullable()
      .default(null)
      .describe(
        'Finite population of the stage (fpc); null: drawn with replacement, later stages add nothing.',
      ),
  })
  .meta({ id: 'stage' });

export const baseWeights = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('column'), column: columnName })
      .describe('Weights in population units, one per row.'),
    z
      .strictObject({
        kind: z.literal('stages'),
        probabilities: z
          .array(columnName)
          .max(8)
          .default([])
          .describe('Selection probability of the unit at each stage, each in (0, 1].'),
        counts: z
          .array(columnName)
          .max(8)
          .default([])
          .describe('Number of units from which one was drawn with equal chance (adults of a household).'),
      })
      .describe('Product of the counts / product of the probabilities, over every stage of selection.'),
    z
      .strictObject({ kind: z.literal('populations') })
      .describe('Product over the stages of population count / units drawn in the stratum.'),
    z.strictObject({ kind: z.literal('equal') }).describe('Every row weighs 1.'),
  ])
  .describe('Base weight of every sampled person.')
  .meta({ id: 'baseWeights' });

export const unequalProbabilities = z
  .strictObject({
    probability: columnName.describe('Probability that the PSU of the row was drawn; 1: drawn for certain.'),
    variance: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('brewer') }).describe('Brewer: needs no pairs, never negative.'),
        z
          .strictObject({
            kind: z.literal('hartleyRao'),
            squareSums: columnName
              .nullable()
              .default(null)
              .describe(
                'Sum of p^2 over the frame of the stratum; null: estimated by the sum of p of the sample.',
              ),
          })
          .describe('Hartley & Rao (1962): pairs approximated.'),
        z
          .strictObject({
            kind: z.enum(['horvitzThompson', 'yatesGrundy']),
            file: fileId.describe(
              'Square table of the joint probabilities, PSUs in the order in which they appear in the data.',
            ),
          })
          .describe('Variance from the joint probabilities of all pairs; it may come out negative.'),
      ])
      .describe('Variance of an unequal-probability sample without replacement.'),
  })
  .meta({ id: 'unequalProbabilities' });

export const designSpec = z.strictObject({
  stages: z
    .array(stage)
    .max(6)
    .default([])
    .describe('Stages of selection, PSUs first; empty: every row is its own PSU.'),
  nested: z.boolean().default(false).describe('true: PSU ids are unique only inside their stratum.'),
  firstStageOnly: z
    .boolean()
    .default(false)
    .describe('true: ultimate clusters, the first stage with its fpc and nothing below.'),
  certainty: condition
    .nullable()
    .default(null)
    .describe(
      'Rows whose PSU was drawn for certain: it becomes a stratum of its own and the units of the second stage (the rows without one) its PSUs. For PSUs drawn with replacement; with an fpc state a fraction of 1 instead.',
    ),
  unequalProbabilities: unequalProbabilities
    .nullable()
    .default(null)
    .describe('Set when PSUs were drawn with unequal probabilities without replacement (PPS); one stage.'),
  singlePsuRule: singlePsuRule
    .default('fail')
    .describe(
      'A stratum with one PSU: `fail` refuses; `certainty` and `remove` let it add no variance; `adjust` centres it at the mean of all PSUs; `average` gives it the mean of the other strata.',
    ),
  weights: baseWeights,
});
