/**
 * Trimming that keeps the margins: calibrate, cut weights above the cap, calibrate again, until both hold
 * (Potter 1990; Valliant, Dever & Kreuter 2018, section 14.4).
 */
import { fail, ok, type Result } from '../domain/result';
import { calibrate, type CalibrationOptions, type CalibrationResult } from './calibrate';
import type { CalibrationSpace } from './calibrationSpace';
import { medianWeight, trimWeights } from './trim';

export interface TrimCap {
  /** Cap as a multiple of the median of the calibrated weights (3 to 6 are usual), fixed before the first cut. */
  readonly timesMedian: number;
}

export interface TrimmedCalibration extends CalibrationResult {
  readonly cap: number;
  /** Weights above the cap after the first calibration. */
  readonly cutCount: number;
  /** Rounds of cutting and calibrating; 0 when no weight was above the cap. */
  readonly rounds: number;
}

const MAX_ROUNDS = 500;
/** A weight this little above the cap counts as at the cap. */
const CAP_TOLERANCE = 1e-6;

/**
 * Weights that meet the totals and stay below the cap. The variance takes the last trimmed weights for base weights
 * (`info`), so that it knows about the calibration that followed.
 * Failures: INVALID_INPUT {field: 'cap'}; those of `calibrate` and `trimWeights`; CALIBRATION_NOT_CONVERGED {variable:
 * 'trim', cap, largest} when cap and margins contradict each other: raise the cap or join margin categories.
 */
export function trimAndCalibrate(
  baseWeights: Float64Array,
  space: CalibrationSpace,
  options: CalibrationOptions,
  { timesMedian }: TrimCap,
): Result<TrimmedCalibration> {
  if (!(timesMedian > 1 && timesMedian < Infinity)) {
    return fail('INVALID_INPUT', { field: 'cap', value: timesMedian });
  }
  const first = calibrate(baseWeights, space, options);
  if (!first.ok) return first;
  const cap = timesMedian * medianWeight(first.value.weights);
  const cutCount = first.value.weights.filter((weight) => weight > cap).length;
  let current = first.value;
  for (let rounds = 0; rounds <= MAX_ROUNDS; rounds++) {
    if (largestOf(current.weights) <= cap * (1 + CAP_TOLERANCE)) {
      return ok({ ...current, cap, cutCount, rounds });
    }
    const trimmed = trimWeights(current.weights, cap);
    if (!trimmed.ok) return trimmed;
    const next = calibrate(trimmed.value.weights, space, options);
    if (!next.ok) return next;
    current = next.value;
  }
  return fail('CALIBRATION_NOT_CONVERGED', { variable: 'trim', cap, largest: largestOf(current.weights) });
}

const largestOf = (weights: Float64Array): number =>
  weights.reduce((largest, weight) => Math.max(largest, weight), 0);
