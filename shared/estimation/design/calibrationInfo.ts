/**
 * What a design must know about the calibration of its weights: the calibration variables (by cell, so that
 * 300,000 rows need 40 lines) and the weights before calibration.
 */
import { choleskyFactor, solveCholesky, type CholeskyFactor } from '../../numeric/linearAlgebra';
import type { DesignStage } from './stages';
import { addAt, at, floatAt, intAt } from '../../numeric/typedArray';

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
    const weight = floatAt(cellWeights, cell);
    if (weight === 0) continue;
    const start = cell * size;
    for (let i = 0; i < size; i++) {
      const scaled = weight * floatAt(variables, start + i);
      if (scaled === 0) continue;
      const line = i * size;
      for (let j = 0; j <= i; j++) {
        product[line + j] = floatAt(product, line + j) + scaled * floatAt(variables, start + j);
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) product[j * size + i] = at(product, i * size + j);
  }
  return product;
}

/** Sums `values` (one per row) by calibration cell. */
export function sumByCell(cellOfRow: Int32Array, cellCount: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(cellCount);
  for (let row = 0; row < values.length; row++) {
    const cell = intAt(cellOfRow, row);
    sums[cell] = floatAt(sums, cell) + floatAt(values, row);
  }
  return sums;
}

/** Which variables of a cell are not zero: of raking's many indicators, one per margin. */
function nonZeroVariables(info: CalibrationInfo): {
  readonly starts: Int32Array;
  readonly positions: Int32Array;
} {
  const { cellCount, variableCount: size, variables } = info;
  const starts = new Int32Array(cellCount + 1);
  const positions = new Int32Array(cellCount * size);
  let count = 0;
  for (let cell = 0; cell < cellCount; cell++) {
    for (let k = 0; k < size; k++) if (variables[cell * size + k] !== 0) positions[count++] = k;
    starts[cell + 1] = count;
  }
  return { starts, positions };
}

export function prepareCalibration(
  info: CalibrationInfo,
  finalWeights: Float64Array,
  finest: DesignStage,
): PreparedCalibration {
  const { variableCount: size, variables } = info;
  const cellWeights = sumByCell(info.cellOfRow, info.cellCount, info.baseWeights);
  const unitTotals = new Float64Array(finest.unitCount * size);
  const { starts, positions } = nonZeroVariables(info);
  for (let row = 0; row < finalWeights.length; row++) {
    const unit = intAt(finest.unitOfRow, row) * size;
    const cell = intAt(info.cellOfRow, row);
    const weight = floatAt(finalWeights, row);
    const end = intAt(starts, cell + 1);
    for (let i = intAt(starts, cell); i < end; i++) {
      const k = intAt(positions, i);
      unitTotals[unit + k] = floatAt(unitTotals, unit + k) + weight * floatAt(variables, cell * size + k);
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
    const sum = at(cellSums, cell);
    if (sum === 0) continue;
    for (let k = 0; k < size; k++) {
      addAt(rightSide, k, sum * at(variables, cell * size + k));
    }
  }
  const coefficients = solveCholesky(calibration.factor, rightSide);
  for (let unit = 0; unit < unitTotals.length; unit++) {
    let fit = 0;
    for (let k = 0; k < size; k++) {
      fit += floatAt(calibration.unitTotals, unit * size + k) * floatAt(coefficients, k);
    }
    unitTotals[unit] = floatAt(unitTotals, unit) - fit;
  }
}
