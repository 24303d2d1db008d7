/**
 * Replicate weights of a sample without known selection probabilities: sites (or respondents) are resampled as if
 * drawn at random and every replicate is calibrated again (Rao & Wu 1988 resampling of n-1 of n units with factor
 * n/(n-1) x times drawn). One set serves every figure of a report.
 */
import { createRandom, type SeededRandom } from '../numeric/seededRandom';
import { fail, ok, type Result } from '../domain/result';
import { codeColumn, type IdColumn } from './design/idColumn';

export interface NonprobabilitySample {
  /** Weights before calibration; ones when nothing is known. */
  readonly baseWeights: Float64Array;
  /** Site (or PSU-like unit) of every row; null: respondents are resampled. */
  readonly sites: IdColumn | null;
  /** Re-weights base weights to the margins; absent: the base weights are used as they are. */
  readonly calibrate?: (baseWeights: Float64Array) => Result<{ readonly weights: Float64Array }>;
  readonly seed: number | string;
  /** Default 500. */
  readonly replicateCount?: number;
}

const DEFAULT_REPLICATES = 500;
/** Replicates that cannot be calibrated are drawn again, at most this share of them. */
const REDRAW_SHARE = 0.2;

export interface ModelReplicates {
  /** Weights of the point estimate. */
  readonly weights: Float64Array;
  readonly replicateWeights: readonly Float64Array[];
  readonly unitOfRow: Int32Array;
  /** Resamples that could not be calibrated and were drawn again. */
  readonly redrawn: number;
}

function drawWeights(
  sample: NonprobabilitySample,
  units: { readonly ofRow: Int32Array; readonly count: number },
  random: SeededRandom,
): Float64Array {
  const times = new Float64Array(units.count);
  for (let k = 0; k < units.count - 1; k++) {
    const unit = random.int(units.count);
    times[unit] = (times[unit] ?? 0) + 1;
  }
  const factor = units.count / (units.count - 1);
  return sample.baseWeights.map((weight, row) => weight * factor * (times[units.ofRow[row] ?? 0] ?? 0));
}

/**
 * Draws the replicates of a sample; with a single unit there are none and no spread can be told.
 * Failures: NO_RESPONDENTS; those of the calibration; CALIBRATION_NOT_CONVERGED {replicates} when too many
 * resamples cannot be calibrated (margins too fine for the sample).
 */
export function createModelReplicates(sample: NonprobabilitySample): Result<ModelReplicates> {
  if (sample.baseWeights.length === 0) return fail('NO_RESPONDENTS');
  const calibrate = sample.calibrate ?? ((weights) => ok({ weights }));
  const calibrated = calibrate(sample.baseWeights);
  if (!calibrated.ok) return calibrated;
  const { weights } = calibrated.value;
  const { codes, labels } = codeColumn(sample.sites ?? Int32Array.from(weights, (_, row) => row));
  const units = { ofRow: codes, count: labels.length };
  const count = units.count > 1 ? (sample.replicateCount ?? DEFAULT_REPLICATES) : 0;
  const random = createRandom(sample.seed);
  const replicateWeights: Float64Array[] = [];
  let redrawn = 0;
  while (replicateWeights.length < count) {
    const drawn = calibrate(drawWeights(sample, units, random));
    if (drawn.ok) replicateWeights.push(drawn.value.weights);
    else if (++redrawn > REDRAW_SHARE * count)
      return fail('CALIBRATION_NOT_CONVERGED', { replicates: redrawn });
  }
  return ok({ weights, replicateWeights, unitOfRow: codes, redrawn });
}
