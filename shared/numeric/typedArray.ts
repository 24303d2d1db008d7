/** Element access for numeric columns whose index is known to be in range. */
export type NumericColumn = Float64Array | Int32Array | Uint8Array;

export const at = (column: NumericColumn, index: number): number => column[index] ?? 0;

export const addAt = (column: Float64Array | Int32Array, index: number, value: number): void => {
  column[index] = (column[index] ?? 0) + value;
};

/**
 * The same for one kind of column, for loops over all rows: engines turn an access that meets a single kind into one
 * load, and keep what they have met per function.
 */
export const floatAt = (column: Float64Array, index: number): number => column[index] ?? 0;
export const intAt = (column: Int32Array, index: number): number => column[index] ?? 0;
