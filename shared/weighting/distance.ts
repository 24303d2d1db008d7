/**
 * Calibration functions g = F(u) and their derivatives (Deville & Sarndal 1992; Deville, Sarndal & Sautory 1993).
 * `bounds` limit g = calibrated weight / base weight.
 */
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
}

const raking: CalibrationFunction = { value: Math.exp, slope: (ratio) => ratio };
const linear: CalibrationFunction = { value: (u) => 1 + u, slope: () => 1 };

const boundedLinear = ({ lower, upper }: Bounds): CalibrationFunction => ({
  value: (u) => Math.min(upper, Math.max(lower, 1 + u)),
  slope: (ratio) => (ratio > lower && ratio < upper ? 1 : 0),
});

function logit({ lower, upper }: Bounds): CalibrationFunction {
  const steepness = (upper - lower) / ((1 - lower) * (upper - 1));
  /** Share of the way from the lower to the upper bound: a logistic curve through g(0) = 1. */
  const share = (u: number): number => 1 / (1 + ((upper - 1) / (1 - lower)) * Math.exp(-steepness * u));
  return {
    value: (u) => lower + (upper - lower) * share(u),
    slope: (ratio) => (steepness * (ratio - lower) * (upper - ratio)) / (upper - lower),
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
