import { compensatedDot } from '../../numeric/compensatedSum';
import { ok } from '../../domain/result';
import type { Estimator } from './estimator';

/**
 * Weighted total sum(w*y). Influence of a row: y.
 * Agrees with R: survey::svytotal(~y, design).
 * @example outcome [1, 0, 1], weights [10, 20, 30] gives 40.
 */
export const total: Estimator = {
  id: 'total',
  estimate: ({ outcome }, weights) => ok(compensatedDot(weights, outcome)),
  influence: ({ outcome }) => outcome,
};
