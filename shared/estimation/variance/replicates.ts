/**
 * Replicate weights and their variance: V = overallScale x sum_r replicateScale_r (theta_r - centre)^2.
 * Factors are stored per PSU; a replicate weight is the base weight times the factor of the row's PSU.
 * Agrees with R: survey::as.svrepdesign and svrVar (mse = FALSE centres at the mean of the replicates).
 */
import { fail, ok, type Result } from '../../domain/result';
import { at, floatAt, intAt } from '../../numeric/typedArray';
import type { DesignStage } from '../design/stages';
import type { SurveyDesign } from '../design/surveyDesign';

/** Named as in R; `subbootstrap` is Rao & Wu's n-1 of n, `bootstrap` Canty & Davison's n of n. */
export const replicationMethods = ['jk1', 'jkn', 'brr', 'fay', 'subbootstrap', 'bootstrap'] as const;
export type ReplicationMethod = (typeof replicationMethods)[number];
export type ReplicateCentre = 'replicateMean' | 'estimate';

export interface ReplicateWeights {
  readonly method: ReplicationMethod;
  readonly replicateCount: number;
  /** Row-major replicates x PSUs, PSUs in the order of the design. */
  readonly factors: Float64Array;
  readonly overallScale: number;
  readonly replicateScales: Float64Array;
}

/** Variance from replicate values; replicates with scale zero do not enter the mean. */
export function replicateVariance(
  values: Float64Array,
  estimate: number,
  replicates: Pick<ReplicateWeights, 'overallScale' | 'replicateScales'>,
  centre: ReplicateCentre,
): number {
  return replicateCovariance({ values, estimate }, { values, estimate }, replicates, centre);
}

export interface ReplicateValues {
  readonly values: Float64Array;
  readonly estimate: number;
}

export function replicateCovariance(
  left: ReplicateValues,
  right: ReplicateValues,
  replicates: Pick<ReplicateWeights, 'overallScale' | 'replicateScales'>,
  centre: ReplicateCentre,
): number {
  const { overallScale, replicateScales } = replicates;
  const centreOf = ({ values, estimate }: ReplicateValues): number => {
    if (centre === 'estimate') return estimate;
    const used = values.filter((_, index) => at(replicateScales, index) > 0);
    return used.reduce((sum, value) => sum + value, 0) / used.length;
  };
  const [leftCentre, rightCentre] = [centreOf(left), centreOf(right)];
  let sum = 0;
  for (let index = 0; index < left.values.length; index++) {
    const product = (at(left.values, index) - leftCentre) * (at(right.values, index) - rightCentre);
    sum += at(replicateScales, index) * product;
  }
  return overallScale * sum;
}

/** Base weights times the factors of one replicate. */
export function replicateWeights(
  design: SurveyDesign,
  replicates: ReplicateWeights,
  index: number,
): Float64Array {
  const start = index * design.psuCount;
  return weightsWithFactors(design, replicates.factors.subarray(start, start + design.psuCount));
}

/** Base weights times the factor of the row's PSU. */
export function weightsWithFactors(design: SurveyDesign, factors: Float64Array): Float64Array {
  const { unitOfRow } = firstStage(design);
  const weights = new Float64Array(design.rowCount);
  for (let row = 0; row < weights.length; row++) {
    weights[row] = floatAt(design.weights, row) * floatAt(factors, intAt(unitOfRow, row));
  }
  return weights;
}

function firstStage(design: SurveyDesign): DesignStage {
  const first = design.stages[0];
  if (first === undefined) throw new Error('a design has at least one stage');
  return first;
}

/**
 * Delete-one-PSU jackknife: JK1 in one stratum, JKn in several; scale (1-f)(n_h-1)/n_h per replicate.
 * Failure: SINGLE_PSU_STRATUM when a stratum has one PSU. Agrees with R: as.svrepdesign(type = "JK1" | "JKn").
 */
export function jackknifeReplicates(design: SurveyDesign): Result<ReplicateWeights> {
  const first = firstStage(design);
  const single = first.sampledUnitCount.findIndex((count) => count < 2);
  if (single >= 0)
    return fail('SINGLE_PSU_STRATUM', { stratum: first.stratumLabels[single] ?? '', stage: 1, count: 1 });
  const count = first.unitCount;
  const factors = new Float64Array(count * count).fill(1);
  const replicateScales = new Float64Array(count);
  for (let deleted = 0; deleted < count; deleted++) {
    const stratum = at(first.stratumOfUnit, deleted);
    const sampled = at(first.sampledUnitCount, stratum);
    replicateScales[deleted] = ((1 - at(first.samplingFraction, stratum)) * (sampled - 1)) / sampled;
    for (let unit = 0; unit < count; unit++) {
      if (at(first.stratumOfUnit, unit) === stratum)
        factors[deleted * count + unit] = sampled / (sampled - 1);
    }
    factors[deleted * count + deleted] = 0;
  }
  const method = first.stratumCount === 1 ? 'jk1' : 'jkn';
  return ok({ method, replicateCount: count, factors, overallScale: 1, replicateScales });
}
