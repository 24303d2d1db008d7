/**
 * Calibration functions g = F(u) and their derivatives (Deville & Sarndal 1992; Deville, Sarndal & Sautory 1993).
 * `bounds` limit g = calibrated weight / base weight.
 */
import { floatAt } from '../numeric/typedArray';

export type CalibrationDistance = 'raking' | 'linear' | 'linear-bounded' | 'logit';

export interface Bounds {
  /** Below 1. */
  readonly lower: number;
  /** Above 1. */
  readonly upper: number;
}

export interface CalibrationFunction {
  readonly value: (u: number) => number;
  /** F'(u) written in g = F(u), which is at hand when the slope is needed. */
  readonly slope: (ratio: number) => number;
  /** Writes the Taylor coefficients F, F', F''/2, ... at the point where F is `ratio`; as many as there is room for. */
  readonly writeTaylor: (ratio: number, coefficients: Float64Array) => void;
}

const raking: CalibrationFunction = {
  value: Math.exp,
  slope: (ratio) => ratio,
  writeTaylor: (ratio, coefficients) => {
    coefficients[0] = ratio;
    for (let k = 1; k < coefficients.length; k++) coefficients[k] = floatAt(coefficients, k - 1) / k;
  },
};

/** Nothing after the slope: exact for a straight line, good up to the next corner for a broken one. */
function writeStraightLine(ratio: number, slope: number, coefficients: Float64Array): void {
  coefficients.fill(0);
  coefficients[0] = ratio;
  coefficients[1] = slope;
}

const linear: CalibrationFunction = {
  value: (u) => 1 + u,
  slope: () => 1,
  writeTaylor: (ratio, coefficients) => writeStraightLine(ratio, 1, coefficients),
};

function boundedLinear({ lower, upper }: Bounds): CalibrationFunction {
  const slope = (ratio: number): number => (ratio > lower && ratio < upper ? 1 : 0);
  return {
    value: (u) => Math.min(upper, Math.max(lower, 1 + u)),
    slope,
    writeTaylor: (ratio, coefficients) => writeStraightLine(ratio, slope(ratio), coefficients),
  };
}

function logit({ lower, upper }: Bounds): CalibrationFunction {
  const steepness = (upper - lower) / ((1 - lower) * (upper - 1));
  /** Share of the way from the lower to the upper bound: a logistic curve through g(0) = 1. */
  const share = (u: number): number => 1 / (1 + ((upper - 1) / (1 - lower)) * Math.exp(-steepness * u));
  return {
    value: (u) => lower + (upper - lower) * share(u),
    slope: (ratio) => (steepness * (ratio - lower) * (upper - ratio)) / (upper - lower),
    // F' = c (F - lower) (upper - F): each coefficient follows from the product of the series before it.
    writeTaylor: (ratio, coefficients) => {
      coefficients[0] = ratio;
      for (let k = 0; k + 1 < coefficients.length; k++) {
        let product = 0;
        for (let j = 0; j <= k; j++) {
          const above = floatAt(coefficients, j) - (j === 0 ? lower : 0);
          const below = (j === k ? upper : 0) - floatAt(coefficients, k - j);
          product += above * below;
        }
        coefficients[k + 1] = (steepness * product) / ((upper - lower) * (k + 1));
      }
    },
  };
}

export function calibrationFunction(distance: CalibrationDistance, bounds: Bounds): CalibrationFunction {
  switch (distance) {
    case 'raking':
      return raking;
    case 'linear':
      return linear;
    case 'linear-bounded':
      return boundedLinear(bounds);
    case 'logit':
      return logit(bounds);
  }
}
