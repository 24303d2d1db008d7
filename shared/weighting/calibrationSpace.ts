/**
 * The space a calibration works in: rows grouped into cells with equal calibration variables, and the
 * population total of every variable.
 */
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

/** Space for numeric auxiliary variables (GREG): every row is its own cell. Include a constant for the size. */
export function auxiliarySpace(auxiliaries: readonly AuxiliaryVariable[]): CalibrationSpace {
  const rowCount = auxiliaries[0]?.values.length ?? 0;
  const variables = new Float64Array(rowCount * auxiliaries.length);
  for (let row = 0; row < rowCount; row++) {
    auxiliaries.forEach(({ values }, k) => (variables[row * auxiliaries.length + k] = values[row] ?? 0));
  }
  return {
    cellOfRow: Int32Array.from({ length: rowCount }, (_, row) => row),
    cellCount: rowCount,
    variableCount: auxiliaries.length,
    variables,
    names: auxiliaries.map(({ name }) => name),
    totals: Float64Array.from(auxiliaries, ({ total }) => total),
  };
}
