/** Parts of joint estimates: picking some, and those that can be compared at all. */
import type { JointEstimates } from '../estimation/jointEstimates';
import { at } from '../numeric/typedArray';

/** Id of the region itself as a part of a comparison. */
export const wholeId = 'whole';

/** The estimates at `positions` with their covariances, in that order. */
export function selectEstimates(joint: JointEstimates, positions: readonly number[]): JointEstimates {
  const size = joint.ids.length;
  return {
    ids: positions.map((k) => joint.ids[k] ?? ''),
    estimates: Float64Array.from(positions, (k) => at(joint.estimates, k)),
    covariance: Float64Array.from(
      positions.flatMap((i) => positions.map((j) => at(joint.covariance, i * size + j))),
    ),
    degreesOfFreedom: joint.degreesOfFreedom,
    ownDegreesOfFreedom: Float64Array.from(positions, (k) => at(joint.ownDegreesOfFreedom, k)),
  };
}

/** Positions with a positive variance on at least one degree of freedom: an error of zero is an unknown one. */
export const comparablePositions = (joint: JointEstimates): readonly number[] =>
  joint.ids
    .map((_, k) => k)
    .filter(
      (k) => at(joint.covariance, k * joint.ids.length + k) > 0 && at(joint.ownDegreesOfFreedom, k) > 0,
    );
