/**
 * Drawing units with probabilities proportional to their size (PPS): first-order inclusion probabilities and the
 * systematic draw. Joint probabilities are in `jointInclusion.ts`.
 */
import { type Result } from '../domain/result';
export interface InclusionProbabilities {
    /** Probability that the unit is drawn, 0..1; they add to the sample size. */
    readonly probabilities: Float64Array;
    /** Positions (from 0) of the units that are drawn for certain. */
    readonly certainty: readonly number[];
}
/**
 * Probabilities n x size / sum(size) for a sample of n units. A unit whose probability reaches 1 is drawn for certain,
 * and the rest of the sample is shared among the others, until no probability is above 1 (Tille 2006, section 2.10).
 * Sizes are not negative; a unit of size 0 is never drawn.
 * Failures: INVALID_INPUT {field: 'size', row} (negative, missing or infinite);
 * INVALID_INPUT {field: 'sampleSize', available} (not a positive integer, or more than the units with a size).
 * Agrees with R: sampling::inclusionprobabilities(size, n).
 * @example sizes [1, 1, 8], n = 2 give [0.5, 0.5, 1].
 */
export declare function inclusionProbabilities(sizes: Float64Array, sampleSize: number): Result<InclusionProbabilities>;
/**
 * Systematic draw in frame order with a random start in [0, 1): unit k is drawn when an integer + start lies in
 * (C_(k-1), C_k], C the running sum of the probabilities (Madow 1949). The start comes from the caller's seed.
 * @returns positions (from 0) of the drawn units.
 * @example probabilities [0.5, 0.5, 1], start 0.25 draw units 0 and 2.
 */
export declare function systematicSelection(probabilities: Float64Array, start: number): readonly number[];
