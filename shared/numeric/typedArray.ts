/** Element access for numeric columns whose index is known to be in range. */
export type NumericColumn = Float64Array | Int32Array | Uint8Array;

export const at = (column: NumericColumn, index: number): number => column[index] ?? 0;

export const addAt = (column: Float64Array | Int32Array, index: number, value: number): void => {
  column[index] = (column[index] ?? 0) + value;
};
