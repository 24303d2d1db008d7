import { compensatedDot } from '../../numeric/compensatedSum';
import { fail, ok } from '../../domain/result';
import { defineEstimator, type EstimatorInputs } from './estimator';
import { at } from '../../numeric/typedArray';

const denominatorOf = (inputs: EstimatorInputs): Float64Array => {
  if (inputs.denominator === null) throw new Error('a ratio needs a denominator column');
  return inputs.denominator;
};

/**
 * Weighted ratio R = sum(w*y) / sum(w*x). Influence of a row: (y - R*x) / sum(w*x).
 * Needs a denominator total other than zero, otherwise EMPTY_DENOMINATOR.
 * Agrees with R: survey::svyratio(~y, ~x, design).
 * @example y [2, 4], x [1, 2], weights [5, 5] gives 2.
 */
export const ratio = defineEstimator({
  id: 'ratio',
  ofTotals: ({ outcome, denominator }) =>
    denominator === 0 ? fail('EMPTY_DENOMINATOR', { statistic: 'ratio' }) : ok(outcome / denominator),
  influence: (inputs, weights, estimate) => {
    const column = denominatorOf(inputs);
    const denominator = compensatedDot(weights, column);
    return inputs.outcome.map((value, row) => (value - estimate * at(column, row)) / denominator);
  },
});
