/** The between-area variance A by restricted maximum likelihood, maximum likelihood or the Fay-Herriot moments. */
import { areaLogLikelihood, areaScore, fitAreas, weightedResiduals, type AreaData } from './areaModel';
import { at } from '../../numeric/typedArray';

export type AreaVarianceMethod = 'reml' | 'ml' | 'moments';

const GRID_POINTS = 400;

/** Never negative; 0 means the direct estimates differ no more than their sampling errors explain. */
export function modelVariance(data: AreaData, method: AreaVarianceMethod): number {
  return method === 'moments' ? momentRoot(data) : likelihoodMaximum(data, method === 'reml');
}

/** Root of sum((y - x'b)^2 / (A + D)) = areas - columns, which falls in A; 0 when it starts below. */
function momentRoot(data: AreaData): number {
  const target = data.direct.length - data.columnCount;
  const gap = (a: number): number => weightedResiduals(data, fitAreas(data, a)) - target;
  if (gap(0) <= 0) return 0;
  let upper = spread(data.direct);
  while (gap(upper) > 0) upper *= 2;
  return bisect(gap, 0, upper);
}

/** Highest of all local maxima: the score may have several roots. */
function likelihoodMaximum(data: AreaData, restricted: boolean): number {
  const score = (a: number): number => areaScore(data, a, restricted);
  const scale = spread(data.direct);
  let best = 0;
  let bestLikelihood = areaLogLikelihood(data, 0, restricted);
  let left = 0;
  let leftScore = score(0);
  for (let k = 0; k < GRID_POINTS; k++) {
    const right = scale * 1e-8 * Math.pow(1e10, k / (GRID_POINTS - 1));
    const rightScore = score(right);
    if (leftScore > 0 && rightScore <= 0) {
      const root = bisect(score, left, right);
      const likelihood = areaLogLikelihood(data, root, restricted);
      if (likelihood > bestLikelihood) [best, bestLikelihood] = [root, likelihood];
    }
    [left, leftScore] = [right, rightScore];
  }
  return best;
}

/** Root of a function positive at `lower` and not at `upper`, to the last bits. */
function bisect(f: (x: number) => number, lower: number, upper: number): number {
  let [low, high] = [lower, upper];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Sample variance of the direct estimates, a scale for A. */
function spread(direct: Float64Array): number {
  const mean = direct.reduce((sum, y) => sum + y, 0) / direct.length;
  let squares = 0;
  for (let area = 0; area < direct.length; area++) squares += (at(direct, area) - mean) ** 2;
  return squares > 0 ? squares / (direct.length - 1) : 1;
}
