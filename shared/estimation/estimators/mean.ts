import { compensatedSum } from '../../numeric/compensatedSum';
import { fail, ok } from '../../domain/result';
import { defineEstimator } from './estimator';

/**
 * Weighted mean sum(w*y) / sum(w); the mean of a 0/1 outcome is a proportion.
 * Influence of a row: (y - mean) / sum(w).
 * Agrees with R: survey::svymean(~y, design).
 * @example outcome [1, 0, 1], weights [10, 20, 30] gives 2/3.
 */
export const mean = defineEstimator({
  id: 'mean',
  ofTotals: ({ weight, outcome }) =>
    weight > 0 ? ok(outcome / weight) : fail('EMPTY_DENOMINATOR', { statistic: 'mean' }),
  influence: ({ outcome }, weights, estimate) => {
    const weightTotal = compensatedSum(weights);
    return outcome.map((value) => (value - estimate) / weightTotal);
  },
});
