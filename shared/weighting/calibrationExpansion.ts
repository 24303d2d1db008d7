/**
 * Calibration of replicates without their rows. Around fixed multipliers lambda0 the calibrated totals of a PSU are a
 * Taylor series in delta = lambda - lambda0, whose coefficients are sums over the PSU's rows:
 *   sum of w F(x'lambda0 + x'delta) x = sum over k of sum of w c_k (x'delta)^k x,  c_k = F^(k)(x'lambda0) / k!
 * A replicate adds the PSUs' coefficients times their factors and solves the truncated equations by Newton's method on
 * a few hundred numbers. The linear distance ends after the first power: its multipliers are exact. For the others they
 * are a start so near that the rows need about one look, which is also the proof that the margins are met.
 */
import type { NearbyMultipliers, UnitCalibration } from '../estimation/cellReweighting';
import { sumByUnit, weightedUnitSums, type UnitSums } from '../estimation/unitSums';
import { choleskyFactor, solveCholesky } from '../numeric/linearAlgebra';
import {
  monomialCount,
  monomialsUpTo,
  polynomialDerivatives,
  writeMonomials,
  type Monomials,
} from '../numeric/monomials';
import { at, floatAt, intAt } from '../numeric/typedArray';
import { largestError, TARGET_ERROR } from './calibrationSolver';
import type { CalibrationSpace } from './calibrationSpace';
import type { CalibrationFunction } from './distance';

/** Sums beyond this degree cost more than the look at the rows that they might save. */
const HIGHEST_DEGREE = 7;
const MOST_ITERATIONS = 20;

export interface ExpansionPoint {
  readonly space: CalibrationSpace;
  readonly distance: CalibrationFunction;
  readonly isLinear: boolean;
  /** lambda0, best the solution of the full sample. */
  readonly multipliers: Float64Array;
}

/** The calibration by sums per PSU; `prepare` gives null where the cells themselves are fewer numbers. */
export function unitCalibration(point: ExpansionPoint): UnitCalibration {
  const { space, isLinear } = point;
  const { variables, variableCount } = space;
  return {
    variables,
    variableCount,
    isLinear,
    prepare: (unitOfRow, unitCount, weights) => {
      const degree = degreeFor(space, unitCount, isLinear ? 2 : HIGHEST_DEGREE);
      if (degree < 2) return null;
      const monomials = monomialsUpTo(variableCount, degree);
      const sums = expansionSums(point, monomials, { unitOfRow, weights });
      const scales = potentialScales(monomials);
      return (factors) => {
        const coefficients = weightedUnitSums(sums, factors).map((sum, k) => sum * at(scales, k));
        const found = solveExpansion(point, monomials, coefficients);
        if (found === null || (isLinear && found.error > TARGET_ERROR)) return null;
        return { multipliers: found.multipliers, slope: found.slope };
      };
    },
  };
}

/** The highest degree whose sums are not more numbers than the cells' variables: below 2 they are no help. */
function degreeFor(
  { cellCount, variableCount }: CalibrationSpace,
  unitCount: number,
  highest: number,
): number {
  const sums = (degree: number): number => unitCount * monomialCount(variableCount, degree);
  let degree = 1;
  while (degree < highest && sums(degree + 1) <= cellCount * variableCount) degree++;
  return degree;
}

/** Sum of w c_k x^b of every PSU for each monomial x^b of degree k + 1. */
function expansionSums(
  { space, distance, multipliers }: ExpansionPoint,
  monomials: Monomials,
  rows: { readonly unitOfRow: Int32Array; readonly weights: Float64Array },
): UnitSums {
  const { variableCount: size, variables, cellOfRow } = space;
  const { degrees, count } = monomials;
  const taylor = new Float64Array(at(degrees, count - 1));
  return sumByUnit(rows.unitOfRow, count, (row, line) => {
    const weight = floatAt(rows.weights, row);
    if (weight === 0) return void line.fill(0);
    const start = intAt(cellOfRow, row) * size;
    let predictor = 0;
    for (let k = 0; k < size; k++) predictor += floatAt(variables, start + k) * floatAt(multipliers, k);
    distance.writeTaylor(distance.value(predictor), taylor);
    writeMonomials(monomials, { values: variables, start }, line);
    for (let k = 1; k < count; k++) {
      line[k] = floatAt(line, k) * weight * floatAt(taylor, intAt(degrees, k) - 1);
    }
  });
}

/**
 * The totals are the gradient of one polynomial in delta: a monomial x^b of degree k + 1 enters it with k! / b!
 * (the multinomial coefficient of (x'delta)^(k + 1), divided by k + 1 for the integral).
 */
function potentialScales({ variableCount, count, degrees, exponents }: Monomials): Float64Array {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Float64Array.from({ length: count }, (_, number) => {
    if (number === 0) return 0;
    const powers = exponents.subarray(number * variableCount, (number + 1) * variableCount);
    return powers.reduce((scale, power) => scale / factorial(power), factorial(at(degrees, number) - 1));
  });
}

interface ExpandedSolution extends NearbyMultipliers {
  readonly error: number;
}

/** Newton from delta = 0 for as long as the gaps shrink; null when the series leaves the numbers. */
function solveExpansion(
  { space, multipliers }: ExpansionPoint,
  monomials: Monomials,
  coefficients: Float64Array,
): ExpandedSolution | null {
  const { totals, variableCount: size } = space;
  let delta: Float64Array = new Float64Array(size);
  let best: ExpandedSolution | null = null;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const { gradient, hessian } = polynomialDerivatives(monomials, coefficients, delta);
    const gaps = totals.map((total, k) => total - at(gradient, k));
    const { error } = largestError(gaps, totals);
    if (!(error < (best?.error ?? Infinity))) break;
    best = { multipliers: multipliers.map((value, k) => value + at(delta, k)), slope: hessian, error };
    if (error === 0) break;
    const step = solveCholesky(choleskyFactor(hessian, size), gaps);
    delta = delta.map((value, k) => value + at(step, k));
  }
  return best;
}
