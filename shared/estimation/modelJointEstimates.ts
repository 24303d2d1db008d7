/**
 * Several domain estimates of a non-probability sample with their covariance over the shared model replicates.
 * What follows from it (differences, sets, gaps) holds under that model and is never design-based.
 */
import { fail, ok, type Result } from '../domain/result';
import { at } from '../numeric/typedArray';
import { pick } from './domainRows';
import type { Domain, EstimateRequest } from './estimate';
import { estimators } from './estimators/registry';
import type { JointEstimates } from './jointEstimates';
import type { ModelReplicates } from './modelReplicates';

/** A replicate without respondents in some domain has no joint value; this share must have one. */
const WHOLE_SHARE = 0.5;

/**
 * Degrees of freedom: resampled units minus one, of all rows and of every domain.
 * Failures: EMPTY_DOMAIN {domain}; EMPTY_DENOMINATOR; TOO_FEW_PSUS {psuCount} when the replicates show no joint spread.
 */
export function estimateJointlyWithModelReplicates(
  replicates: ModelReplicates,
  request: Pick<EstimateRequest, 'statistic' | 'outcome'>,
  domains: readonly Domain[],
): Result<JointEstimates> {
  const rows = domains.map(({ member }) => rowsOf(replicates, request.outcome, member));
  const empty = rows.findIndex((each) => each.length === 0);
  if (empty >= 0) return fail('EMPTY_DOMAIN', { domain: domains[empty]?.id ?? '' });
  const values = (weights: Float64Array): Result<Float64Array> => {
    const found = new Float64Array(domains.length);
    for (const [k, each] of rows.entries()) {
      const inputs = { outcome: pick(request.outcome, each), denominator: null };
      const value = estimators[request.statistic].estimate(inputs, pick(weights, each));
      if (!value.ok) return value;
      found[k] = value.value;
    }
    return ok(found);
  };
  const point = values(replicates.weights);
  if (!point.ok) return point;
  const draws = replicates.replicateWeights.flatMap((weights) => {
    const drawn = values(weights);
    return drawn.ok ? [drawn.value] : [];
  });
  const unitCount = (of: Int32Array): number => new Set(pickUnits(replicates.unitOfRow, of)).size;
  const everyone = Int32Array.from(replicates.weights.keys());
  if (draws.length < Math.max(2, WHOLE_SHARE * replicates.replicateWeights.length))
    return fail('TOO_FEW_PSUS', { psuCount: unitCount(everyone) });
  return ok({
    ids: domains.map(({ id }) => id),
    estimates: point.value,
    covariance: sampleCovariance(draws, domains.length),
    degreesOfFreedom: unitCount(everyone) - 1,
    ownDegreesOfFreedom: Float64Array.from(rows, (each) => unitCount(each) - 1),
  });
}

function rowsOf({ weights }: ModelReplicates, outcome: Float64Array, member: Uint8Array): Int32Array {
  return Int32Array.from(member.keys()).filter(
    (row) => member[row] !== 0 && weights[row] !== 0 && !Number.isNaN(outcome[row]),
  );
}

const pickUnits = (unitOfRow: Int32Array, rows: Int32Array): readonly number[] =>
  Array.from(rows, (row) => at(unitOfRow, row));

function sampleCovariance(draws: readonly Float64Array[], size: number): Float64Array {
  const means = Float64Array.from(
    { length: size },
    (_, k) => draws.reduce((sum, draw) => sum + at(draw, k), 0) / draws.length,
  );
  return Float64Array.from({ length: size * size }, (_, cell) => {
    const [i, j] = [Math.floor(cell / size), cell % size];
    const products = draws.reduce(
      (sum, draw) => sum + (at(draw, i) - at(means, i)) * (at(draw, j) - at(means, j)),
      0,
    );
    return products / (draws.length - 1);
  });
}
