/** The Taylor coefficients of the calibration functions give the functions back. */
import { describe, expect, it } from 'vitest';
import { calibrationFunction, type CalibrationDistance } from '@shared/weighting/distance';
import { floats } from '../estimation/support';

const bounds = { lower: 0.3, upper: 4 };

describe.each<CalibrationDistance>(['raking', 'linear', 'logit', 'linear-bounded'])('%s', (name) => {
  const distance = calibrationFunction(name, bounds);

  it.each([-0.4, 0, 0.7])('is its own series around %d', (u) => {
    const coefficients = new Float64Array(12);
    distance.writeTaylor(distance.value(u), coefficients);
    for (const step of [-0.1, 0.05, 0.1]) {
      const series = coefficients.reduce((sum, coefficient, k) => sum + coefficient * step ** k, 0);
      expect(series).toBeCloseTo(distance.value(u + step), 11);
    }
  });

  it('has the slope as its second coefficient', () => {
    const coefficients = floats(0, 0);
    const ratio = distance.value(0.2);
    distance.writeTaylor(ratio, coefficients);
    expect(coefficients[1]).toBeCloseTo(distance.slope(ratio), 14);
  });
});

it('the broken line is flat beyond its bounds', () => {
  const coefficients = new Float64Array(3);
  calibrationFunction('linear-bounded', bounds).writeTaylor(4, coefficients);
  expect([...coefficients]).toEqual([4, 0, 0]);
});
