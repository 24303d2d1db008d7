/** What a caller states about a sample; `createSurveyDesign` checks it. */
import type { CalibrationInfo } from './calibrationInfo';
import type { IdColumn } from './idColumn';

/**
 * What to do with a stratum in which only one PSU was drawn (and which is not a census):
 * - `fail`: refuse the design and name the stratum;
 * - `certainty`: treat the unit as self-representing, it adds no variance (R: "certainty");
 * - `remove`: leave the stratum out of the variance (R: "remove", same number as certainty);
 * - `adjust`: centre its total at the mean of all PSU totals (R survey >= 4.4-3 "adjust", Stata "centered");
 * - `average`: scale the variance by strata / strata with several PSUs (R "average", Stata "scaled").
 */
export type SinglePsuRule = 'fail' | 'certainty' | 'adjust' | 'average' | 'remove';

/** Size of the population a stage was drawn from, per respondent row; the kind is stated, never guessed. */
export interface FinitePopulation {
  readonly kind: 'populationCount' | 'samplingFraction';
  readonly values: ArrayLike<number>;
}

export interface StageSpec {
  /** Unit drawn at this stage (PSU, then SSU, ...). Below the first stage, ids need only be unique in their unit. */
  readonly units: IdColumn;
  readonly strata?: IdColumn | null;
  /** Without it the stage counts as drawn with replacement and later stages add nothing. */
  readonly finitePopulation?: FinitePopulation | null;
}

/**
 * PSUs drawn with unequal probabilities without replacement (PPS). One stage only: rows of a PSU are all of it,
 * or the variance inside PSUs is left out on purpose.
 * - `brewer`: needs no pairs, never negative; the choice for everyday use;
 * - `hartleyRao`: pairs approximated from `squareSums`, the sum of p^2 over the frame of the stratum, one per row;
 *   without it the sum is estimated from the sample;
 * - `horvitzThompson`, `yatesGrundy`: true pairs, row-major PSUs x PSUs in order of first appearance
 *   (`jointInclusionProbabilities`); may be negative.
 */
export interface UnequalProbabilities {
  /** Probability that the row's PSU was drawn, 0..1; 1 marks a PSU drawn for certain. */
  readonly inclusionProbabilities: ArrayLike<number>;
  readonly variance:
    | { readonly method: 'brewer' }
    | { readonly method: 'hartleyRao'; readonly squareSums?: ArrayLike<number> }
    | { readonly method: 'horvitzThompson' | 'yatesGrundy'; readonly joint: Float64Array };
}

export interface SurveyDesignSpec {
  /** First stage first. An empty list: every row is its own PSU. */
  readonly stages: readonly StageSpec[];
  /** Final weights in population units, one per row. Zero keeps the row in the design without counting it. */
  readonly weights: Float64Array;
  readonly singlePsuRule?: SinglePsuRule;
  /** true: PSU ids are unique only inside their stratum. */
  readonly nest?: boolean;
  /** true: use the first stage only, with its finite population correction. */
  readonly ultimateCluster?: boolean;
  /** Set when PSUs were drawn with unequal probabilities and without replacement. */
  readonly unequalProbabilities?: UnequalProbabilities | null;
  /** Set when `weights` were calibrated: the variance then uses regression residuals. */
  readonly calibration?: CalibrationInfo | null;
}
