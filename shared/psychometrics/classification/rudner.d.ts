export interface RudnerClassification {
  readonly accuracy: number;
  readonly consistency: number;
}
/** `weights` null counts everybody once. */
export declare function rudnerClassification(
  abilities: {
    readonly theta: Float64Array;
    readonly standardError: Float64Array;
    readonly weights: Float64Array | null;
  },
  cut: number,
): RudnerClassification;
