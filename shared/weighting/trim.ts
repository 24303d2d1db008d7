/**
 * Trimming of extreme weights (Potter 1990): weights above the cap are cut to it, and what was cut off is spread over
 * the weights below the cap in proportion, until the sum is restored. Calibrate again afterwards: trimming breaks
 * the margins.
 */
import { compensatedSum } from '../numeric/compensatedSum';
import { median } from '../numeric/median';
import { fail, ok, type Result } from '../domain/result';

export interface TrimResult {
  readonly weights: Float64Array;
  readonly cap: number;
  /** Weights above the cap before trimming, and at the cap afterwards. */
  readonly cutCount: number;
  readonly atCapCount: number;
}

const SUM_TOLERANCE = 1e-12;
const MAX_ROUNDS = 1000;

/** Median of the weights above zero, averaging the middle pair (R: median). */
export const medianWeight = (weights: Float64Array): number => median(weights.filter((weight) => weight > 0));

/** Failure: CALIBRATION_NOT_CONVERGED {variable: 'trim'} when the cap cannot hold the sum. */
export function trimWeights(weights: Float64Array, cap: number): Result<TrimResult> {
  const total = compensatedSum(weights);
  let trimmed = weights.map((weight) => Math.min(weight, cap));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const excess = total - compensatedSum(trimmed);
    if (Math.abs(excess) <= SUM_TOLERANCE * total) {
      return ok({
        weights: trimmed,
        cap,
        cutCount: weights.filter((weight) => weight > cap).length,
        atCapCount: trimmed.filter((weight) => weight >= cap * (1 - 1e-9)).length,
      });
    }
    const free = compensatedSum(trimmed.filter((weight) => weight > 0 && weight < cap));
    if (!(free > 0)) break;
    const growth = 1 + excess / free;
    trimmed = trimmed.map((weight) => (weight > 0 && weight < cap ? Math.min(cap, weight * growth) : weight));
  }
  return fail('CALIBRATION_NOT_CONVERGED', { variable: 'trim', cap });
}
