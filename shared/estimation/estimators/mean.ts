import { compensatedDot, compensatedSum } from '../../numeric/compensatedSum';
import { fail, ok } from '../../domain/result';
import type { Estimator } from './estimator';

/**
 * Weighted mean sum(w*y) / sum(w); the mean of a 0/1 outcome is a proportion.
 * Influence of a row: (y - mean) / sum(w).
 * Agrees with R: survey::svymean(~y, design).
 * @example outcome [1, 0, 1], weights [10, 20, 30] gives 2/3.
 */
export const mean: Estimator = {
  id: 'mean',
  estimate: ({ outcome }, weights) => {
    const weightTotal = compensatedSum(weights);
    return weightTotal > 0
      ? ok(compensatedDot(weights, outcome) / weightTotal)
      : fail('EMPTY_DENOMINATOR', { statistic: 'mean' });
  },
  influence: ({ outcome }, weights, estimate) => {
    const weightTotal = compensatedSum(weights);
    return outcome.map((value) => (value - estimate) / weightTotal);
  },
};
