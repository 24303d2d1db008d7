/**
 * The space a calibration works in: rows grouped into cells with equal calibration variables, and the
 * population total of every variable.
 */
import { codeColumn, crossCodes, type CrossedCodes } from '../estimation/design/idColumn';

export interface CalibrationSpace {
  readonly cellOfRow: Int32Array;
  readonly cellCount: number;
  readonly variableCount: number;
  /** Row-major cells x variables. */
  readonly variables: Float64Array;
  /** Name of each variable, for messages and reports. */
  readonly names: readonly string[];
  /** Population total of each variable. */
  readonly totals: Float64Array;
}

export interface AuxiliaryVariable {
  readonly name: string;
  /** Value of every respondent row. */
  readonly values: Float64Array;
  readonly total: number;
}

/**
 * Space for numeric auxiliary variables (GREG): rows with equal values share a cell, so that ages and household sizes
 * need hundreds of cells and only truly continuous variables one per row. Include a constant for the size.
 */
export function auxiliarySpace(auxiliaries: readonly AuxiliaryVariable[]): CalibrationSpace {
  const rowCount = auxiliaries[0]?.values.length ?? 0;
  let cells: CrossedCodes = { codes: new Int32Array(rowCount), firstRows: rowCount === 0 ? [] : [0] };
  for (const { values } of auxiliaries) cells = crossCodes(codeColumn(values).codes, cells.codes);
  const variables = new Float64Array(cells.firstRows.length * auxiliaries.length);
  cells.firstRows.forEach((row, cell) => {
    auxiliaries.forEach(({ values }, k) => (variables[cell * auxiliaries.length + k] = values[row] ?? 0));
  });
  return {
    cellOfRow: cells.codes,
    cellCount: cells.firstRows.length,
    variableCount: auxiliaries.length,
    variables,
    names: auxiliaries.map(({ name }) => name),
    totals: Float64Array.from(auxiliaries, ({ total }) => total),
  };
}
