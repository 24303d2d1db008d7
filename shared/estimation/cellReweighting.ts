/** Weightings that replicates can repeat on sums instead of rows. */
import type { Result } from '../domain/result';

/**
 * A weighting step that multiplies all rows of a cell by one ratio, and finds the ratios from the cells' sums of weights
 * alone: post-stratification, weighting classes, calibration. `cellCalibration` of shared/weighting makes one.
 */
export interface CellReweighting {
  /** Cell of every row, 0..cellCount-1. */
  readonly cellOfRow: Int32Array;
  readonly cellCount: number;
  /**
   * Weight after / weight before of every cell; its failures end the estimation. `nearby` only saves time.
   * The next call may write into the same array.
   */
  readonly ratios: (cellWeights: Float64Array, nearby?: NearbyMultipliers) => Result<Float64Array>;
  /** Calibrations: what the sums per PSU tell, used where cells are as many as rows. */
  readonly byUnits?: UnitCalibration;
}

/** A calibration whose replicates are found, at least nearly, from sums per PSU. */
export interface UnitCalibration {
  /** Calibration variables, row-major cells x variables. */
  readonly variables: Float64Array;
  readonly variableCount: number;
  /** Ratio = 1 + x'multipliers, and the multipliers found are those of the replicate. */
  readonly isLinear: boolean;
  /**
   * Multipliers as a function of the PSUs' factors. Null instead of the function: sums per PSU would be more numbers than
   * the cells' variables. Null from the function: they do not lead to a solution, the cells must be asked.
   */
  readonly prepare: (
    unitOfRow: Int32Array,
    unitCount: number,
    weights: Float64Array,
  ) => ((factors: Float64Array) => NearbyMultipliers | null) | null;
}

/** Lagrange multipliers at or near a replicate's own. */
export interface NearbyMultipliers {
  readonly multipliers: Float64Array;
  /** Derivative of the calibrated totals by the multipliers, row-major. */
  readonly slope: Float64Array;
}
