/**
 * Linking of two 2PL scales through common items: theta_base = A theta_new + B, so a_base = a_new / A and
 * b_base = A b_new + B. Characteristic-curve methods minimise the gap between the anchors' curves: of the whole anchor
 * test (Stocking & Lord 1983) or item by item (Haebara 1980); moment methods use means and standard deviations.
 * Agrees with R: equateIRT::direc, plink::plink.
 */
import { at } from '../../numeric/typedArray';
import { equallySpacedGrid, standardNormal, type LatentGrid } from '../irt/latentGrid';
import { probabilityCorrect, type ItemParameters } from '../irt/responseFunction';

/** One common item with its parameters on both scales. */
export interface AnchorItem {
  readonly itemId: string;
  readonly base: ItemParameters;
  readonly fresh: ItemParameters;
  /** Standard errors of the two difficulties, each on its own scale; absent where they are not known. */
  readonly errors?: { readonly base: number; readonly fresh: number } | undefined;
}

/** theta_base = slope x theta_new + shift. */
export interface ScaleTransformation {
  readonly slope: number;
  readonly shift: number;
}

export type LinkingMethod = 'meanSigma' | 'meanMean' | 'haebara' | 'stockingLord';

/** Grid of the curve methods: -4..4 by .1, normal weights. */
export const linkingGrid: LatentGrid = equallySpacedGrid(standardNormal, { from: -4, to: 4, count: 81 });

/** Parameters of an item of the new scale on the base scale. */
export const transformItem = <I extends ItemParameters>(
  item: I,
  { slope, shift }: ScaleTransformation,
): I => ({
  ...item,
  a: item.a / slope,
  b: slope * item.b + shift,
});

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const spreadOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
};

function meanSigma(anchors: readonly AnchorItem[]): ScaleTransformation {
  const [base, fresh] = [anchors.map((each) => each.base.b), anchors.map((each) => each.fresh.b)];
  const slope = spreadOf(base) / spreadOf(fresh);
  return { slope, shift: meanOf(base) - slope * meanOf(fresh) };
}

function meanMean(anchors: readonly AnchorItem[]): ScaleTransformation {
  const slope = meanOf(anchors.map((each) => each.fresh.a)) / meanOf(anchors.map((each) => each.base.a));
  return {
    slope,
    shift: meanOf(anchors.map((each) => each.base.b)) - slope * meanOf(anchors.map((each) => each.fresh.b)),
  };
}

/** Weighted gaps between curves; their squares are summed. */
type Residuals = (transformation: ScaleTransformation) => Float64Array;

function itemGaps(anchors: readonly AnchorItem[], grid: LatentGrid): Residuals {
  const base = anchors.map((each) => grid.nodes.map((theta) => probabilityCorrect(each.base, theta)));
  return (transformation) => {
    const gaps = new Float64Array(anchors.length * grid.nodes.length);
    anchors.forEach(({ fresh }, item) => {
      const moved = transformItem(fresh, transformation);
      grid.nodes.forEach((theta, q) => {
        const gap = at(base[item] ?? gaps, q) - probabilityCorrect(moved, theta);
        gaps[item * grid.nodes.length + q] = Math.sqrt(at(grid.weights, q)) * gap;
      });
    });
    return gaps;
  };
}

function testGaps(anchors: readonly AnchorItem[], grid: LatentGrid): Residuals {
  const perItem = itemGaps(anchors, grid);
  const count = grid.nodes.length;
  return (transformation) => {
    const gaps = perItem(transformation);
    const sums = new Float64Array(count);
    for (let k = 0; k < gaps.length; k++) sums[k % count] = at(sums, k % count) + at(gaps, k);
    return sums;
  };
}

const MOST_STEPS = 200;
const CONVERGED = 1e-12;
/** Step of the central differences; their error is its square. */
const DIFFERENCE = 1e-5;

const squaresOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

function derivative(
  residuals: Residuals,
  { slope, shift }: ScaleTransformation,
  which: 'slope' | 'shift',
): Float64Array {
  const moved = (by: number): ScaleTransformation =>
    which === 'slope' ? { slope: slope + by, shift } : { slope, shift: shift + by };
  const [above, below] = [residuals(moved(DIFFERENCE)), residuals(moved(-DIFFERENCE))];
  return above.map((value, k) => (value - at(below, k)) / (2 * DIFFERENCE));
}

/** Damped Gauss-Newton for two parameters (Levenberg 1944). */
function leastSquaresLink(residuals: Residuals, start: ScaleTransformation): ScaleTransformation {
  let current = start;
  let damping = 1e-6;
  for (let step = 0; step < MOST_STEPS; step++) {
    const gaps = residuals(current);
    const [ja, jb] = [derivative(residuals, current, 'slope'), derivative(residuals, current, 'shift')];
    const dot = (x: Float64Array, y: Float64Array): number =>
      x.reduce((sum, value, k) => sum + value * at(y, k), 0);
    const [aa, ab, bb] = [dot(ja, ja) * (1 + damping), dot(ja, jb), dot(jb, jb) * (1 + damping)];
    const [ga, gb] = [dot(ja, gaps), dot(jb, gaps)];
    const determinant = aa * bb - ab * ab;
    const move = { slope: -(bb * ga - ab * gb) / determinant, shift: -(aa * gb - ab * ga) / determinant };
    if (Math.abs(move.slope) + Math.abs(move.shift) < CONVERGED) break;
    const next = { slope: current.slope + move.slope, shift: current.shift + move.shift };
    if (next.slope > 0 && squaresOf(residuals(next)) <= squaresOf(gaps)) {
      current = next;
      damping = Math.max(1e-12, damping / 10);
    } else if (damping > 1e8) break;
    else damping *= 10;
  }
  return current;
}

const methods = {
  meanSigma,
  meanMean,
  haebara: (anchors: readonly AnchorItem[]) =>
    leastSquaresLink(itemGaps(anchors, linkingGrid), meanSigma(anchors)),
  stockingLord: (anchors: readonly AnchorItem[]) =>
    leastSquaresLink(testGaps(anchors, linkingGrid), meanSigma(anchors)),
} as const satisfies Record<LinkingMethod, (anchors: readonly AnchorItem[]) => ScaleTransformation>;

/** The transformation of the new scale to the base scale; at least two anchors of different difficulty. */
export const linkScales = (anchors: readonly AnchorItem[], method: LinkingMethod): ScaleTransformation =>
  methods[method](anchors);
