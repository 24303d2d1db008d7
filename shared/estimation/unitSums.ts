/**
 * Sums over the rows of every PSU. The factor of a replicate is the same for all rows of a PSU, so any weighted sum
 * of a replicate is the sum over PSUs of factor x sum of the PSU: no row is needed again.
 */
import { floatAt, intAt } from '../numeric/typedArray';

export interface UnitSums {
  /** PSUs that have rows. */
  readonly units: Int32Array;
  readonly columnCount: number;
  /** Row-major units x columns. */
  readonly values: Float64Array;
}

/** `writeLine` writes the columns of one row (0..unitOfRow.length-1) into the line it is given. */
export function sumByUnit(
  unitOfRow: Int32Array,
  columnCount: number,
  writeLine: (row: number, line: Float64Array) => void,
): UnitSums {
  const units = Int32Array.from(new Set(unitOfRow));
  const positions = new Int32Array(units.reduce((most, unit) => Math.max(most, unit), 0) + 1);
  units.forEach((unit, position) => (positions[unit] = position));
  const values = new Float64Array(units.length * columnCount);
  const line = new Float64Array(columnCount);
  for (let row = 0; row < unitOfRow.length; row++) {
    writeLine(row, line);
    const start = intAt(positions, intAt(unitOfRow, row)) * columnCount;
    for (let k = 0; k < columnCount; k++) values[start + k] = floatAt(values, start + k) + floatAt(line, k);
  }
  return { units, columnCount, values };
}

/** Sum over PSUs of factor x sum of the PSU, one number per column; `factors` holds one per PSU of the design. */
export function weightedUnitSums(
  { units, columnCount, values }: UnitSums,
  factors: Float64Array,
): Float64Array {
  const sums = new Float64Array(columnCount);
  for (let i = 0; i < units.length; i++) {
    const factor = floatAt(factors, intAt(units, i));
    // A PSU that the replicate did not draw.
    if (factor === 0) continue;
    const start = i * columnCount;
    for (let k = 0; k < columnCount; k++) sums[k] = floatAt(sums, k) + factor * floatAt(values, start + k);
  }
  return sums;
}
