/**
 * What a design must know about the calibration of its weights: the calibration variables (by cell, so that
 * 300,000 rows need 40 lines) and the weights before calibration.
 */
import { choleskyFactor, solveCholesky, type CholeskyFactor } from '../../numeric/linearAlgebra';
import type { DesignStage } from './stages';

export interface CalibrationInfo {
  /** Calibration cell of every row. */
  readonly cellOfRow: Int32Array;
  readonly cellCount: number;
  readonly variableCount: number;
  /** Calibration variables, row-major cells x variables. */
  readonly variables: Float64Array;
  /** Weights before this calibration. */
  readonly baseWeights: Float64Array;
}

export interface PreparedCalibration extends CalibrationInfo {
  /** Factor of X'DX with the base weights. */
  readonly factor: CholeskyFactor;
  /** Weighted totals of the calibration variables in every finest unit, row-major units x variables. */
  readonly unitTotals: Float64Array;
}

/** X' diag(cellWeights) X, row-major. */
export function crossProduct(
  info: { readonly cellCount: number; readonly variableCount: number; readonly variables: Float64Array },
  cellWeights: Float64Array,
): Float64Array {
  const { cellCount, variableCount: size, variables } = info;
  const product = new Float64Array(size * size);
  for (let cell = 0; cell < cellCount; cell++) {
    const weight = cellWeights[cell] ?? 0;
    if (weight === 0) continue;
    const start = cell * size;
    for (let i = 0; i < size; i++) {
      const scaled = weight * (variables[start + i] ?? 0);
      if (scaled === 0) continue;
      for (let j = 0; j <= i; j++) {
        product[i * size + j] = (product[i * size + j] ?? 0) + scaled * (variables[start + j] ?? 0);
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) product[j * size + i] = product[i * size + j] ?? 0;
  }
  return product;
}

/** Sums `values` (one per row) by calibration cell. */
export function sumByCell(cellOfRow: Int32Array, cellCount: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(cellCount);
  for (let row = 0; row < values.length; row++) {
    const cell = cellOfRow[row] ?? 0;
    sums[cell] = (sums[cell] ?? 0) + (values[row] ?? 0);
  }
  return sums;
}

export function prepareCalibration(
  info: CalibrationInfo,
  finalWeights: Float64Array,
  finest: DesignStage,
): PreparedCalibration {
  const { variableCount: size, variables } = info;
  const cellWeights = sumByCell(info.cellOfRow, info.cellCount, info.baseWeights);
  const unitTotals = new Float64Array(finest.unitCount * size);
  for (let row = 0; row < finalWeights.length; row++) {
    const unit = (finest.unitOfRow[row] ?? 0) * size;
    const cell = (info.cellOfRow[row] ?? 0) * size;
    const weight = finalWeights[row] ?? 0;
    for (let k = 0; k < size; k++) {
      unitTotals[unit + k] = (unitTotals[unit + k] ?? 0) + weight * (variables[cell + k] ?? 0);
    }
  }
  return { ...info, factor: choleskyFactor(crossProduct(info, cellWeights), size), unitTotals };
}

/**
 * Subtracts x'B from unit totals of an influence u, where B = (X'DX)^-1 X'Du uses the weights before
 * calibration (Deville & Sarndal 1992, section 3.4). `cellSums` holds the sums of d*u by cell.
 */
export function subtractCalibrationFit(
  calibration: PreparedCalibration,
  cellSums: Float64Array,
  unitTotals: Float64Array,
): void {
  const { variableCount: size, cellCount, variables } = calibration;
  const rightSide = new Float64Array(size);
  for (let cell = 0; cell < cellCount; cell++) {
    const sum = cellSums[cell] ?? 0;
    if (sum === 0) continue;
    for (let k = 0; k < size; k++) {
      rightSide[k] = (rightSide[k] ?? 0) + sum * (variables[cell * size + k] ?? 0);
    }
  }
  const coefficients = solveCholesky(calibration.factor, rightSide);
  for (let unit = 0; unit < unitTotals.length; unit++) {
    let fit = 0;
    for (let k = 0; k < size; k++) {
      fit += (calibration.unitTotals[unit * size + k] ?? 0) * (coefficients[k] ?? 0);
    }
    unitTotals[unit] = (unitTotals[unit] ?? 0) - fit;
  }
}
