/**
 * PSUs drawn with unequal probabilities and without replacement: what the variance needs beside the weights.
 * A variance is either a sum of squares with a factor (1 - p) per PSU (Brewer) or a quadratic form in the PSU totals.
 */
import { fail, ok, type Result } from '../../domain/result';
import { addAt, at } from '../../numeric/typedArray';
import type { UnequalProbabilities } from './designSpec';
import type { DesignStage } from './stages';

export type PreparedUnequalProbabilities =
  /** 1 - p of every PSU. */
  | { readonly kind: 'scaled'; readonly unsampled: Float64Array }
  /** Row-major PSUs x PSUs matrix M: the covariance of two statistics is z'M z. */
  | { readonly kind: 'quadratic'; readonly matrix: Float64Array };

/**
 * Failures: FPC_INVALID {stage, stratum, row} when a probability is outside (0, 1] or differs inside a PSU;
 * INVALID_INPUT {field: 'jointProbabilities', psu} when the matrix does not fit the PSUs or a drawn pair has
 * probability 0 (as pairs of systematic samples may have; then use `brewer` or `hartleyRao`).
 */
export function prepareUnequalProbabilities(
  spec: UnequalProbabilities,
  first: DesignStage,
): Result<PreparedUnequalProbabilities> {
  const found = valuePerUnit(spec.inclusionProbabilities, first, (p) => p > 0 && p <= 1 + 1e-12);
  if (!found.ok) return found;
  const probabilities = found.value;
  const { variance } = spec;
  switch (variance.method) {
    case 'brewer':
      return ok({ kind: 'scaled', unsampled: probabilities.map((p) => Math.max(0, 1 - p)) });
    case 'hartleyRao': {
      const sums = variance.squareSums
        ? valuePerUnit(variance.squareSums, first, (sum) => sum > 0)
        : ok(estimatedSquareSums(probabilities, first));
      if (!sums.ok) return sums;
      return ok({ kind: 'quadratic', matrix: hartleyRaoMatrix(probabilities, sums.value, first) });
    }
    case 'horvitzThompson':
    case 'yatesGrundy':
      return jointMatrix({ probabilities, joint: variance.joint, method: variance.method }, first);
  }
}

function valuePerUnit(
  column: ArrayLike<number>,
  first: DesignStage,
  isValid: (value: number) => boolean,
): Result<Float64Array> {
  const values = new Float64Array(first.unitCount).fill(NaN);
  for (let row = 0; row < first.unitOfRow.length; row++) {
    const unit = at(first.unitOfRow, row);
    const value = column[row] ?? NaN;
    const known = at(values, unit);
    if (!isValid(value) || (!Number.isNaN(known) && known !== value)) {
      const stratum = first.stratumLabels[at(first.stratumOfRow, row)] ?? '';
      return fail('FPC_INVALID', { stage: 1, stratum, row: row + 1 });
    }
    values[unit] = value;
  }
  return ok(values);
}

/** Sum of p^2 over the frame of the stratum, estimated from the sample by sum(p^2 / p). */
function estimatedSquareSums(probabilities: Float64Array, first: DesignStage): Float64Array {
  const sums = new Float64Array(first.stratumCount);
  probabilities.forEach((p, unit) => addAt(sums, at(first.stratumOfUnit, unit), p));
  return probabilities.map((_, unit) => at(sums, at(first.stratumOfUnit, unit)));
}

/** 1 - p_i p_j / p_ij with p_ij = p_i p_j (n-1) / (n - p_i - p_j + sum(p^2)/n) inside a stratum (Hartley & Rao 1962). */
function hartleyRaoMatrix(
  probabilities: Float64Array,
  squareSums: Float64Array,
  first: DesignStage,
): Float64Array {
  const count = first.unitCount;
  const matrix = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    const stratum = at(first.stratumOfUnit, i);
    const n = at(first.sampledUnitCount, stratum);
    for (let j = 0; j < count; j++) {
      if (at(first.stratumOfUnit, j) !== stratum) continue;
      const both = n - at(probabilities, i) - at(probabilities, j) + at(squareSums, i) / n;
      matrix[i * count + j] = i === j ? 1 - at(probabilities, i) : 1 - both / (n - 1);
    }
  }
  return matrix;
}

interface JointInput {
  readonly probabilities: Float64Array;
  readonly joint: Float64Array;
  readonly method: 'horvitzThompson' | 'yatesGrundy';
}

/** 1 - p_i p_j / p_ij off the diagonal; on it 1 - p_i (Horvitz & Thompson 1952) or minus the rest of the row (Yates & Grundy 1953). */
function jointMatrix(input: JointInput, first: DesignStage): Result<PreparedUnequalProbabilities> {
  const { probabilities, joint, method } = input;
  const count = first.unitCount;
  const invalid = (unit: number): Result<never> =>
    fail('INVALID_INPUT', { field: 'jointProbabilities', psu: first.unitLabels[unit] ?? '' });
  if (joint.length !== count * count) return invalid(0);
  const matrix = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    let rest = 0;
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const pair = at(joint, i * count + j);
      if (!(pair > 0 && pair <= 1 + 1e-12)) return invalid(i);
      const value = 1 - (at(probabilities, i) * at(probabilities, j)) / pair;
      matrix[i * count + j] = value;
      rest += value;
    }
    matrix[i * count + i] = method === 'yatesGrundy' ? -rest : 1 - at(probabilities, i);
  }
  return ok({ kind: 'quadratic', matrix });
}
