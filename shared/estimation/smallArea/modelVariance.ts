/**
 * The between-area variance A by restricted maximum likelihood, maximum likelihood or the Fay-Herriot moments, and by
 * adjusted REML, which is never 0: likelihood times atan(sum A/(A+D))^(1/m) (Yoshimori & Lahiri 2014), for areas
 * whose REML estimate is 0 and would make every EBLUP synthetic. Base R: optimize() over the same function.
 */
import { areaLogLikelihood, areaScore, fitAreas, weightedResiduals, type AreaData } from './areaModel';
import { at } from '../../numeric/typedArray';

export type AreaVarianceMethod = 'reml' | 'ml' | 'moments' | 'adjustedReml';

const GRID_POINTS = 400;

/** Never negative; 0 means the direct estimates differ no more than their sampling errors explain. */
export function modelVariance(data: AreaData, method: AreaVarianceMethod): number {
  if (method === 'moments') return momentRoot(data);
  return likelihoodMaximum(
    data,
    method === 'adjustedReml' ? adjustedLikelihood(data) : likelihood(data, method),
  );
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

interface Likelihood {
  readonly value: (a: number) => number;
  readonly slope: (a: number) => number;
}

const likelihood = (data: AreaData, method: 'reml' | 'ml'): Likelihood => ({
  value: (a) => areaLogLikelihood(data, a, method === 'reml'),
  slope: (a) => areaScore(data, a, method === 'reml'),
});

function adjustedLikelihood(data: AreaData): Likelihood {
  const restricted = likelihood(data, 'reml');
  const { samplingVariances } = data;
  const areaCount = samplingVariances.length;
  const directWeights = (a: number): number => samplingVariances.reduce((sum, d) => sum + a / (a + d), 0);
  return {
    value: (a) => restricted.value(a) + Math.log(Math.atan(directWeights(a))) / areaCount,
    slope: (a) => {
      const sum = directWeights(a);
      const change = samplingVariances.reduce((total, d) => total + d / (a + d) ** 2, 0);
      return restricted.slope(a) + change / (areaCount * (1 + sum * sum) * Math.atan(sum));
    },
  };
}

/** Highest of all local maxima: the score may have several roots. */
function likelihoodMaximum(data: AreaData, { value, slope }: Likelihood): number {
  const scale = spread(data.direct);
  let best = 0;
  let bestValue = value(0);
  let left = 0;
  let leftSlope = slope(0);
  for (let k = 0; k < GRID_POINTS; k++) {
    const right = scale * 1e-8 * Math.pow(1e10, k / (GRID_POINTS - 1));
    const rightSlope = slope(right);
    if (leftSlope > 0 && rightSlope <= 0) {
      const root = bisect(slope, left, right);
      const found = value(root);
      if (found > bestValue) [best, bestValue] = [root, found];
    }
    [left, leftSlope] = [right, rightSlope];
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
