import { ok } from '../../domain/result';
import { defineEstimator } from './estimator';

/**
 * Weighted total sum(w*y). Influence of a row: y.
 * Agrees with R: survey::svytotal(~y, design).
 * @example outcome [1, 0, 1], weights [10, 20, 30] gives 40.
 */
export const total = defineEstimator({
  id: 'total',
  ofTotals: ({ outcome }) => ok(outcome),
  influence: ({ outcome }) => outcome,
});
