export interface SymmetricSums {
    /** Sum over samples of the product of the odds. */
    readonly plain: number;
    /** The same with each product multiplied by the sum of the marks of the sample. */
    readonly marked: number;
}
/**
 * Sums over all samples of `size` units without the units `left`.
 * @example odds [1, 2, 3], marks [1, 1, 1], size 2: plain 1*2 + 1*3 + 2*3 = 11, marked 22.
 */
export declare function symmetricSums(odds: Float64Array, marks: Float64Array, left: readonly number[], size: number): SymmetricSums;
/** Sum of the products of odds over all samples of `size` units without the units `left`. */
export declare const samplesWithout: (odds: Float64Array, left: readonly number[], size: number) => number;
