import { type LatentGrid } from '../irt/latentGrid';
import { type ItemParameters } from '../irt/responseFunction';
/** One common item with its parameters on both scales. */
export interface AnchorItem {
  readonly itemId: string;
  readonly base: ItemParameters;
  readonly fresh: ItemParameters;
}
/** theta_base = slope x theta_new + shift. */
export interface ScaleTransformation {
  readonly slope: number;
  readonly shift: number;
}
export type LinkingMethod = 'meanSigma' | 'meanMean' | 'haebara' | 'stockingLord';
/** Grid of the curve methods: -4..4 by .1, normal weights. */
export declare const linkingGrid: LatentGrid;
export declare const transformAbility: ({ slope, shift }: ScaleTransformation, theta: number) => number;
/** Parameters of an item of the new scale on the base scale. */
export declare const transformItem: <I extends ItemParameters>(
  item: I,
  { slope, shift }: ScaleTransformation,
) => I;
/** The transformation of the new scale to the base scale; at least two anchors of different difficulty. */
export declare const linkScales: (
  anchors: readonly AnchorItem[],
  method: LinkingMethod,
) => ScaleTransformation;
