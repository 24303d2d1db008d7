/**
 * Distribution of the summed score at one ability (Lord & Wingersky 1984): items are added one by one,
 * f_r(x) = f_{r-1}(x) Q_r + f_{r-1}(x - w_r) P_r. Points may differ between items.
 */
import { fail, ok, type Result } from '../../domain/result';
import { at } from '../../numeric/typedArray';

/** Points of all items as multiples of one unit, so that scores index an array. */
export interface ScoreScale {
  /** Points of one step. */
  readonly unit: number;
  /** Units a right answer earns, per item. */
  readonly units: Int32Array;
  /** Number of steps of the highest score. */
  readonly steps: number;
}

/** Points closer than this are the same number: instruments scale dimensions by fractions. */
const TOLERANCE = 1e-7;
/** More steps than this mean that the points have no common unit worth the name. */
const MOST_STEPS = 20_000;

function commonUnit(first: number, second: number): number {
  let [large, small] = [Math.max(first, second), Math.min(first, second)];
  while (small > TOLERANCE) {
    const rest = large - Math.round(large / small) * small;
    [large, small] = [small, Math.abs(rest)];
  }
  return large;
}

/** Common unit of positive points. Fails with INVALID_INPUT when there is none or a point is not positive. */
export function scoreScale(points: readonly number[]): Result<ScoreScale> {
  if (points.length === 0 || points.some((each) => !(each > 0 && Number.isFinite(each))))
    return fail('INVALID_INPUT', { field: 'points' });
  const unit = points.reduce(commonUnit);
  const units = Int32Array.from(points, (each) => Math.round(each / unit));
  const steps = units.reduce((sum, each) => sum + each, 0);
  return steps > MOST_STEPS ? fail('INVALID_INPUT', { field: 'points' }) : ok({ unit, units, steps });
}

/** First step whose score reaches the cut; steps + 1 when no score does. */
export const stepOfCut = ({ unit, steps }: ScoreScale, cut: number): number =>
  Math.min(steps + 1, Math.max(0, Math.ceil(cut / unit - TOLERANCE)));

/** P(score = x units) for x = 0..steps, given the probability of a right answer per item. */
export function scoreDistribution(probabilities: ArrayLike<number>, scale: ScoreScale): Float64Array {
  const found = new Float64Array(scale.steps + 1);
  found[0] = 1;
  let reached = 0;
  for (let item = 0; item < scale.units.length; item++) {
    const [p, units] = [probabilities[item] ?? 0, at(scale.units, item)];
    reached += units;
    for (let x = reached; x >= 0; x--) {
      const gained = x >= units ? at(found, x - units) * p : 0;
      found[x] = at(found, x) * (1 - p) + gained;
    }
  }
  return found;
}

/** P(score >= cut) for every step given; `steps` in any order. */
export function sharesAtOrAbove(distribution: Float64Array, steps: ArrayLike<number>): Float64Array {
  const tail = new Float64Array(distribution.length + 1);
  for (let x = distribution.length - 1; x >= 0; x--) tail[x] = at(tail, x + 1) + at(distribution, x);
  return Float64Array.from(steps, (step) => at(tail, step));
}
