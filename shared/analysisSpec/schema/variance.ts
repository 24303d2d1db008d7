/** Where sampling errors come from. */
import { z } from 'zod';
import { columnName, fileId } from './parts';

const seed = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .describe('Same seed, same replicates, on every machine.');
const count = z.int().min(2).max(5000).describe('Number of replicates.');

export const replicateSource = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('jackknife') })
      .describe('Delete one PSU: JK1 in one stratum, JKn in several; with the fpc of the first stage.'),
    z
      .strictObject({
        kind: z.literal('brr'),
        rho: z.number().min(0).lt(1).default(0).describe('0: plain BRR; 0.3 to 0.5: by Fay.'),
      })
      .describe('Balanced half-samples; two PSUs per stratum.'),
    z
      .strictObject({ kind: z.literal('subbootstrap'), count, seed })
      .describe('Rao & Wu: n-1 of n PSUs drawn (R: type = "subbootstrap"); the everyday bootstrap.'),
    z
      .strictObject({ kind: z.literal('bootstrap'), count, seed })
      .describe('Canty & Davison: n of n PSUs drawn (R: type = "bootstrap").'),
    z
      .strictObject({ kind: z.literal('exported'), file: fileId })
      .describe('A file written by `--replicates-out`: factors with their scales.'),
    z
      .strictObject({
        kind: z.literal('file'),
        file: fileId,
        per: z
          .enum(['psu', 'row'])
          .describe('`psu`: one line per PSU; `row`: one line per row of the data, in its order.'),
        psu: columnName
          .nullable()
          .default(null)
          .describe('Column of the file with the PSU, needed with `psu`.'),
        stratum: columnName
          .nullable()
          .default(null)
          .describe('Column of the file with the stratum, when PSU ids repeat between strata.'),
        prefix: z
          .string()
          .min(1)
          .max(40)
          .default('r')
          .describe('Replicate columns are named with it and 1, 2, 3 ...'),
        content: z
          .enum(['factors', 'weights'])
          .default('factors')
          .describe('`factors` multiply the base weight; `weights` are replicate weights, only with `row`.'),
        overallScale: z.number().positive().describe('Factor of the whole sum of squares (R: scale).'),
        replicateScales: z
          .union([z.number().min(0), z.array(z.number().min(0)).min(2).max(5000)])
          .default(1)
          .describe('Factor of each replicate, or one for all (R: rscales).'),
      })
      .describe('Replicates made elsewhere, with their scales.'),
  ])
  .describe('Replicate weights.')
  .meta({ id: 'replicates' });
export type ReplicateSource = z.infer<typeof replicateSource>;

export const varianceSpec = z
  .discriminatedUnion('method', [
    z
      .strictObject({ method: z.literal('linearised') })
      .describe('Taylor linearisation; after calibration with its residuals.'),
    z
      .strictObject({
        method: z.literal('replicates'),
        source: replicateSource,
        reweigh: z
          .boolean()
          .default(true)
          .describe('true: every weighting step is done again for every replicate.'),
        centre: z
          .enum(['replicateMean', 'estimate'])
          .default('replicateMean')
          .describe('What replicates are compared with (R: mse = FALSE or TRUE).'),
      })
      .describe(
        'Replicate weights; `chiSquare` and `regression` (with its predictive margins) keep linearised errors and say so: `replacesReplicates`.',
      ),
    z
      .strictObject({
        method: z.literal('modelBootstrap'),
        units: columnName
          .nullable()
          .default(null)
          .describe('Column with the site that is resampled; null: persons.'),
        count,
        seed: z.union([seed, z.string().min(1).max(200)]).describe('Same seed, same replicates.'),
      })
      .describe(
        'For samples without known probabilities: sites are resampled and calibrated again; means and proportions and their comparisons only, and the interval rests on a model.',
      ),
  ])
  .describe('Method of the sampling errors.')
  .meta({ id: 'variance' });
export type VarianceSpec = z.infer<typeof varianceSpec>;
